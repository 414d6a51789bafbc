# Everything a newcomer needs: `make demo` and `make test` set up what is missing, once, and then do their work.
# Wanted on the machine: python3 (3.10 or newer), Java 17 or 21, make.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
STAMP  := build/stamp
LAKE   := demo-lake
SCALA  := build.sbt project/shaded.sha256 $(shell find project udfs/src -name '*.scala' -o -name '*.sbt' -o -name '*.properties' 2>/dev/null | grep -v target)
RUN    := $(VENV)/bin/decantry
SBT    := java -Xmx1g -Dsbt.server.autostart=false -Dsbt.color=false -jar $$($(PY) -m decantry.jobs.setup.sbt) --error
export PYTHONPATH := $(CURDIR)/build/pkg
export PYTHONWARNINGS ?= ignore

.PHONY: help setup demo cluster test test-slow lint format bench bench-dedup audit soak interruptions mutants matrix jar wheel lock docs clean
.DELETE_ON_ERROR:

help:            ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(STAMP)/runtime $(STAMP)/jars build/sample/web-00000.warc.gz   ## everything the jobs need: environment, jars, URL lists, native jar, sample

demo: setup      ## run the FineWeb recipe over the embedded sample, look at the result, leave a lake to play with
	$(RUN) run fineweb --input build/sample --lake $(LAKE)
	$(RUN) sql "select url, round(language_score, 2) as english, token_count as tokens, left(replace(text, '\n', ' '), 50) as text from fineweb order by url" --lake $(LAKE) --limit 10
	$(RUN) explain https://workshop.example.org/shop/bolts --recipe fineweb --lake $(LAKE)
	@echo "The lake is in $(LAKE). Ask it: $(RUN) sql --lake $(LAKE)"

cluster: wheel   ## the same on a Spark cluster of three processes and an S3 server, all on this machine
	$(PY) -m infra.local.cluster build/cluster

test: setup      ## the fast suite, Scala's tests first
	$(SBT) test
	$(PY) -m pytest -n 2 --dist loadgroup

test-slow: setup jar   ## real kills, servers, a cluster, both Sparks: whenever commits, sources, ingest or upkeep change
	$(PY) -m pytest -m slow

lint: $(STAMP)/venv   ## ruff and mypy --strict
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	cd build/pkg && ../../$(VENV)/bin/mypy --config-file ../../pyproject.toml -p decantry

format: $(STAMP)/venv   ## what ruff can mend by itself
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: setup     ## measure rates and costs on real pages beside the repo; prints a markdown table
	$(PY) -m tests.bench

audit: $(STAMP)/venv   ## what is delivered: an SBOM (build/sbom.json), pins, licences, known weaknesses (these need the network)
	$(PY) -m infra.audit build/sbom.json

bench-dedup: setup   ## measure deduplication from 10,000 to 1,000,000 made documents, and beside the peer; prints markdown tables
	$(PY) -m tests.bench.dedup
	$(PY) -m tests.bench.dedup_texts
	$(PY) -m tests.bench.additions

soak: setup      ## damaged archives and hostile pages for SECONDS (1800): rows conserved, nothing lost, memory flat
	$(PY) -m tests.soak --seconds $(or $(SECONDS),1800)

jar: $(STAMP)/jars     ## the native functions' jars, for Scala 2.13 (Spark 4) and 2.12 (Spark 3.5)

interruptions: setup   ## runs killed, or sent Ctrl-C, at random moments, ROUNDS (12) times: the lake is an undisturbed run's
	$(PY) -m tests.soak.interruptions --rounds $(or $(ROUNDS),12)

mutants: setup   ## wrongs put into the engine one by one, each caught by its test; with SEED=N four by the whole suite, too
	$(PY) -m tests.mutants $(if $(SEED),--seed $(SEED))

matrix: setup    ## the main job on Spark 3.5 too, and without ANSI: the same rows
	$(PY) -m pytest tests/matrix

wheel: setup     ## dist/decantry-*.whl with the native jars, the recipes and the sample inside
	rm -rf build/lib build/bdist.* dist
	$(PY) -m pip wheel . --no-deps --no-build-isolation --quiet --wheel-dir dist

docs: $(STAMP)/venv   ## the pages that are generated from the code
	$(PY) -m decantry.schemas.page > docs/tables.md

lock:            ## pin every package anew (needs uv)
	uv pip compile pyproject.toml --extra spark --extra trafilatura --extra dev --universal --python-version 3.10 \
	  --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements.lock

clean:           ## remove what the targets made; the cache in ~/.cache/decantry stays
	rm -rf $(VENV) build dist target project/target project/project udfs/jars/*.jar $(LAKE) spark-warehouse metastore_db

$(STAMP)/links:
	@mkdir -p $(STAMP) build/pkg/decantry
	@for room in jobs udfs schemas; do ln -sfn ../../../$$room build/pkg/decantry/$$room; done
	@touch $@

$(STAMP)/packages: requirements.lock | $(STAMP)/links
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "decantry needs Python 3.10 or newer: set PYTHON=python3.11")'
	@$(PYTHON) -m decantry.jobs.java
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(STAMP)/venv: pyproject.toml $(STAMP)/packages
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(STAMP)/runtime: $(STAMP)/venv $(wildcard jobs/setup/*) | $(STAMP)/jars
	$(PY) -m decantry.jobs.setup
	@touch $@

$(STAMP)/jars: $(SCALA) | $(STAMP)/venv
	$(SBT) +assembly
	@touch $@

build/sample/web-00000.warc.gz: $(wildcard jobs/sample/*.py) $(wildcard jobs/sample/web/*) | $(STAMP)/venv
	$(PY) -m decantry.jobs.sample build/sample
