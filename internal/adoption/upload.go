package adoption

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Upload is a file that was sent and is not confirmed yet: what its sender saw
// in the dry run is what is imported.
type Upload struct {
	ID       string
	FileName string
	Hash     string // SHA-256 of the content, in hexadecimal
	MadeAt   time.Time
	Content  []byte
}

// What is kept of files that nobody confirmed.
const (
	uploadLasts    = 24 * time.Hour
	uploadsKept    = 3        // of one account
	LargestUpload  = 10 << 20 // bytes; larger files go through the command line
	longestNameOf  = 120      // characters of a file's name
	uploadIsNoMore = "The file is not kept any more: it was imported already, or sent more than a day ago. Send it again."
)

// Inbox is what a file may be sent to.
type Inbox struct {
	Programme  rollout.Programme
	Collection Collection
	Periods    []period.Period // that have ended and are asked for, newest first
}

// InboxOf answers what files may be sent to by those who send returns.
func (s *Service) InboxOf(ctx context.Context, actor policy.Actor, programme, collection string) (Inbox, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return Inbox{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p)); err != nil {
		return Inbox{}, err
	}
	periods, err := s.periodsOf(ctx, c)
	return Inbox{p, c, periods}, err
}

// KeepUpload keeps a file until it is confirmed, for its sender alone.
func (s *Service) KeepUpload(ctx context.Context, actor policy.Actor, programme, collection, name string, content []byte) (id string, err error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return "", err
	}
	object := ownPart(actor, policy.SubmitReturns, p)
	err = s.desk.Write(ctx, actor, policy.SubmitReturns, object, func(ctx context.Context) (audit.Note, error) {
		var wrong fault.Fields
		switch {
		case len(content) == 0:
			wrong.Add("file", "Choose a file that is not empty.")
		case len(content) > LargestUpload:
			wrong.Add("file", "The file is larger than %d MB. Split it, or import it on the command line.", LargestUpload>>20)
		}
		if err := wrong.Err(); err != nil {
			return audit.Note{}, err
		}
		sum := sha256.Sum256(content)
		u := Upload{FileName: shortName(name), Hash: hex.EncodeToString(sum[:]), MadeAt: s.desk.Now(), Content: content}
		if id, err = insertUpload(ctx, s.desk.DB, c, actor.ID, u); err != nil {
			return audit.Note{}, err
		}
		return audit.Note{Object: object.String(), Detail: map[string]string{
			"programme": p.Code, "collection": c.Code, "file": u.FileName, "hash": u.Hash, "kept for": "a dry run",
		}}, dropOldUploads(ctx, s.desk.DB, actor.ID, s.desk.Now())
	})
	return id, err
}

// shortName keeps the beginning of a file's name.
func shortName(name string) string {
	if runes := []rune(name); len(runes) > longestNameOf {
		return string(runes[:longestNameOf-1]) + "…"
	}
	return name
}

// UploadName names a file that is kept, and how its sender wants it read.
type UploadName struct {
	Programme, Collection, ID string
	Period                    period.Period // of values whose row names none
	Reason                    string        // why figures that were approved are restated
}

// CheckUpload answers what a kept file would do, and changes nothing.
func (s *Service) CheckUpload(ctx context.Context, actor policy.Actor, name UploadName) (Upload, FileReceipt, error) {
	u, err := s.openUpload(ctx, actor, name)
	if err != nil {
		return Upload{}, FileReceipt{}, err
	}
	receipt, err := s.CheckFile(ctx, actor, name.Programme, name.Collection, u.file(name.Period), Sending{Reason: name.Reason})
	return u, receipt, err
}

// ConfirmUpload imports a kept file, and keeps it no longer. Where it would do
// something else by now than its sender saw in the dry run, it does nothing and
// the error is ErrStale.
func (s *Service) ConfirmUpload(ctx context.Context, actor policy.Actor, name UploadName, seen Tally) (FileReceipt, error) {
	u, err := s.openUpload(ctx, actor, name)
	if err != nil {
		return FileReceipt{}, err
	}
	var receipt FileReceipt
	err = s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		if err := dropUpload(ctx, s.desk.DB, u.ID); err != nil {
			return err
		}
		receipt, err = s.SubmitFile(ctx, actor, name.Programme, name.Collection, u.file(name.Period), Sending{Reason: name.Reason})
		if err == nil && receipt.Tally != seen {
			err = fault.Stale("Other figures came in since you looked, so that the file would do something else now. Nothing was imported. Look again and confirm.")
		}
		return err
	})
	return receipt, err
}

func (s *Service) openUpload(ctx context.Context, actor policy.Actor, name UploadName) (Upload, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, name.Programme, name.Collection)
	if err != nil {
		return Upload{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p)); err != nil {
		return Upload{}, err
	}
	return readUpload(ctx, s.desk.DB, c, actor.ID, name.ID, s.desk.Now().Add(-uploadLasts))
}

func (u Upload) file(p period.Period) File {
	return File{Name: u.FileName, Content: bytes.NewReader(u.Content), Size: int64(len(u.Content)), Period: p}
}

// RemoveOldUploads removes the files that nobody confirmed in a day. It is for
// SIR itself, from time to time.
func (s *Service) RemoveOldUploads(ctx context.Context, actor policy.Actor) error {
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, policy.Object{}); err != nil {
		return err
	}
	return dropOldUploads(ctx, s.desk.DB, "", s.desk.Now())
}
