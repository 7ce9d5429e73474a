package db

import (
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect holds all that differs between the engines.
type dialect struct {
	name       string
	goose      database.Dialect
	migrating  func() ([]goose.ProviderOption, error)
	tableCount string // a query: how many tables have the name $1
	columns    string // a query: table, column and its type, in the order of the schema
	references string // a query: table and the table it refers to
	dangling   string // a query: rows whose reference leads nowhere; empty where there can be none
	copyInto   string // a statement: write a copy to the SQLite file $1; empty where there is none
	rowsOf     string // a table: the rows of the JSON list in a numbered parameter
	intAt      string // a whole number: that at a place of such a row
	oneInt     string // a whole number: such a row itself
	retryable  func(error) bool
	snapshot   *sql.TxOptions
}

// IsDuplicate tells whether err says that a row with the same unique key is
// there already.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}
