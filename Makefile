# What can be done with clustergraph from nothing but Debian or Ubuntu, Python 3.11 or newer, and make.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RELEASES := $(or $(CLUSTERGRAPH_RELEASES),releases)

# Stamps: a second call does nothing again. A build is only skipped while there is a release to serve.
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
BUILT := $(VENV)/.built
BUNDLE := src/clustergraph/web/static/vendor/editor.js
CHECKERS := build/checkers/installed.json
SETUP := pyproject.toml constraints.txt .ci/setup
INPUTS := $(shell find data ontology shapes; find src/clustergraph -type f -not -path '*/__pycache__/*' -not -path '*/vendor/*')
ifeq ($(wildcard $(RELEASES)/current/release.json),)
.PHONY: $(BUILT)
endif

.PHONY: help
help:  ## say what can be done
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.PHONY: serve
serve: $(BUILT)  ## serve the graph on http://127.0.0.1:8000, after building it where that is needed; PORT= changes the port
	@$(MAKE) --silent $(BUNDLE) || echo 'No query editor could be made: /sparql has a plain form.' >&2
	exec $(BIN)/clustergraph serve --port $(PORT)

.PHONY: test
test: lint system $(BUNDLE) $(CHECKERS)  ## run every check and every test
	$(BIN)/python -m pytest

.PHONY: lint
lint: $(READY_DEV)  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src bench docs

.PHONY: bench
bench: $(READY_DEV)  ## measure building and serving; writes to a temporary folder only; QUICK=1 takes a minute and a half
	$(BIN)/python -m bench $(if $(QUICK),--quick)

.PHONY: build
build: $(READY)  ## build a release from data/, ontology/ and shapes/
	$(BIN)/clustergraph build
	@touch $(BUILT)

.PHONY: validate
validate: $(READY)  ## check data/ against the rules, without building a release
	$(BIN)/clustergraph validate

.PHONY: wheel
wheel: $(READY) $(BUNDLE)  ## build a wheel, the query editor in it, into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

.PHONY: docs
docs: $(READY_DEV)  ## write what is generated in docs/ again
	$(BIN)/python docs/generate.py

.PHONY: lock
lock:  ## take the newest versions that pyproject.toml allows into constraints.txt
	CONSTRAINTS=/dev/null .ci/setup build/lock dev,editor
	sed -i '/^[^#]/d' constraints.txt
	build/lock/bin/python -m pip freeze --all --exclude-editable --exclude pip >> constraints.txt

.PHONY: system
system:  # The tests that need what is still missing after this leave themselves out, or fail under CI.
	@.ci/apt-install || true

.PHONY: clean
clean:  ## remove what was set up and cached; the releases stay
	rm -rf $(VENV) build dist $(dir $(BUNDLE)) .pytest_cache .mypy_cache .ruff_cache src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): $(SETUP)
	.ci/setup $(VENV)
	@touch $@

$(READY_DEV): $(SETUP)
	.ci/setup $(VENV) dev
	@touch $(READY) $@

# The query editor of /sparql and the outlines of the maps, made from npm packages.
$(BUNDLE): .ci/bundle .ci/node $(wildcard src/clustergraph/web/editor/*) src/clustergraph/web/editor/.npmrc | $(READY)
	.ci/bundle $(VENV)
	@touch $@

# What the tests check pages with: npm packages too.
$(CHECKERS): .ci/checkers .ci/node $(wildcard tests/web/checkers/*) tests/web/checkers/.npmrc | $(READY)
	.ci/checkers $(VENV)
	@touch $@

$(BUILT): $(READY) $(INPUTS)
	$(BIN)/clustergraph build
	@touch $@
