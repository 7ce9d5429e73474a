package adoption

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"sir/internal/db"
	"sir/internal/fault"
)

func insertUpload(ctx context.Context, d *db.DB, c Collection, account string, u Upload) (id string, err error) {
	id = db.NewID()
	_, err = d.Exec(ctx, `
		INSERT INTO upload (id, account_id, collection_key, made_at, file_name, file_hash, content) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, account, c.Key, db.At(u.MadeAt), u.FileName, u.Hash, u.Content)
	return id, wrap("keep the file", err)
}

// readUpload answers a file of an account that was sent after a time.
func readUpload(ctx context.Context, d *db.DB, c Collection, account, id string, after time.Time) (Upload, error) {
	u := Upload{ID: id}
	err := d.Row(ctx, `
		SELECT made_at, file_name, file_hash, content FROM upload
		WHERE id = $1 AND account_id = $2 AND collection_key = $3 AND made_at > $4`, id, account, c.Key, db.At(after)).
		Scan((*db.Time)(&u.MadeAt), &u.FileName, &u.Hash, &u.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return Upload{}, fault.NotFound(uploadIsNoMore)
	}
	return u, wrap("read the file", err)
}

// dropUpload removes a file; one that is gone was confirmed in the meantime.
func dropUpload(ctx context.Context, d *db.DB, id string) error {
	err := d.ExecOne(ctx, `DELETE FROM upload WHERE id = $1`, id)
	if errors.Is(err, db.ErrNoChange) {
		return fault.NotFound(uploadIsNoMore)
	}
	return wrap("remove the file", err)
}

// dropOldUploads removes what nobody confirmed in time, and all but the newest
// few of an account.
func dropOldUploads(ctx context.Context, d *db.DB, account string, now time.Time) error {
	_, err := d.Exec(ctx, `DELETE FROM upload WHERE made_at <= $1`, db.At(now.Add(-uploadLasts)))
	if err != nil {
		return wrap("remove old files", err)
	}
	_, err = d.Exec(ctx, `
		DELETE FROM upload WHERE account_id = $1 AND id NOT IN
			(SELECT id FROM upload WHERE account_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2)`, account, uploadsKept)
	return wrap("remove files of the account", err)
}
