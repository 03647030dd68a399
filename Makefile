# The targets of the project; CI runs these and nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup site serve check test lint golden compare bundle clean lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GAZETTE := $(BIN)/gazette
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "this machine lacks Python's venv: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# a stamp for each set of packages; the project itself is installed from this folder
$(VENV)/site.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/site.stamp
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/test.stamp ## set up everything, tools for developers included

site: $(VENV)/site.stamp ## build the website into site/
	@$(GAZETTE) build

serve: $(VENV)/site.stamp ## preview that follows changes in content/ and templates/
	@$(GAZETTE) serve

check: $(VENV)/site.stamp ## say what the scans damaged, for editors
	@$(GAZETTE) check

bundle: site ## pack site/ into dist/*.zip for reading offline
	@$(GAZETTE) bundle

lint: $(VENV)/test.stamp ## style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

test: lint ## style, types and all tests
	@$(BIN)/pytest

golden: $(VENV)/test.stamp ## rewrite tests/golden; read the difference before committing it
	@GAZETTE_GOLDEN=1 $(BIN)/pytest -q tests/test_golden.py || true
	@git status --short tests/golden

compare: $(VENV)/test.stamp ## citations gained and lost since BASE=<commit>
	@$(BIN)/python -m benchmarks.compare $(or $(BASE),main)

lock: $(VENV)/test.stamp ## renew the locked requirements from pyproject.toml
	@$(BIN)/python -m pip install --quiet pip-tools
	@$(BIN)/python tools/lock.py

clean: ## remove what was built, keep .venv
	rm -rf build site dist .site.*
