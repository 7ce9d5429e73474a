#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL server.
#
#   scripts/with-postgres.sh COMMAND [ARGUMENT...]
#
# The server listens on a free loopback port with its data in a temporary folder; SIR_TEST_POSTGRES holds
# its address while COMMAND runs. However COMMAND ends, Ctrl-C included, the server is stopped and the
# folder removed. Nothing is started when SIR_TEST_POSTGRES is already set.
set -euo pipefail

fail() { echo "with-postgres: $*" >&2; exit 1; }

[ $# -gt 0 ] || fail "say which command to run, for example: scripts/with-postgres.sh go test ./..."
[ -z "${SIR_TEST_POSTGRES:-}" ] || exec "$@"

# Debian keeps the server out of PATH, in one folder a version; the newest wins.
server_folder() {
  local initdb
  initdb=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)
  initdb=${initdb:-$(command -v initdb || true)}
  [ -n "$initdb" ] || fail "no PostgreSQL server found; install the package postgresql (Debian, Ubuntu: apt-get install postgresql)"
  dirname "$initdb"
}

# PostgreSQL refuses to run as root, so root hands the cluster to an account that owns nothing else.
owner() {
  if [ "$(id -u)" -ne 0 ]; then return; fi
  command -v runuser >/dev/null || fail "PostgreSQL will not run as root and runuser is missing; run this as another user"
  if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

bin=$(server_folder)
user=$(owner)
as_owner() { if [ -n "$user" ]; then (cd / && runuser -u "$user" -- "$@"); else "$@"; fi; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/sir-postgres.XXXXXX")
clean_up() {
  trap '' INT TERM HUP
  as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap clean_up EXIT
# Without a handler bash would die at once and leave the server behind. With one it waits for COMMAND, which
# gets the same Ctrl-C, and then cleans up.
trap 'exit 130' INT
trap 'exit 143' TERM HUP

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "$password" >"$folder/password"
if [ -n "$user" ]; then chown -R "$user" "$folder"; fi

as_owner "$bin/initdb" -D "$folder/data" --username=sir --pwfile="$folder/password" --auth=scram-sha-256 \
  --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
  { cat "$folder/initdb.log" >&2; fail "initdb failed (see above)"; }

# Durability is off: the data does not outlive the command, and the tests create databases by the dozen.
settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories='$folder' -c max_connections=200"
settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c timezone=UTC"

# A port that is free now may be taken a moment later, so a failed start is tried again on another one.
port=
for _ in 1 2 3 4 5; do
  candidate=$((20000 + RANDOM % 12000))
  if (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; then continue; fi
  if as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -o "$settings -p $candidate" -w -t 60 start >/dev/null 2>&1; then
    port=$candidate
    break
  fi
done
[ -n "$port" ] || { cat "$folder/server.log" >&2; fail "the PostgreSQL server did not start (its log is above)"; }

export SIR_TEST_POSTGRES="postgres://sir:$password@127.0.0.1:$port/postgres?sslmode=disable"
"$@"
