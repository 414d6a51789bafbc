# Everything a newcomer needs: `make demo` and `make test` set up what is missing, once, and then do their work.
# Wanted on the machine: python3 (3.10 or newer), Java 17 or 21, make.

PYTHON  ?= python3
VENV    := .venv
PY      := $(VENV)/bin/python
STAMP   := build/stamp
LAKE    := demo-lake
SCALA   := build.sbt project/build.properties project/plugins.sbt project/shaded.sha256 $(shell find udfs/src -type f) $(addprefix jobs/setup/,carried.py chinese_words.py thai_words.py)
JAR     := udfs/jars/decantry-native_2.13.jar
JAR35   := udfs/jars/decantry-native_2.12.jar
SAMPLE  := build/sample/web-00000.warc.gz
RUN     := $(VENV)/bin/decantry
SBT     := $(PY) -m decantry.jobs.setup.sbt
LOCKED  := --quiet --build-constraints requirements-build.lock
UV       = $$($(PYTHON) -m decantry.jobs.setup.uv requirements-build.lock)
INSTALL  = uv=$(UV) && VIRTUAL_ENV=$(VENV) "$$uv" pip
export PYTHONPATH := $(CURDIR)/build/pkg
export PYTHONWARNINGS ?= ignore
# Packages are installed without bytecode. The first import of a module writes it, even if the environment forbids that.
export PYTHONDONTWRITEBYTECODE :=
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

.PHONY: help setup dev demo cluster test scala python test-slow lint rooms format bench bench-dedup bench-start bench-growth audit soak interruptions mutants matrix jar wheel lock docs clean
.DELETE_ON_ERROR:

help:            ## show this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(STAMP)/venv   ## install what jobs need: environment, jars, URL lists, native jar, sample
	@$(MAKE) --no-print-directory -j2 $(JAR) $(STAMP)/runtime $(SAMPLE)

dev: setup $(STAMP)/dev   ## the same, and what tests, type checks, notebooks and the audit need

demo: setup      ## run the FineWeb recipe over the embedded sample, show the result, and leave a lake to try commands on
	@mkdir -p $(LAKE)
	$(RUN) run fineweb --input build/sample --lake $(LAKE) --report $(LAKE)/report.html
	$(RUN) sql "select url, round(language_score, 2) as english, token_count as tokens, left(replace(text, '\n', ' '), 50) as text from fineweb order by url" --lake $(LAKE) --limit 10
	$(RUN) explain https://workshop.example.org/shop/bolts --recipe fineweb --lake $(LAKE)
	@echo "The lake is in $(LAKE). Ask it: $(RUN) sql --lake $(LAKE). Look at its report in a browser: $(LAKE)/report.html"

cluster: wheel   ## run the demo's recipe on a Spark cluster of three processes and an S3 server, all on this machine
	$(PY) -m infra.local.cluster build/cluster

test: scala python   ## run the fast suite, Scala's tests and Python's; `make -j2 test` runs both at the same time

scala: dev
	$(SBT) test

python: dev
	$(PY) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

test-slow: dev jar   ## run the slow suite: real kills, servers, a cluster, both Sparks, and the site after `make site`
	$(PY) -m pytest -m slow -o faulthandler_timeout=3600

lint: $(STAMP)/dev    ## run ruff, mypy --strict, and the check of imports between rooms
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	cd build/pkg && ../../$(VENV)/bin/mypy --config-file ../../pyproject.toml -p decantry
	@$(MAKE) --no-print-directory rooms

rooms: $(STAMP)/dev   ## the order of the rooms alone
	$(VENV)/bin/lint-imports --no-cache

format: $(STAMP)/dev  ## let ruff fix and format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: dev       ## measure rates and costs on real pages beside the repo; prints a markdown table
	$(PY) -m tests.bench

bench-start: dev   ## time commands from a cold start over real pages and made texts, medians of three; prints a markdown table
	$(PY) -m tests.bench.start

bench-growth: dev    ## the bytes that Spark reads and shuffles for each of twenty equal batches; prints a markdown table
	$(PY) -m tests.bench.growth

audit: $(STAMP)/dev   ## write an SBOM (build/sbom.json), check pins and licences, and look up vulnerabilities (needs the network)
	$(PY) -m infra.audit build/sbom.json

bench-dedup: dev     ## measure deduplication from 10,000 to 1,000,000 made documents, beside the peer, and from WET files; prints markdown tables
	$(PY) -m tests.bench.dedup
	$(PY) -m tests.bench.dedup_texts
	$(PY) -m tests.bench.dedup_wet
	$(PY) -m tests.bench.additions

soak: dev        ## ingest damaged archives and hostile pages for SECONDS (1800): no page is lost, and memory stays flat
	$(PY) -m tests.soak --seconds $(or $(SECONDS),1800)

jar: $(JAR) $(JAR35)   ## build the jars of the native functions, for Scala 2.13 (Spark 4) and 2.12 (Spark 3.5)

interruptions: dev     ## kill or interrupt runs at random moments, ROUNDS (12) times: each lake equals an undisturbed run's
	$(PY) -m tests.soak.interruptions --rounds $(or $(ROUNDS),12)

mutants: dev     ## put small errors into the code one by one, and run the test that must fail; SEED=N also tries the whole suite
	$(PY) -m tests.mutants $(if $(SEED),--seed $(SEED))

matrix: dev jar  ## run the main job on Spark 3.5 and without ANSI SQL, and compare the rows
	$(PY) -m pytest -m slow tests/matrix

wheel: setup jar ## build dist/decantry-*.whl with the native jars, the recipes and the sample
	rm -rf build/lib build/bdist.* dist
	uv=$(UV) && "$$uv" build --wheel --require-hashes $(LOCKED) --out-dir dist

docs: $(STAMP)/venv $(JAR)   ## write the pages that are generated from the code
	$(PY) -m decantry.schemas.page > docs/tables.md
	$(PY) -m tests.architecture
	$(PY) -m tests.reference

.PHONY: site
site: $(STAMP)/docs   ## build the docs as a site, build/site/index.html
	$(PY) -m infra.site build/site

lock: | $(STAMP)/links   ## write the lock files again: packages to run, to test and lint, and to build
	@uv=$(UV) && all="$$uv pip compile --universal --generate-hashes --no-emit-index-url --quiet" && lock="$$all --python-version 3.10" && \
	export UV_CUSTOM_COMPILE_COMMAND="make lock" && \
	$$lock pyproject.toml --extra spark --extra trafilatura --extra extractor --extra fasttext --extra wordllama --extra universal --extra onnx --extra label --extra dev -o requirements-dev.lock && \
	$$lock pyproject.toml --extra spark --extra fasttext --extra wordllama --group checkout -c requirements-dev.lock --no-annotate -o requirements.lock && \
	$$all --python-version 3.11 --group docs -c requirements-dev.lock --no-annotate -o requirements-docs.lock && \
	$$lock --group build -o requirements-build.lock

clean:           ## remove what the targets made, but not the cache in ~/.cache/decantry
	rm -rf $(VENV) build dist target project/target project/project udfs/jars/*.jar $(LAKE) spark-warehouse metastore_db

$(STAMP)/links: Makefile
	@mkdir -p $(STAMP) build/pkg/decantry
	@for room in jobs udfs schemas; do ln -sfn ../../../$$room build/pkg/decantry/$$room; done
	@ln -sfn ../../../jobs/root/__init__.py build/pkg/decantry/__init__.py
	@touch $@

$(STAMP)/packages: requirements.lock requirements-build.lock | $(STAMP)/links
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "decantry needs Python 3.10 or newer: set PYTHON=python3.11")'
	@$(PYTHON) -m decantry.jobs.process.java
	@rm -f $(STAMP)/dev $(STAMP)/docs
	@echo "installing what is in requirements.lock into $(VENV)"
	@uv=$(UV) && "$$uv" venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@$(INSTALL) sync --require-hashes $(LOCKED) requirements.lock
	@touch $@

$(STAMP)/venv: pyproject.toml $(STAMP)/packages
	@$(INSTALL) install --no-deps $(LOCKED) --editable .
	@touch $@

$(STAMP)/dev: requirements-dev.lock $(STAMP)/venv
	@echo "adding what is in requirements-dev.lock"
	@$(INSTALL) install --require-hashes $(LOCKED) --requirements requirements-dev.lock
	@touch $@

$(STAMP)/docs: requirements-docs.lock infra/site/mermaid.ivy.xml $(STAMP)/venv
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "the site needs Python 3.11 or newer: set PYTHON=python3.11")'
	@echo "adding what is in requirements-docs.lock"
	@$(INSTALL) install --require-hashes $(LOCKED) --requirements requirements-docs.lock
	$(PY) -m infra.site.mermaid
	@touch $@

$(STAMP)/runtime: $(wildcard jobs/setup/*) | $(STAMP)/venv
	$(PY) -m decantry.jobs.setup
	@touch $@

# A jar from the cache may be older than the sources of this checkout; then it is looked up each time, in 0.1 s.
$(JAR): $(SCALA) | $(STAMP)/venv
	$(PY) -m decantry.jobs.setup.native 2.13

$(JAR35): $(SCALA) | $(STAMP)/venv
	$(PY) -m decantry.jobs.setup.native 2.12

$(SAMPLE): $(wildcard jobs/sample/*.py) $(wildcard jobs/sample/web/*) | $(STAMP)/venv
	$(PY) -m decantry.jobs.sample build/sample
