package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"sir/internal/app"
	"sir/internal/web"
)

type serveCommand struct {
	Addr      string `default:"127.0.0.1:8080" help:"Where to listen, as host:port."`
	PublicURL string `name:"public-url" placeholder:"URL" help:"The address that people use, such as https://sir.example.org. With https, cookies are sent over HTTPS only."`

	TrustedProxies []string `name:"trusted-proxies" placeholder:"CIDR" help:"Addresses of the proxies before SIR, such as 10.0.0.0/8,127.0.0.1. Only these are believed about where a request comes from (X-Forwarded-For)."`
}

func (serveCommand) Help() string {
	return `Examples:
  sir serve
  sir serve --db postgres://sir@db.internal/sir --addr 0.0.0.0:8080 --public-url https://sir.example.org
  sir serve --public-url https://sir.example.org --trusted-proxies 127.0.0.1,10.0.0.0/8

SIR speaks HTTP. Put a proxy that speaks HTTPS before it, and name the address with --public-url.
Name the proxy's own address with --trusted-proxies: otherwise every reader seems to come from the
proxy, and those who mistype their password slow down everybody's sign-in.
Ctrl-C stops it: requests under way are finished first.`
}

func (c serveCommand) Run(env *environment) error {
	public, err := url.Parse(c.PublicURL)
	if err != nil || c.PublicURL != "" && (public.Host == "" || public.Scheme != "http" && public.Scheme != "https") {
		return inputError{fmt.Errorf("--public-url %q is not an address such as https://sir.example.org", c.PublicURL)}
	}
	proxies, err := readProxies(c.TrustedProxies)
	if err != nil {
		return inputError{err}
	}
	listener, err := listen(env.ctx, c.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	if err := env.mustExist(); err != nil {
		return err
	}
	a, err := env.open()
	if err != nil {
		return err
	}
	defer a.Desk.DB.Close()
	if err := a.Desk.DB.Hold(env.ctx, 3*time.Second); err != nil {
		return err
	}
	if public.Scheme != "https" && !isLoopback(c.Addr) {
		fmt.Fprintln(env.err, "sir: warning: passwords and cookies travel unprotected: put a proxy with HTTPS before SIR and name it with --public-url https://...")
	}
	fmt.Fprintf(env.out, "SIR serves http://%s (Ctrl-C stops it)\n", listener.Addr())
	return serve(env, a, listener, web.Options{Secure: public.Scheme == "https", Version: version, TrustedProxies: proxies})
}

// tidyEvery is how often what changes with time alone is looked after: a
// period ends at most once a month, rollouts change on any day.
const tidyEvery = time.Hour

// keepTidy keeps the eligible lists of periods that have ended in step with
// the rollouts, and removes files that nobody confirmed, from now until the
// context ends. An error is said once, until it has gone.
func keepTidy(ctx context.Context, a *app.App, log *slog.Logger) {
	ticker := time.NewTicker(tidyEvery)
	defer ticker.Stop()
	said := ""
	for {
		err := errors.Join(a.Adoption.OpenLists(ctx, system()), a.Adoption.RemoveOldUploads(ctx, system()))
		switch {
		case err == nil:
			said = ""
		case ctx.Err() == nil && err.Error() != said:
			said = err.Error()
			log.Error("eligible lists and old files could not be looked after", "error", said)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// readProxies reads addresses and ranges of addresses. A range of all
// addresses is refused: anybody could then choose where they come from.
func readProxies(texts []string) ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, text := range texts {
		text = strings.TrimSpace(text)
		prefix, err := netip.ParsePrefix(text)
		if address, single := netip.ParseAddr(text); single == nil {
			address = address.Unmap().WithZone("")
			prefix, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies %q is neither an address, such as 127.0.0.1, nor a range, such as 10.0.0.0/8", text)
		}
		if prefix.Bits() == 0 {
			return nil, fmt.Errorf("--trusted-proxies %s is every address there is: name those of the proxies", text)
		}
		proxies = append(proxies, prefix.Masked())
	}
	return proxies, nil
}

// collectSeldom trades memory for time, unless GOGC says otherwise: a page
// leaves a megabyte behind and little is kept, so that with the usual setting
// the collector would run after every few pages.
func collectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// listen takes the address first of all, so that a port in use is said before
// anything else is done.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program is using %s: stop it, or choose another port with --addr 127.0.0.1:8081", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen on %s: choose a port above 1023 with --addr", address)
	case err != nil:
		return nil, inputError{fmt.Errorf("cannot listen on %s: give --addr as host:port, such as 127.0.0.1:8080 (%w)", address, err)}
	}
	return listener, nil
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// serve answers requests until the context ends, then finishes those that are
// under way.
func serve(env *environment, a *app.App, listener net.Listener, options web.Options) error {
	collectSeldom()
	options.Log = slog.New(slog.NewTextHandler(env.err, nil))
	handler, err := web.New(a, options)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(options.Log.Handler(), slog.LevelWarn),
	}
	go keepTidy(env.ctx, a, options.Log)
	stopped := make(chan error, 1)
	go func() {
		<-env.ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(ctx)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	if err := <-stopped; err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	fmt.Fprintln(env.out, "Stopped.")
	return nil
}
