#!/usr/bin/env bash
# Tells one story in Chromium on a fresh demonstration: story.sh NAME [sqlite|postgres]
set -euo pipefail
cd "$(dirname "$0")/.."

name=$1
engine=${2:-sqlite}
if [ -z "$name" ]; then
  echo "Say which story: make story S=first-look (a wrong name lists them all)" >&2
  exit 1
fi

run=(go test -tags browser -count=1 -v ./stories -run '^TestStories$' -story "$name" -db "$engine")
if [ "$engine" = postgres ]; then run=(scripts/with-postgres.sh "${run[@]}"); fi

trap 'echo "Pictures are in build/stories/$name"' EXIT
# go test's own account of steps that pass would hide the story's.
"${run[@]}" | grep --line-buffered -vE '^\s*(=== |--- PASS)|^PASS$'
