// Command sir is the Spread Intelligence Repository: the web service, its
// administration, and its analyses without a browser, in one binary.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"sir/internal/app"
	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/policy"
)

// version is set when the binary is built; see the Makefile.
var version = "unversioned"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// commands is the whole command line.
type commands struct {
	DB string `name:"db" env:"SIR_DB" placeholder:"FILE" help:"The database: an SQLite file, or a postgres:// address. Default: sir.db here (sir demo: sir-demo.db)."`

	Demo    demoCommand    `cmd:"" help:"Serve a demonstration: the report's facts and a made-up programme."`
	Serve   serveCommand   `cmd:"" help:"Serve SIR."`
	Init    initCommand    `cmd:"" help:"Make the database and its first administrator."`
	User    userCommand    `cmd:"" help:"Add, list and disable accounts."`
	Migrate migrateCommand `cmd:"" help:"Bring the database's schema up to date."`
	Backup  backupCommand  `cmd:"" help:"Write a backup, also while SIR is serving."`
	Restore restoreCommand `cmd:"" help:"Put a backup in place."`
	Audit   auditCommand   `cmd:"" help:"Check the audit trail."`
	Doctor  doctorCommand  `cmd:"" help:"Check that everything SIR needs is in order."`
	Version versionCommand `cmd:"" help:"Print the version."`

	Adoption adoptionCommand `cmd:"" help:"Adoption rates."`

	Organisations organisationsCommand `cmd:"" help:"Sites, organisations and areas over time."`

	Qca qcaCommand `cmd:"" name:"qca" help:"Qualitative Comparative Analysis of a file: no database needed."`
	Spc spcCommand `cmd:"" name:"spc" help:"Run charts and control charts of a file: no database needed."`
}

// environment is what a command works with.
type environment struct {
	ctx     context.Context
	in      io.Reader
	out     io.Writer
	err     io.Writer
	address string // of the database; empty when not given
}

// run runs one command and answers the exit code: 0, 1 for a failure, 2 for a
// command line or input that has to be mended.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var line commands
	exit := -1
	parser := kong.Must(&line,
		kong.Name("sir"),
		kong.Description("The Spread Intelligence Repository: plan a rollout, measure adoption, explain it across rollouts, and give what was learnt to the next.\n\nStart with: sir demo"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { exit = code }),
	)
	command, err := parser.Parse(args)
	if exit >= 0 { // --help was asked for and given
		return exit
	}
	if err != nil {
		fmt.Fprintf(errOut, "sir: %v\nRun sir --help, or sir COMMAND --help, for what there is.\n", err)
		return 2
	}
	env := &environment{ctx: ctx, in: in, out: out, err: errOut, address: line.DB}
	if err := command.Run(env); err != nil {
		fmt.Fprintf(errOut, "sir: %v\n", err)
		return exitCode(err)
	}
	return 0
}

// inputError is a fault in what the user gave, which exits with 2.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

func exitCode(err error) int {
	var input inputError
	if errors.As(err, &input) {
		return 2
	}
	return 1
}

// open opens the database that --db or SIR_DB names, or the default file.
func (e *environment) open() (*app.App, error) {
	return app.Open(e.ctx, e.database(), time.Now)
}

// with opens the database, which must be there already, runs fn over it and
// closes it.
func (e *environment) with(fn func(*app.App) error) error {
	if err := e.mustExist(); err != nil {
		return err
	}
	return e.creating(fn)
}

// creating is with for a command that makes the database where it is missing.
func (e *environment) creating(fn func(*app.App) error) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	return errors.Join(fn(a), a.Desk.DB.Close())
}

// mustExist refuses an SQLite file that is not there: opening would make an
// empty one, and a mistyped name would go unnoticed.
func (e *environment) mustExist() error {
	if db.Exists(e.database()) {
		return nil
	}
	return inputError{fmt.Errorf("there is no database file %s: name one with --db or SIR_DB, or make it with sir init", e.database())}
}

// database answers the address of the database.
func (e *environment) database() string {
	if e.address == "" {
		return "sir.db"
	}
	return e.address
}

// system is who acts on the command line.
func system() policy.Actor { return policy.System("command line") }

// output is the flag of every command that prints data.
type output struct {
	Format exchange.Format `enum:"table,csv,json" default:"table" help:"How to print: table, csv or json."`
}

func (o output) write(env *environment, sheet exchange.Sheet) error {
	return sheet.Write(env.out, o.Format)
}

type versionCommand struct{}

func (versionCommand) Run(env *environment) error {
	_, err := fmt.Fprintf(env.out, "sir %s\n", version)
	return err
}
