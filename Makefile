# Two commands: `make site` builds the reference site, `make test` proves it. Both install what they need into .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
# More than there are processors: browsers and servers are often waited for.
JOBS ?= 3

.PHONY: site test lint serve docs clean wheel system

site: $(STAMP)
	$(BIN)/balise build --check

serve: $(STAMP)
	$(BIN)/balise serve

test: $(DEV_STAMP) system
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(DEV_STAMP)
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(DEV_STAMP)
	$(BIN)/python docs/generate.py

# Single edits to facts, drawn by chance; each must be named by the check: make mutations MUTATIONS="--rounds 300 --seed 7".
.PHONY: mutations
mutations: $(DEV_STAMP)
	$(BIN)/python -m bench.fact_mutations $(MUTATIONS)

# One table beside other builders, kept in bench/RESULTS.md; for all sizes: make bench BENCH="--sizes 30,100,300,1000,3000".
.PHONY: bench bench-serve
bench: $(DEV_STAMP)
	$(BIN)/python -m bench.run $(BENCH)

# Hundreds of chains of edits, each build held against one of a fresh copy: make edits EDITS="--sequences 50 --seed 7".
.PHONY: edits
edits: $(DEV_STAMP)
	PYTHONPATH=tests $(BIN)/python -m bench.edit_sequences $(EDITS)

# Whether `balise serve` keeps its promises while many connect and someone edits; BENCH="--pages 300" for a larger site.
bench-serve: $(DEV_STAMP)
	$(BIN)/python -m bench.serve_load $(BENCH)

# How long each rule and each pattern of the gate takes on 100 kB of its own worst string.
.PHONY: patterns
patterns: $(DEV_STAMP)
	$(BIN)/python -m bench.patterns

# Whether builds keep their promises when they are killed, refused a disk, or not alone; BENCH="--share 0.1" for a tenth of it.
.PHONY: faults
faults: $(DEV_STAMP)
	$(BIN)/python -m bench.faults $(BENCH)

# Independent judges on every page of the built site, kept in audit/RESULTS.md; AUDIT="--parts axe,html --pages 'fr/*'" for less.
.PHONY: audit
audit: $(DEV_STAMP)
	@sh audit/system.sh
	$(BIN)/python -m audit.run $(AUDIT)

wheel: $(DEV_STAMP)
	$(BIN)/python -m build

# What tests use from the system: a browser and gettext. Installed when this is root on Debian; else the tests say what is skipped.
system:
	@sh tests/system.sh

clean:
	rm -rf $(VENV) site .balise build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || (apt-get update -q && apt-get install -y -q python3-venv && $(PYTHON) -m venv $(VENV))

$(STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@
