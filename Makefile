# How SIR is built, tested and looked at. `make` alone prints what there is.
# GNU Make 3.82 or newer, bash, Go; Node.js and npm for the style sheet and the scripts.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
DIST    := internal/web/static/dist
ASSETS  := $(DIST)/.built
NPM     := node_modules/.package-lock.json

# The tools have a module of their own, so that their hundreds of dependencies stay out of SIR's. Each is built
# once a version and kept.
tool_version  = $(shell sed -nE 's|^\s*$(1) (v[^ ]+).*|\1|p' tools/go.mod)
TEMPL         := build/tools/templ-$(call tool_version,github.com/a-h/templ)
GOLANGCI_LINT := build/tools/golangci-lint-$(call tool_version,github.com/golangci/golangci-lint/v2)

# Where goroutines meet: what the race detector looks at.
RACE_PACKAGES := ./internal/db/... ./qca/...

export TEMPL GOLANGCI_LINT RACE_PACKAGES

.PHONY: help demo build assets generate test check lint fuzz story bench clean go-there node-there test-tools-there

help: ## print this
	@scripts/check-tools.sh go node || true
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: build ## build what is missing and serve the demonstration on http://127.0.0.1:8080 (ARGS="--addr ...")
	@exec bin/sir demo $(ARGS)

build: go-there assets ## the binary, bin/sir
	@mkdir -p bin
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/sir ./cmd/sir

assets: $(ASSETS) ## the style sheet, scripts and icons, when their sources changed

generate: $(TEMPL) ## Go code from the page templates (commit the result)
	@$(TEMPL) generate -log-level warn

test: go-there test-tools-there build $(TEMPL) $(GOLANGCI_LINT) ## everything: vet, lint, units, both databases, command line, Chromium with axe
	@scripts/test.sh

check: go-there assets $(TEMPL) ## the fast inner loop: vet and unit tests on SQLite
	@scripts/check-generated.sh $(TEMPL)
	@go vet ./...
	@go test ./...

lint: go-there $(GOLANGCI_LINT) ## golangci-lint
	@$(GOLANGCI_LINT) run ./...

fuzz: go-there ## every fuzz target for a few seconds (TIME=5s)
	@scripts/fuzz.sh $(TIME)

story: test-tools-there build ## one story in Chromium on a fresh demo, a screenshot a step (S=first-look, DB=postgres)
	@scripts/story.sh "$(S)" "$(DB)"

bench: build ## one benchmark program, written to build/bench/NAME.json (B=pages)
	@go run ./bench -name "$(B)"

clean: ## remove what make built (node_modules stays)
	@rm -rf bin build
	@find $(DIST) -mindepth 1 ! -name README -delete

go-there:
	@scripts/check-tools.sh go

node-there:
	@scripts/check-tools.sh node

test-tools-there:
	@scripts/install-test-tools.sh

# npm writes this file last, so it dates the packages that are really there.
$(NPM): package.json package-lock.json | node-there
	@npm ci
	@touch $@

$(ASSETS): $(NPM) internal/chart/chart.css $(shell find assets -mindepth 1 2>/dev/null)
	@npm run --silent build
	@touch $@

$(TEMPL): tools/go.mod | go-there
	@echo "Building $(notdir $@)"
	@go build -C tools -trimpath -ldflags "-s -w" -o ../$@ github.com/a-h/templ/cmd/templ
	@touch $@

$(GOLANGCI_LINT): tools/go.mod | go-there
	@echo "Building $(notdir $@) (a few minutes, once a version)"
	@go build -C tools -trimpath -ldflags "-s -w" -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@
