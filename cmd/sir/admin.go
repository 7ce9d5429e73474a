package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"sir/internal/app"
	"sir/internal/auth"
	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/policy"
)

type initCommand struct {
	SignInName string `name:"sign-in-name" required:"" help:"Sign-in name of the first administrator."`
	Name       string `required:"" help:"Name of the first administrator, as pages show it."`
	passwordFlag
}

func (initCommand) Help() string {
	return `Examples:
  sir init --sign-in-name admin --name "Service administrator"
  echo "$PASSWORD" | sir init --sign-in-name admin --name "Service administrator" --password-stdin

The password is asked for, or read from standard input. sir init refuses a database that has an
administrator already.`
}

func (c initCommand) Run(env *environment) error {
	return env.creating(func(a *app.App) error {
		accounts, err := a.Auth.List(env.ctx, system())
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(accounts, administers); i >= 0 {
			return fmt.Errorf("%s has an administrator already: %s", db.Redact(env.database()), accounts[i].SignInName)
		}
		password, err := c.read(env)
		if err != nil {
			return err
		}
		account, err := a.Auth.Add(env.ctx, system(), auth.NewAccount{
			SignInName: c.SignInName, Name: c.Name, Password: password,
			Grants: []policy.Grant{{Role: policy.InstanceAdmin}},
		})
		if err != nil {
			return inputError{err}
		}
		fmt.Fprintf(env.out, "%s is ready, and %s can sign in. Next: sir serve\n", db.Redact(env.database()), account.SignInName)
		return nil
	})
}

// administers tells whether the account can look after the whole instance.
func administers(account auth.Account) bool {
	return !account.Disabled() && slices.Contains(account.Actor().Roles(), policy.InstanceAdmin)
}

// passwordFlag reads a password without showing it.
type passwordFlag struct {
	PasswordStdin bool `name:"password-stdin" help:"Read the password from the first line of standard input."`
}

func (p passwordFlag) read(env *environment) (string, error) {
	file, isFile := env.in.(*os.File)
	if p.PasswordStdin || !isFile || !term.IsTerminal(int(file.Fd())) {
		if !p.PasswordStdin {
			return "", inputError{errors.New("there is no terminal to ask for the password: use --password-stdin")}
		}
		line, err := bufio.NewReader(io.LimitReader(env.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := ask(env, file, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := ask(env, file, "The same again: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", inputError{errors.New("the two passwords differ: start again")}
	}
	return first, nil
}

func ask(env *environment, file *os.File, prompt string) (string, error) {
	fmt.Fprint(env.err, prompt)
	password, err := term.ReadPassword(int(file.Fd()))
	fmt.Fprintln(env.err)
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return string(password), nil
}

type userCommand struct {
	Add     userAddCommand     `cmd:"" help:"Add an account."`
	List    userListCommand    `cmd:"" help:"List the accounts."`
	Disable userDisableCommand `cmd:"" help:"Disable an account and end its sessions."`
	Enable  userEnableCommand  `cmd:"" help:"Let a disabled account sign in again."`
}

type userAddCommand struct {
	SignInName string   `arg:"" help:"Sign-in name: 3 to 64 characters, letters, digits and . _ @ + -"`
	Name       string   `required:"" help:"Name, as pages show it."`
	Role       []string `required:"" help:"Role, such as evaluator; may be given more than once."`
	Member     string   `help:"Code of the member that the roles are held for."`
	Programme  string   `help:"Code of the programme that the roles are held for."`
	Site       string   `help:"Code of the site that the roles are held for."`
	Innovation string   `help:"Code of the innovation that the roles are held for."`
	passwordFlag
}

func (userAddCommand) Help() string {
	names := make([]string, len(policy.Roles))
	for i, role := range policy.Roles {
		names[i] = string(role)
	}
	return `Examples:
  sir user add a.analyst --name "Analyst of Wessex" --role analyst --member wessex
  sir user add lead --name "Programme lead" --role "programme lead" --programme tcam --password-stdin < password

Roles: ` + strings.Join(names, ", ") + "."
}

func (c userAddCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		scope := auth.Scope{Member: c.Member, Programme: c.Programme, Site: c.Site, Innovation: c.Innovation}
		grant, err := a.Auth.Resolve(env.ctx, scope)
		if err != nil {
			return inputError{err}
		}
		var grants []policy.Grant
		for _, role := range c.Role {
			grant.Role = policy.Role(role)
			grants = append(grants, grant)
		}
		password, err := c.read(env)
		if err != nil {
			return err
		}
		account, err := a.Auth.Add(env.ctx, system(), auth.NewAccount{
			SignInName: c.SignInName, Name: c.Name, Password: password, Grants: grants,
		})
		if err != nil {
			return inputError{err}
		}
		fmt.Fprintf(env.out, "%s can sign in.\n", account.SignInName)
		return nil
	})
}

type userListCommand struct{ output }

func (userListCommand) Help() string { return "Example:\n  sir user list --format csv" }

func (c userListCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		accounts, err := a.Auth.List(env.ctx, system())
		if err != nil {
			return err
		}
		sheet := exchange.Sheet{Columns: []string{"sign_in_name", "name", "roles", "state"}}
		for _, account := range accounts {
			var roles []string
			for _, role := range account.Actor().Roles() {
				roles = append(roles, string(role))
			}
			state := "in use"
			if account.Disabled() {
				state = "disabled"
			}
			sheet.Rows = append(sheet.Rows, []any{account.SignInName, account.Name, strings.Join(roles, ", "), state})
		}
		return c.write(env, sheet)
	})
}

type userDisableCommand struct {
	SignInName string `arg:"" help:"Sign-in name of the account."`
}

func (userDisableCommand) Help() string { return "Example:\n  sir user disable a.analyst" }

func (c userDisableCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		if err := a.Auth.Disable(env.ctx, system(), c.SignInName); err != nil {
			return inputError{err}
		}
		fmt.Fprintf(env.out, "%s can no longer sign in, and every session of that account is ended.\n", c.SignInName)
		return nil
	})
}

type userEnableCommand struct {
	SignInName string `arg:"" help:"Sign-in name of the account."`
}

func (userEnableCommand) Help() string { return "Example:\n  sir user enable a.analyst" }

func (c userEnableCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		if err := a.Auth.Enable(env.ctx, system(), c.SignInName); err != nil {
			return inputError{err}
		}
		fmt.Fprintf(env.out, "%s can sign in again.\n", c.SignInName)
		return nil
	})
}
