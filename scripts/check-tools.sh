#!/usr/bin/env bash
# Checks that what the build needs is there and new enough: check-tools.sh go|node...
# Prints one line for each thing that is missing or too old, and what to do about it.
set -uo pipefail
cd "$(dirname "$0")/.."

node_wanted=20.19.0
go_wanted=$(sed -n 's/^go //p' go.mod)
wrong=0

complain() { echo "$*" >&2; wrong=1; }

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$1" ]; }

# go list fails where go.mod asks for a newer Go than this one can be or fetch.
check_go() {
  if ! command -v go >/dev/null; then
    complain "Go is missing. Install Go $go_wanted or newer from https://go.dev/dl/ and put it in your PATH."
  elif ! go list -m >/dev/null 2>&1; then
    complain "Go is too old: $(GOTOOLCHAIN=local go env GOVERSION) found. Install Go $go_wanted or newer from https://go.dev/dl/."
  fi
}

check_node() {
  local found
  if ! command -v node >/dev/null; then
    complain "Node.js is missing. Install Node.js $node_wanted or newer from https://nodejs.org/ (it builds the style sheet)."
  elif found=$(node --version) && ! at_least "$node_wanted" "${found#v}"; then
    complain "Node.js is too old: $found found. Install Node.js $node_wanted or newer from https://nodejs.org/."
  fi
  command -v npm >/dev/null ||
    complain "npm is missing. It comes with Node.js from https://nodejs.org/; on Debian and Ubuntu: apt-get install npm."
}

for tool in "$@"; do
  case $tool in
    go) check_go ;;
    node) check_node ;;
    *) complain "check-tools: unknown tool $tool (go or node)" ;;
  esac
done
exit $wrong
