# Two commands for a newcomer: `make audit` and `make test`. Both need Python >= 3.11 and an index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
MODEL ?= sentence-transformers/all-MiniLM-L6-v2
AUDIT_FLAGS ?= --snapshot bundled --exit-zero

.PHONY: audit test lint types reports clean

audit: $(STAMP)
	$(BIN)/provenance audit $(MODEL) $(AUDIT_FLAGS)

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-fail-under=95

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

reports: $(STAMP)
	$(BIN)/python tasks/build_reports.py --screenshots

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[all]' --group dev
	touch $@

clean:
	rm -rf $(VENV) build dist .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis
