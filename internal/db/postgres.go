package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

var postgresDialect = dialect{
	name:       "postgres",
	goose:      database.DialectPostgres,
	migrating:  postgresMigrating,
	tableCount: `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1`,
	columns: `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`,
	references: `SELECT child.relname, parent.relname FROM pg_constraint f
		JOIN pg_class child ON child.oid = f.conrelid JOIN pg_class parent ON parent.oid = f.confrelid
		WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace ORDER BY f.conname`,
	// The condition always holds. It has the planner reckon with one row in place of a hundred, and so look up the rows of
	// large tables that are asked for, as SQLite does, instead of reading those tables from end to end.
	rowsOf:    `jsonb_array_elements(CAST($%d AS jsonb)) AS r (value) WHERE jsonb_typeof(value) IN ('array', 'number')`,
	intAt:     `CAST(value->>%d AS BIGINT)`,
	oneInt:    `CAST(value AS BIGINT)`,
	retryable: postgresRetryable,
	snapshot:  &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", Redact(address), err)
	}
	pool.SetMaxOpenConns(20)
	pool.SetMaxIdleConns(20)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, fmt.Errorf("PostgreSQL at %s does not answer: check that it runs and that the address, name and password are right: %w", Redact(address), err)
	}
	return &DB{read: pool, write: pool, dialect: postgresDialect, address: address}, nil
}

// postgresRetryable: serialization_failure and deadlock_detected
// (PostgreSQL manual, appendix A).
func postgresRetryable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// Redact answers the address without its password, for messages and logs.
func Redact(address string) string {
	if !IsPostgres(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "the given postgres address"
	}
	return u.Redacted()
}

// postgresMigrating lets one instance migrate while the others wait. They ask
// again every second: goose's default of five makes a second instance slow to
// start.
func postgresMigrating() ([]goose.ProviderOption, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}
