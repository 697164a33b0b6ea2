# What is done by hand and by .ci/run. `make` lists it.

GO          ?= go
FUZZTIME    ?= 10s
BENCH       ?= .
COUNT       ?= 6
STATICCHECK ?= $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
BENCHSTAT   ?= $(GO) run golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
GOLANGCI    ?= golangci-lint

# Each folder with a go.mod is a module of its own.
modules = $(sort $(dir $(shell find . -name go.mod -not -path './.*/*' -not -path '*/testdata/*')))
each    = set -e; for dir in $(modules); do echo "== $$dir"; (cd $$dir && $(1)); done

.DEFAULT_GOAL := help

.PHONY: help
help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: test
test: ## run all tests of the root module, with the race detector; needs no network
	$(GO) test -race ./...

.PHONY: race
race: ## run the tests of every module, with the race detector, each three times
	@$(call each,$(GO) test -race -count=3 ./...)

.PHONY: lint
lint: ## check format, go vet and staticcheck, and golangci-lint where it is installed
	@test -z "$$(gofmt -l .)" || { echo 'gofmt has something to say about:'; gofmt -l .; exit 1; }
	@$(call each,$(GO) vet ./... && $(STATICCHECK) ./...)
	@if command -v $(GOLANGCI) >/dev/null; then $(GOLANGCI) run ./...; else echo '$(GOLANGCI) is not installed: left out'; fi

.PHONY: tidy
tidy: ## check that every go.mod and go.sum is tidy
	@$(call each,$(GO) mod tidy -diff)

.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME
	@$(GO) list ./... | while read -r pkg; do \
		for target in $$($(GO) test -list '^Fuzz' "$$pkg" | grep '^Fuzz' || true); do \
			echo "== $$pkg $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$pkg" || exit 1; \
		done; \
	done

# What the benchmarks of the root module measured, kept for comparing.
baseline = doc/benchmarks/baseline.txt
measured = bench/results/root.txt

.PHONY: bench
bench: ## run the benchmarks of the root module that match BENCH, compare them with the baseline
	@mkdir -p $(dir $(measured))
	@$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime 100ms -count $(COUNT) ./... | tee $(measured)
	@grep '^Benchmark' $(measured) >/dev/null || { echo 'no benchmark matches $(BENCH)'; exit 1; }
	@$(BENCHSTAT) baseline=$(baseline) now=$(measured)

.PHONY: baseline
baseline: ## keep what make bench measured last as the baseline
	@grep -E '^(goos|goarch|pkg|cpu|Benchmark)' $(measured) >$(baseline)

.PHONY: cover
cover: ## write the test coverage to cover.html
	$(GO) test -coverpkg ./... -coverprofile cover.out ./...
	$(GO) tool cover -func cover.out | tail -n 1
	$(GO) tool cover -html cover.out -o cover.html
