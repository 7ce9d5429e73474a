package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"sir/internal/app"
	"sir/internal/db"
	"sir/internal/demo"
	"sir/internal/web"
)

type demoCommand struct {
	Addr     string `default:"127.0.0.1:8080" help:"Where to listen, as host:port, on this machine only."`
	Fresh    bool   `help:"Start anew: remove the demonstration's SQLite file first."`
	LoadOnly bool   `name:"load-only" help:"Load the data and stop."`
}

func (demoCommand) Help() string {
	return `Examples:
  sir demo
  sir demo --fresh --addr 127.0.0.1:8081
  sir demo --load-only --db facts.db

The sign-in page has one button a role, without a password; that is why a demonstration listens on this
machine only. What you change stays in the file until --fresh.`
}

func (c demoCommand) Run(env *environment) error {
	if env.address == "" {
		env.address = "sir-demo.db"
	}
	if c.LoadOnly {
		a, err := c.load(env)
		if err != nil {
			return err
		}
		fmt.Fprintf(env.out, "The demonstration's data are in %s\n", db.Redact(env.address))
		return a.Desk.DB.Close()
	}
	if !isLoopback(c.Addr) {
		return inputError{fmt.Errorf("a demonstration lets anybody in, so it listens on this machine only: use --addr 127.0.0.1:PORT, or sir serve")}
	}
	listener, err := listen(env.ctx, c.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	a, err := c.load(env)
	if err != nil {
		return err
	}
	defer a.Desk.DB.Close()
	fmt.Fprintf(env.out, `SIR demonstration
  Address   http://%s
  Sign in   open the address and choose a role; no password is needed
  Database  %s
  Stop      Ctrl-C
`, listener.Addr(), db.Redact(env.address))
	return serve(env, a, listener, web.Options{Demo: true, Version: version})
}

// load opens the demonstration's database and fills it when it is empty.
func (c demoCommand) load(env *environment) (*app.App, error) {
	if c.Fresh {
		if err := removeFile(env); err != nil {
			return nil, err
		}
	}
	a, err := env.open()
	if err != nil {
		return nil, err
	}
	err = a.Desk.DB.Hold(env.ctx, 3*time.Second)
	if err == nil {
		err = demo.Load(env.ctx, a, system())
	}
	if errors.Is(err, demo.ErrNotEmpty) {
		err = demo.Check(env.ctx, a)
	}
	if err != nil {
		return nil, errors.Join(err, a.Desk.DB.Close())
	}
	return a, nil
}

// removeFile removes the demonstration's SQLite file, after making sure that it
// is one and that no other process uses it.
func removeFile(env *environment) error {
	if db.IsPostgres(env.address) {
		return inputError{errors.New("--fresh removes an SQLite file; make an empty PostgreSQL database yourself")}
	}
	if _, err := os.Stat(env.address); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	a, err := env.open()
	if err != nil {
		return err
	}
	defer a.Desk.DB.Close()
	if err := a.Desk.DB.Hold(env.ctx, 3*time.Second); err != nil {
		return err
	}
	if err := demo.Check(env.ctx, a); errors.Is(err, demo.ErrNotDemo) {
		return fmt.Errorf("%s is not a demonstration's database, so --fresh leaves it alone", env.address)
	}
	return db.Remove(env.address)
}
