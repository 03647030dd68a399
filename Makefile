# The targets of the project; CI runs these and nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup ocr site serve check test test-slow lint golden compare fuzz bundle pdf base freeze report public docs \
  licences sbom audit-dependencies canary wheel clean lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GAZETTE := $(BIN)/gazette
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "this machine lacks Python's venv: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# a stamp for each set of packages; the project itself is installed from this folder, and compiled
# as pip compiles packages: with PYTHONDONTWRITEBYTECODE, each process would compile all of it anew
$(VENV)/site.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q generator benchmarks tools
	@touch $@

$(VENV)/release.stamp: requirements-release.txt $(VENV)/site.stamp
	@$(PIP) install --require-hashes -r requirements-release.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/site.stamp
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# a site that takes in no scans does without 300 MB
ocr: $(VENV)/site.stamp ## add what recognises scanned pages (RapidOCR)
	@$(PIP) install --require-hashes -r requirements-ocr.txt

setup: $(VENV)/test.stamp ## set up everything, tools for developers included

site: $(VENV)/site.stamp ## build the website into site/
	@$(GAZETTE) build

serve: $(VENV)/site.stamp ## preview that follows changes in content/ and templates/
	@$(GAZETTE) serve

# BASE=<commit>: only in the issues that changed since; FORMAT=github: as annotations
CHECK := $(GAZETTE) check $(if $(FORMAT),--format $(FORMAT))
check: $(VENV)/site.stamp ## say what the scans damaged, for editors
	@if git cat-file -e "$(BASE)^{commit}" 2>/dev/null; then \
	  git diff -z --name-only --no-renames --diff-filter=d "$(BASE)" -- content \
	    | sed -znE 's,^(content/[^/]+/[^./][^/]*)/.*,\1,p' | sort -zu \
	    | xargs -0r $(CHECK) --; \
	else $(CHECK); fi

bundle: site ## pack site/ into dist/*.zip for reading offline
	@$(GAZETTE) bundle

pdf: site ## print every document and every issue of site/ into dist/pdf/ (needs Chromium)
	@$(GAZETTE) pdf

# docs/ci.md says how the next three work together
base: $(VENV)/site.stamp ## build the site of the commit BASE, to report against
	@tools/base.sh "$(BASE)"

freeze: $(VENV)/site.stamp ## note every published address in content/, so that it never breaks
	@$(GAZETTE) freeze

OLD ?= report/old
NEW ?= site
report: $(VENV)/site.stamp ## say in report/report.md what changed from OLD to NEW
	@mkdir -p report
	@rm -rf report/changed
	@$(GAZETTE) report $(OLD) $(NEW) --keep report/changed > report/report.md

public: site ## what a host publishes: site/ without the notes of builds, in public/
	@rm -rf public
	@cp -al site public
	@rm -rf public/manifests

lint: $(VENV)/test.stamp ## style, types and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy

# a file stays with one worker; the order is that of tests/conftest.py
PYTEST := $(BIN)/pytest --dist loadfile --no-loadscope-reorder

test: lint ## style, types and the tests that need no browser and no patience
	@$(PYTEST) -n auto --maxprocesses 4 -m "not slow and not alone"

# a worker more than processors: each waits for its browser now and then
test-slow: $(VENV)/test.stamp ## all other tests: browsers, clean clones, killed builds, fuzzing, growth
	@$(PYTEST) -n "$$(($$(nproc) < 4 ? $$(nproc) + 1 : 4))" -m "slow and not alone"
	@$(BIN)/pytest -m alone

golden: $(VENV)/test.stamp ## rewrite tests/golden; read the difference before committing it
	@GAZETTE_GOLDEN=1 $(BIN)/pytest -q tests/stages/test_golden.py || true
	@git status --short tests/golden

docs: $(VENV)/test.stamp ## rewrite docs/rules.md and docs/commands.md, which are made of the code
	@$(BIN)/python -m tools.reference

compare: $(VENV)/test.stamp ## citations gained and lost since BASE=<commit>
	@$(BIN)/python -m benchmarks.compare $(or $(BASE),main)

# TARGETS=… alone, SECONDS=… at most for each; docs/fuzzing.md
INPUTS ?= 250000
SECONDS ?= 7200
SEED ?= 1
fuzz: $(VENV)/test.stamp ## INPUTS=250000 hostile inputs for each target; findings in fuzz-findings/
	@$(BIN)/python -m fuzz.run $(TARGETS) --inputs $(INPUTS) --seconds $(SECONDS) --seed $(SEED)

lock: $(VENV)/test.stamp ## renew the locked requirements from pyproject.toml
	@$(BIN)/python -m pip install --quiet pip-tools
	@$(BIN)/python tools/lock.py

licences: $(VENV)/release.stamp ## write docs/licences.md and the notices of a site
	@$(BIN)/python -m tools.licences

sbom: $(VENV)/release.stamp ## list the parts of a release in dist/gazette-generator.cdx.json (CycloneDX)
	@$(BIN)/python -m tools.sbom

audit-dependencies: $(VENV)/release.stamp ## say what is known against the locked packages (needs the network)
	@$(BIN)/python -m tools.audit_dependencies

canary: $(VENV)/site.stamp ## build with ProperDocs in place of MkDocs and say what differs (needs the network)
	@$(BIN)/python -m tools.canary

wheel: $(VENV)/site.stamp ## build the program as a package, into dist/
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove what was built, keep .venv
	rm -rf build site dist public report .site.*
