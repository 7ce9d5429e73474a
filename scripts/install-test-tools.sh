#!/usr/bin/env bash
# Makes sure that the programs the tests drive are there: Chromium and a PostgreSQL server.
# As root on Debian or Ubuntu it installs what is missing; elsewhere it says what to install and fails.
set -euo pipefail

chromium_found() {
  [ -n "${SIR_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome ||
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

postgres_found() { ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; }

# Without fonts-liberation Chromium has no Arial-sized face, and pages come out wider than they are.
packages=()
chromium_found >/dev/null 2>&1 || packages+=(chromium fonts-liberation)
postgres_found >/dev/null 2>&1 || packages+=(postgresql)
[ ${#packages[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need these Debian packages or their like: ${packages[*]}" >&2
  echo "Install them and run this again; on Debian and Ubuntu: sudo apt-get install ${packages[*]}" >&2
  exit 1
fi

echo "Installing ${packages[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -o DPkg::Lock::Timeout=600 update && apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 </dev/null; then
  tail -20 "$log" >&2
  echo "apt-get could not install ${packages[*]} (its last lines are above)." >&2
  exit 1
fi
