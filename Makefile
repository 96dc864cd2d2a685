# `make sandbox` and `make test` need nothing but python3 (3.11 or later) and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8765
SANDBOX := $(VENV)/.installed-sandbox
DEV := $(VENV)/.installed-dev

.PHONY: sandbox run test soak check format bench clean

sandbox: $(SANDBOX)  ## try the bot in a simulated Discord, in a browser
	@$(BIN)/interview-coach sandbox --port $(PORT)

run: $(SANDBOX)  ## run the bot; needs DISCORD_TOKEN
	@$(BIN)/interview-coach run

test: $(DEV)  ## every test; browser tests are skipped where there is no browser
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

bench: $(DEV)  ## how quick the grader is, and how soon members are answered in a rush, beside controls; two minutes
	@$(BIN)/python -m tests.bench

soak: $(DEV)  ## the long forms of the fault tests: ten thousand servers, dozens of kills; some twenty minutes
	$(BIN)/python -m pytest -m soak -s tests/wire

check: $(DEV)  ## style, types, layers and content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/interview-coach content lint
	$(BIN)/interview-coach content schema --check

format: $(DEV)  ## rewrite files in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist artifacts

$(VENV)/.installed-%: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Interview Coach needs Python 3.11 or later; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing what the bot needs into $(VENV). The first time this takes a minute."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$*]'
	@touch $@
