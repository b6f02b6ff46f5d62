# For a newcomer: `make audit` and `make test`; `make help` lists the rest.
# Needs Python 3.11 or newer with pip, and an index; every target makes the environment it needs.
PYTHON ?= python3
MODEL ?= sentence-transformers/all-MiniLM-L6-v2
AUDIT_FLAGS ?= --snapshot bundled --exit-zero

RUN := .venvs/audit
DEV := .venv
NEWEST := .venvs/newest
LOWEST := .venvs/lowest
TOOLS := .venvs/tools
DOCS := .venvs/docs

VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)
WANTED := $(shell $(PYTHON) -c 'import sys; print(int(sys.version_info >= (3, 11)))' 2>/dev/null)
OLD = $(PYTHON) is $(if $(VERSION),Python $(VERSION),no Python): 3.11 or newer is needed, as in `make $(MAKECMDGOALS) PYTHON=python3.12`
# Stops make, in one line, before anything is created.
need-python = $(if $(filter 1,$(WANTED)),,$(error $(OLD)))
# $(call venv,folder): a virtual environment of $(PYTHON), made anew unless it is whole.
venv = @test "$$($(1)/bin/python -c 'import pip, sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)" = $(VERSION) \
	|| $(PYTHON) -m venv --clear $(1)
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
LOCKED := --constraint constraints.txt
TEST := -m pytest -n auto

.DEFAULT_GOAL := help
.PHONY: help audit test lint types docs reports lock newest lowest test-newest test-lowest dist clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

audit: $(RUN)/.installed-$(VERSION) ## install what a run needs, and audit MODEL from the shipped snapshot
	$(RUN)/bin/provenance audit $(MODEL) $(AUDIT_FLAGS)

test: $(DEV)/.installed-$(VERSION) ## run the tests, with the locked releases
	$(DEV)/bin/python $(TEST) -m "not untraced" --cov --cov-report=term --cov-fail-under=95
	$(DEV)/bin/python $(TEST) -m untraced # by real cards and hostile input

lint: $(DEV)/.installed-$(VERSION) ## check style, and that every import is declared
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/deptry src
	$(DEV)/bin/deptry tests tasks benchmarks --ignore DEP002,DEP004

types: $(DEV)/.installed-$(VERSION) ## check types
	$(DEV)/bin/mypy

docs: $(DOCS)/.installed-$(VERSION) ## build the documentation into site/, strictly: a dead link fails
	$(DOCS)/bin/zensical build --clean --strict --config-file mkdocs.yml

reports: $(DEV)/.installed-$(VERSION) ## remake the examples in reports/ and README.md
	$(DEV)/bin/python tasks/build_reports.py --screenshots

test-newest: newest ## run the tests with the newest releases that pyproject.toml allows
	$(NEWEST)/bin/python $(TEST)

test-lowest: lowest ## run the tests with the lowest releases that pyproject.toml names
	$(LOWEST)/bin/python $(TEST)

lock: $(TOOLS)/.installed-$(VERSION) ## write constraints.txt anew: the newest releases of today
	echo '# Written by `make lock`: what `make` and CI install. pip reads it as constraints.' > $(TOOLS)/lock
	$(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	  --extra all --extra spark --group dev --group docs --strip-extras --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links pyproject.toml >> $(TOOLS)/lock
	mv $(TOOLS)/lock constraints.txt

dist: $(DEV)/.installed-$(VERSION) ## build the sdist, and the wheel from it, into dist/
	rm -rf dist
	$(DEV)/bin/python -m hatchling build --target sdist --directory dist
	$(DEV)/bin/python -m pip wheel --quiet --no-deps --wheel-dir dist dist/*.tar.gz

clean: ## remove environments and whatever was built
	rm -rf $(DEV) .venvs build dist site .cache .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Without a pip of its own where that of $(PYTHON) can install into it (22.3 or newer): half the time.
$(RUN)/.installed-$(VERSION): pyproject.toml constraints.txt
	$(need-python)
	@$(PYTHON) -m venv --clear --without-pip $(RUN)
	@pip="$(PYTHON) -m pip --python $(RUN)/bin/python"; $$pip --version >/dev/null 2>&1 \
	|| { pip="$(RUN)/bin/python -m pip"; $(PYTHON) -m venv --clear $(RUN); }; \
	$$pip install --quiet --disable-pip-version-check --no-compile $(LOCKED) --editable .
	@touch $@

$(DEV)/.installed-$(VERSION): pyproject.toml constraints.txt
	$(need-python)
	$(call venv,$(DEV))
	$(DEV)/bin/python $(PIP_INSTALL) --upgrade 'pip>=25.1' # the first with --group
	$(DEV)/bin/python $(PIP_INSTALL) $(LOCKED) --editable '.[all]' --group dev
	@touch $@

$(DOCS)/.installed-$(VERSION): pyproject.toml constraints.txt
	$(need-python)
	$(call venv,$(DOCS))
	$(DOCS)/bin/python $(PIP_INSTALL) --upgrade 'pip>=25.1'
	$(DOCS)/bin/python $(PIP_INSTALL) $(LOCKED) --group docs
	@touch $@

$(TOOLS)/.installed-$(VERSION): pyproject.toml
	$(need-python)
	$(call venv,$(TOOLS))
	$(TOOLS)/bin/python $(PIP_INSTALL) 'uv>=0.9'
	@touch $@

newest: $(TOOLS)/.installed-$(VERSION)
	$(PYTHON) -m venv --clear $(NEWEST)
	$(TOOLS)/bin/uv pip install --quiet --python $(NEWEST)/bin/python --editable '.[all]' --group dev

lowest: $(TOOLS)/.installed-$(VERSION)
	$(PYTHON) -m venv --clear $(LOWEST) # anew: what is there already would be kept
	$(TOOLS)/bin/uv pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct --editable '.[all]' --group dev
