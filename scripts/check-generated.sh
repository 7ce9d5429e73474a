#!/usr/bin/env bash
# Fails when a committed *_templ.go differs from what its *.templ would generate: check-generated.sh TEMPL
# The templates are generated again in a temporary folder, so the work tree is left alone.
set -euo pipefail
templ=$(realpath "$1")
cd "$(dirname "$0")/.."

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

list() { find . -path ./node_modules -prune -o -name "$1" -print | sed 's|^\./||' | sort; }

list '*.templ' | tar -cf - -T - | tar -xf - -C "$fresh"
(cd "$fresh" && "$templ" generate -log-level error) || exit 1

stale=0
while read -r file; do
  cmp -s "$file" "$fresh/$file" || { echo "$file is not what its template generates" >&2; stale=1; }
done < <({ list '*_templ.go'; cd "$fresh" && list '*_templ.go'; } | sort -u)

[ $stale -eq 0 ] || { echo "Run 'make generate' and commit the result." >&2; exit 1; }
