# `make analyze` and `make test` need Python 3.11 or newer; they install into .venv, once.

PYTHON ?= python3
FILE ?= seeds/lavrov-rubio.txt

BIN := .venv/bin
INSTALLED := .venv/.installed

# The models lie in models/: nothing here may ask a model hub.
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: analyze test benchmark lint format clean

analyze: $(INSTALLED)
	@$(BIN)/quotestance analyze $(FILE)

test: $(INSTALLED)
	$(BIN)/python -m pytest

benchmark: $(INSTALLED)
	$(BIN)/python tests/benchmark_parser.py $(FILE)

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Touched last, so that an installation that was interrupted starts again.
$(INSTALLED): pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -c .ci/constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
