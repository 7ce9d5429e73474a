package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strings"
)

const sealTable = "backup_seal"

// ErrDamaged means that a backup's content does not match its seal.
var ErrDamaged = errors.New("the backup is damaged")

// seal adds the table that says what the backup must hold.
func (d *DB) seal(ctx context.Context) error {
	seals, err := d.digest(ctx)
	if err != nil {
		return err
	}
	return d.InTx(ctx, func(ctx context.Context) error {
		if _, err := d.Exec(ctx, `CREATE TABLE `+sealTable+` (name TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL)`); err != nil {
			return err
		}
		for name, content := range seals {
			if _, err := d.Exec(ctx, `INSERT INTO `+sealTable+` (name, content) VALUES ($1, $2)`, name, content); err != nil {
				return err
			}
		}
		return nil
	})
}

// digest answers, for each table, its number of rows and a hash of them that
// does not depend on their order.
func (d *DB) digest(ctx context.Context) (map[string]string, error) {
	tables, err := d.tablesInOrder(ctx)
	if err != nil {
		return nil, err
	}
	seals := map[string]string{}
	for _, t := range tables {
		rows, sum := 0, [sha256.Size]byte{}
		values, targets := t.row()
		hasher := sha256.New()
		err := d.Each(ctx, func(row Scanner) error {
			if err := row.Scan(targets...); err != nil {
				return err
			}
			rows++
			addRow(&sum, hasher, values)
			return nil
		}, `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.name)
		if err != nil {
			return nil, fmt.Errorf("read table %s: %w", t.name, err)
		}
		seals[t.name] = fmt.Sprintf("%d rows, sha256 %s", rows, hex.EncodeToString(sum[:]))
	}
	return seals, nil
}

// addRow adds the hash of a row to the sum, byte by byte.
func addRow(sum *[sha256.Size]byte, hasher hash.Hash, values []any) {
	hasher.Reset()
	for _, v := range values {
		fmt.Fprintf(hasher, "%T %v\x00", v, v)
	}
	for i, b := range hasher.Sum(nil) {
		sum[i] += b
	}
}

// verifySeal answers ErrDamaged unless the file is a whole backup.
func (d *DB) verifySeal(ctx context.Context) error {
	var result string
	if err := d.Row(ctx, `PRAGMA integrity_check(1)`).Scan(&result); err != nil || result != "ok" {
		return ErrDamaged
	}
	want := map[string]string{}
	err := d.Each(ctx, func(row Scanner) error {
		var name, content string
		err := row.Scan(&name, &content)
		want[name] = content
		return err
	}, `SELECT name, content FROM `+sealTable)
	if err != nil {
		return fmt.Errorf("%w, or is not a backup that sir made: it has no seal", ErrDamaged)
	}
	got, err := d.digest(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	for name, content := range want {
		if got[name] != content {
			return fmt.Errorf("%w: table %s should hold %s", ErrDamaged, name, content)
		}
	}
	return nil
}
