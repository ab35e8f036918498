# What can be done here. 'make' explains the targets.
SHELL := /bin/bash -eu -o pipefail
.DEFAULT_GOAL := help

# Extra flags of 'go test', such as GOTEST='-v -run Payment' or, in CI, GOTEST=-count=1.
GOTEST ?=
# The outer tests run the real program, of which Go's cache of test results knows nothing: they always run.
OUTER := go test -count=1 -timeout 15m $(GOTEST)
# How long each fuzz test runs in 'make fuzz'.
FUZZTIME ?= 20s

.PHONY: help run test test-all deps lint unit race site reads reads-all balance carts rolling failover lab lab-deps stages trial trial-short sale infra-test infra-synth release crash browser lighthouse shots fuzz bench bench-scale docs

help: ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## the whole shop on http://localhost:8080, with nothing but Go
	go run ./cmd/myclothes

# What 'make test' leaves to 'make test-all', so that it ends within 25 minutes on two cores: the same ways through other homes and engines, and most faults of reads.
LEFT := TestSiteInEveryHome/(memory|valkey)|TestShopping/postgres/trouble|TestPricesAreTrue/(a-replica|the-cache-a|the-cache-is|replay)
test: export SKIP := |$(LEFT)
test: deps lint unit site reads balance lab infra-test crash browser lighthouse ## install what is missing, then run the tests of every kind

test-all: deps lint race site reads balance lab infra-test crash browser lighthouse ## every test there is (35 minutes)

deps: ## install what the tests need, where it is missing
	@scripts/deps.sh

lint: ## formatting, go vet and staticcheck
	@unformatted=$$(gofmt -l cmd internal scripts test); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

# Packages whose tests wait for real servers or for hashing: twice as slow under the race detector, which 'make race' has for all.
SLOW := store home/dynamo home/valkey account business checkout catalog/exchange
unit: ## the tests beside the code, most of them under the race detector
	go test -race -p 2 $(GOTEST) $$(go list ./cmd/... ./internal/... | grep -vxF "$$(printf 'myclothes/internal/%s\n' $(SLOW))")
	go test -p 2 $(GOTEST) $(addprefix ./internal/,$(SLOW))

race: ## all tests beside the code under the race detector
	go test -race -p 2 $(GOTEST) ./cmd/... ./internal/...

site: ## the site's specification against the real program, on SQLite and PostgreSQL
	$(OUTER) -skip 'none$(SKIP)' ./test/site

reads: ## prices that change while replicas lag and the cache fails: nothing old, nobody back in time, everybody answered
	$(OUTER) -v -skip 'none$(SKIP)' ./test/reads

reads-all: ## the same with more replicas and faults, 100,000 prices under each (20 minutes)
	READS=100000 go test -count=1 -timeout 90m -v ./test/reads

balance: ## three instances behind HAProxy: what the next request finds, what an instance takes along when it dies, settings that change under shoppers, and a hundred accounts at two instances
	$(OUTER) -v ./test/balance ./test/rolling ./test/people

carts: ## 64 workers, 1,000 random operations each, on shared carts in every home: each cart ends exactly as was acknowledged (about 5 minutes)
	CARTTEST_WORKERS=64 CARTTEST_OPS=1000 $(OUTER) -v -run '^TestHome$$/random' ./internal/home/memory ./internal/home/valkey ./internal/home/dynamo
	CARTTEST_WORKERS=64 CARTTEST_OPS=1000 $(OUTER) -v -run '^TestCartsAreAHome$$//random' ./internal/store

rolling: ## change the home of carts and the keys through all that there are, instance by instance under shoppers: no error, no cart lost (3 minutes)
	ROLL=all $(OUTER) -v ./test/rolling

failover: ## kill the master of carts in Valkey: seconds without changes, and acknowledged changes lost, with and without waiting for replicas
	$(OUTER) -v -run TestFailover ./internal/home/valkey

lab-deps: ## install what the lab needs: the real parts of the architecture
	@scripts/lab-deps.sh

lab: lab-deps ## the lab: who reaches whom, everything up and down (TestZone in test/lab/zone loses a zone)
	$(OUTER) -p 1 -v -skip TestEverythingHolds ./test/lab

trial-short: lab-deps ## two minutes of trouble under shoppers, then every invariant
	$(OUTER) -v -run TestEverythingHolds ./test/lab

stages: lab-deps ## the nine stages, each broken: a table and out/lab/report.html (3 minutes)
	go run ./cmd/lab stages --quick

trial: lab-deps ## ten minutes of trouble under shoppers, then every invariant
	go run ./cmd/lab test --minutes 10

sale: lab-deps ## a flash sale, and scaling 2 to 8 to 2 with a deploy and a new key
	go run ./cmd/lab sale && go run ./cmd/lab sale --together && go run ./cmd/lab scale

infra-test: ## the templates for AWS, and what an instance runs (needs root)
	cd infra && npm test --silent
	$(OUTER) ./test/infra

infra-synth: ## each size's template for AWS, into infra/cdk.out
	cd infra && npm run --silent synth

release: ## archives for linux arm64 and amd64 with checksums, into out/release
	scripts/release.sh

crash: ## kill -9 in the middle of buying, and then the books
	$(OUTER) ./test/crash

browser: ## people's ways through the shop in Chromium, on SQLite and PostgreSQL; every page looked at, and its picture
	$(OUTER) -skip 'TestLighthouse$(SKIP)' ./test/browser

lighthouse: ## Lighthouse's marks of the main pages; its reports are in out/lighthouse
	$(OUTER) -run TestLighthouse ./test/browser

shots: ## every page looked at, and its picture, into out/screenshots
	$(OUTER) -run TestPictures ./test/browser

fuzz: ## search for inputs that break a parser, 20 s each (FUZZTIME)
	@grep -rl --include='*_test.go' 'func Fuzz' internal | xargs -n1 dirname | sort -u | while read -r dir; do \
		for name in $$(grep -ho 'func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go | cut -c6-); do \
			echo "$$dir $$name"; go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) ./$$dir; done; done

bench-scale: ## what grows with the catalogue, up to a million products (about 20 minutes)
	go run ./test/bench -scale -sizes 0,100000,1000000

bench: ## how much the shop bears on this machine
	go run ./test/bench

docs: ## write the documents that are made from the code
	go run ./scripts/docs
