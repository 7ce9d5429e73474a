package adoption

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
)

// File is a file of values as it came: a long or a wide table as CSV or Excel
// workbook, or a DHIS2 data value set as JSON or CSV.
type File struct {
	Name    string
	Content io.ReaderAt
	Size    int64
	Period  period.Period // of values whose row names none; zero where each must
}

// FileReceipt is a Receipt with how the file was read.
type FileReceipt struct {
	Receipt
	ReadAs string   // such as "wide table, CSV"
	Notes  []string // sentences that the sender should see
	Amiss  string   // what is wrong with the file beyond single values, such as "could not be read: the table is empty"; empty where nothing is
}

// CheckFile answers what a file would do, and changes nothing.
func (s *Service) CheckFile(ctx context.Context, actor policy.Actor, programme, collection string, file File, how Sending) (FileReceipt, error) {
	r, err := s.openFile(ctx, actor, programme, collection, file, &how)
	if err != nil {
		return FileReceipt{}, err
	}
	receipt, err := s.Check(ctx, actor, programme, collection, how, r.entries)
	return r.receipt(receipt), err
}

// SubmitFile takes all values of a file or, where there is any conflict, none:
// then the error is ErrInvalid and the receipt lists the conflicts. The same
// file again changes nothing.
func (s *Service) SubmitFile(ctx context.Context, actor policy.Actor, programme, collection string, file File, how Sending) (FileReceipt, error) {
	r, err := s.openFile(ctx, actor, programme, collection, file, &how)
	if err != nil {
		return FileReceipt{}, err
	}
	receipt, err := s.Submit(ctx, actor, programme, collection, how, r.entries)
	if receipt.Wrong > 0 && r.amiss != "" && errors.Is(err, fault.ErrInvalid) {
		err = fault.Invalid("Nothing was taken: the file %s.", r.amiss)
	}
	return r.receipt(receipt), err
}

// openFile recognises a file and gets ready to read it. What Sending does not
// yet say of the file, it adds.
func (s *Service) openFile(ctx context.Context, actor policy.Actor, programme, collection string, file File, how *Sending) (*reading, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return nil, err
	}
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p)); err != nil {
		return nil, err
	}
	r := &reading{file: file, sites: siteCodes{known: map[string]siteCode{}}}
	if r.measures, err = readableMeasures(ctx, s.desk.DB, c); err != nil {
		return nil, err
	}
	var conflict exchange.Conflict
	if err := r.recognise(); errors.As(err, &conflict) {
		r.refused = []exchange.Conflict{conflict}
	} else if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if how.FileHash, err = hashOf(file); err != nil {
		return nil, err
	}
	if how.FileName == "" {
		how.FileName = file.Name
	}
	if how.Source == "" {
		how.Source = r.source()
	}
	return r, r.loadSites(ctx, s.desk.DB)
}

// hashOf is the SHA-256 of a file, in hexadecimal.
func hashOf(file File) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(file.Content, 0, file.Size)); err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// reading is a file that is being read.
type reading struct {
	file     File
	form     form
	workbook bool
	refused  []exchange.Conflict // why it cannot be read at all; empty where it can
	headless bool                // its header does not fit, so that no row was read
	amiss    string              // as in FileReceipt
	blanks   bool                // it has rows without a value
	silent   bool                // it has no others
	measures measureCodes
	sites    siteCodes
	notes    []string
}

func (r *reading) receipt(receipt Receipt) FileReceipt {
	out := FileReceipt{Receipt: receipt, Notes: r.notes, Amiss: r.amiss}
	slices.SortStableFunc(out.Conflicts, func(a, b exchange.Conflict) int { return a.Row - b.Row })
	if len(r.refused) == 0 {
		out.ReadAs = r.form.String() + ", " + r.container()
	}
	t := receipt.Tally
	switch {
	case receipt.Wrong > 0 || t.Added+t.Changed+t.Cleared > 0:
	case r.silent:
		out.Notes = append(slices.Clone(out.Notes), "Nothing changed: the file has rows, and no value in any of them.")
	default:
		out.Notes = append(slices.Clone(out.Notes), "Nothing changed: all that the file says was known already.")
	}
	return out
}

func (r *reading) container() string {
	switch {
	case r.workbook:
		return "Excel workbook"
	case r.form == dhis2JSON:
		return "JSON"
	}
	return "CSV"
}

// source is what a submission says of how its values came.
func (r *reading) source() string {
	if r.form == dhis2JSON || r.form == dhis2CSV {
		return "dhis2"
	}
	return map[bool]string{true: "xlsx", false: "csv"}[r.workbook]
}
