# The habits of this house. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# Tools of the set-up come before those of the system, so that Node from the registry is found where there is no other.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# Stamps lie inside what they vouch for: whoever deletes the folder deletes the stamp.
TOOLS := .venv/.stamp
FLOOR := .venv-floor/.stamp
NODE := node_modules/.stamp
LOCKS := $(addprefix requirements/,uv.txt dev.txt floor.txt node.txt browser.txt)

.PHONY: help setup serve test check bench lab lint release wheel site lock clean

help: ## list these habits
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(TOOLS) $(NODE) ## fetch everything; leaves the command at .venv/bin/orchkit

serve: setup ## set up, build the handbook with its live pages, serve it on this machine
	orchkit site serve

test: setup $(FLOOR) ## set up, the browser included, and pass everything there is
	tools/setup.sh browser
	$(MAKE) static
	orchkit schema --check
	pytest -m "not browser" --numprocesses auto --maxprocesses 4 --dist loadfile
	pytest -m browser  # alone: a browser wants the cores for itself

check: setup static ## quick: linters, types and the pure tests
	pytest -m "not site and not pyodide and not browser"

bench: setup ## measure the budget table: ROWS=help,bytes chooses rows, ADD=1 keeps them, WITHOUT=scale leaves some out, LEVERS=all measures levers
	tools/setup.sh browser
	python -m tests.bench --rows "$(ROWS)" $(if $(ADD),--add) --without "$(WITHOUT)" --levers "$(LEVERS)"

.PHONY: static
static:
	ruff check
	ruff format --check
	mypy
	lint-imports --no-logo --cache-dir .cache/import-linter
	node_modules/.bin/tsc --noEmit
	orchkit lint

lab: setup ## run the real tools, minutes each: make lab-prefect runs one; records go to checklists/evidence/
	python -m tests.lab.driver

.PHONY: lab-lock
lab-lock: ## resolve the dependencies of the lab's tools anew: TOOL=prefect chooses one
	for folder in tests/lab/tools/$(or $(TOOL),*)/; do [[ ! -f $$folder/requirements.in ]] || tools/setup.sh lock --upgrade --python-version 3.12 $$folder/requirements.in -o $$folder/requirements.txt; done
	@! grep -nE "://" tests/lab/tools/*/requirements.txt || { echo "a lock file names an address"; exit 1; }

lab-%: setup
	python -m tests.lab.driver $*

lint: setup ## check the data under checklists/
	orchkit lint

release: setup ## freeze the dataset under its version: VERSION=2026.11.0
	orchkit release "$(VERSION)"

wheel: setup ## build orchkit's wheel and source distribution into dist/
	python -m hatchling build

site: setup ## build the handbook into site/
	orchkit site build

lock: ## resolve the Python dependencies anew and write all lock files (npm versions: edit package.json)
	tools/setup.sh lock --upgrade --python-version 3.12 requirements/uv.in -o requirements/uv.txt
	tools/setup.sh lock --upgrade --python-version 3.12 requirements/node.in -o requirements/node.txt
	tools/setup.sh lock --upgrade --python-version 3.12 pyproject.toml requirements/dev.in -o requirements/dev.txt
	tools/setup.sh lock --upgrade --python-version 3.11 -c requirements/dev.txt pyproject.toml requirements/floor.in -o requirements/floor.txt
	tools/setup.sh lock --upgrade --python-version 3.14 -c requirements/dev.txt requirements/browser.in -o requirements/browser.txt
	tools/setup.sh node_lock
	@! grep -nE "://" $(LOCKS) && ! grep -n "\"resolved\"" package-lock.json || { echo "a lock file names an address"; exit 1; }

clean: ## remove everything that was fetched or built
	rm -rf .venv .venv-floor node_modules .cache dist site .hypothesis

$(TOOLS): requirements/uv.txt requirements/dev.txt pyproject.toml hatch_build.py
	tools/setup.sh venv .venv 3.12 3.14 requirements/dev.txt
	@touch $@

# A machine without Python 3.11 goes on: the tests that need it say that they were skipped.
$(FLOOR): requirements/uv.txt requirements/floor.txt pyproject.toml hatch_build.py
	tools/setup.sh venv .venv-floor 3.11 3.11 requirements/floor.txt && touch $@ || echo "setup: no Python 3.11; its tests will be skipped"

$(NODE): package-lock.json .npmrc requirements/node.txt $(TOOLS)
	tools/setup.sh node_packages
	@touch $@
