#!/usr/bin/env bash
# Runs every fuzz target for a short while: fuzz.sh [DURATION], five seconds each by default.
set -euo pipefail
cd "$(dirname "$0")/.."
duration=${1:-5s}

count=0
while IFS=: read -r file line; do
  target=$(sed -E 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/' <<<"$line")
  folder=$(dirname "$file")
  echo "== $folder $target"
  go test -run '^$' -fuzz "^$target\$" -fuzztime "$duration" "./$folder"
  count=$((count + 1))
done < <(grep -rE '^func Fuzz[A-Za-z0-9_]*\(' --include='*_test.go' --exclude-dir=node_modules . | sed 's|^\./||' | sort)
echo "$count fuzz targets ran for $duration each"
