# Lantern's commands. `make demo` and `make test` do all the set-up a fresh machine needs:
# Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo tour words test check format types imports drift lock clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(READY): requirements.lock
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.8"
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip sync --quiet requirements.lock
	@touch $@

demo: $(READY)  ## all of Lantern in a browser, without Slack (PORT=4400, FRESH=1 to begin anew)
	@$(BIN)/python -m bot demo --port $(or $(PORT),4400) $(if $(FRESH),--fresh)

tour: $(READY)  ## the story of two sessions, in a terminal, in under a minute
	@$(BIN)/python -m bot tour

test: $(READY)  ## the test suite (PostgreSQL and browser tests run where they are installed)
	$(BIN)/python -m pytest -n auto $(ARGS)

check: format types imports drift test  ## everything CI checks

format: $(READY)  ## formatting and lint, as a check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

imports: $(READY)  ## who may import whom
	$(BIN)/lint-imports

drift: $(READY)  ## models and migrations say the same
	$(BIN)/python -m bot.store.migrations.drift

words: $(READY)  ## bring the catalogues of all languages up to what Lantern says
	$(BIN)/python -m bot.ops.words

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11

lock: $(READY)  ## make the locks anew from pyproject.toml: all of it, and what running needs
	$(COMPILE) --group dev -o requirements.lock pyproject.toml
	$(COMPILE) -c requirements.lock -o requirements-run.lock pyproject.toml

clean:  ## remove what was built (not your data)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
