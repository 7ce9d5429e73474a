#!/usr/bin/env bash
# Everything that must hold, in the order that finds faults soonest. Run by `make test`, which builds the
# binary, the assets and the tools first.
set -euo pipefail
cd "$(dirname "$0")/.."

section() { printf '\n== %s (%s s so far)\n' "$*" "$SECONDS"; }

section "Generated code is up to date"
scripts/check-generated.sh "$TEMPL"

section "go vet"
go vet -tags browser ./...

section "golangci-lint"
"$GOLANGCI_LINT" run ./...

# The race detector is C code; without a C compiler the rest still holds.
section "Race detector"
if command -v "$(go env CC)" >/dev/null; then
  CGO_ENABLED=1 scripts/with-postgres.sh go test -race $RACE_PACKAGES
else
  echo "Skipped: it needs a C compiler (Debian, Ubuntu: apt-get install gcc)."
fi

section "Tests: units, SQLite and PostgreSQL, command line, Chromium with axe"
# Packages are begun in this order: the two that take longest first, so that nothing waits for one of them at the end.
scripts/with-postgres.sh go test -tags browser ./internal/web ./stories ./...
