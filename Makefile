# On a fresh Debian with python3 (3.11 or newer), make and git, as root: `make run`. The rest is fetched here.

BIN := .venv/bin
UV := .tools/bin/uv
UV_VERSION := 0.13.9
# Debian's own first, which is built to be fast; whoever is not root takes what they have, since it may lack its `venv`.
PYTHON := $(shell /usr/bin/python3 -c 'import os, sys; sys.exit(sys.version_info < (3, 11) or os.geteuid() != 0)' 2>/dev/null && echo /usr/bin/)python3
# -P: a script in tools/ must not hide a module of the same name in the standard library.
NODE := $(BIN)/python -P tools/node.py
TYPES := $(BIN)/python -P tools/protocol_ts.py
WORDS := $(BIN)/python -P tools/words.py
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
# The shell is Chromium without windows: the same pages in half the time. The whole browser is for what a profile keeps.
BROWSER := chromium chromium-headless-shell fonts-dejavu-core libatomic1
# What documents are set with; a font, so that a bare machine has one, and one that has the letters of Urdu.
PRINTING := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-sil-scheherazade
# What compiles the disk that tests make fail (tests/faults/shim.c), and the crowd and the limit of the measurements.
COMPILER := gcc libc6-dev
# What stands in front of several servers; for `make soak` and `make bench-cluster` alone.
PROXY := caddy
WEB_SOURCES := $(shell find web/src) $(wildcard web/*.json web/*.ts web/*.js web/*.html web/.npmrc)
WORD_SOURCES := $(wildcard app/languages/*.po app/languages/*.py app/areas/*.toml app/board/*.py tools/words*.py)
# A screen reader loses words where others take its machine.
HEARD := tests/surfaces/test_with_orca.py
ARGS :=
# A file of tests stays in one process, whose server and browser it shares. Many wait for something much of the time, so there
# is one process more than there are cores.
TOGETHER := -n $(shell expr $$(nproc) + 1) --maxprocesses 4 --dist loadfile

export UV_PYTHON_DOWNLOADS := never
# Everything is compiled once, not at each start of a server: that is two thirds of a start.
unexport PYTHONDONTWRITEBYTECODE
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@echo 'make run     the demonstration conference (make run ARGS="--port 8001")'
	@echo 'make dev     the same, and the front end is rebuilt as you type'
	@echo 'make test    all tests, in a real browser too (make test ARGS="tests/board")'
	@echo 'make check   lint, format, types, architecture, generated code, weight, Dockerfile, deploy/'
	@echo 'make format  put the format right'
	@echo 'make soak    long meetings, kills and power cuts, two hours;  make bench  the measurements;  make bench-cluster  those of several servers'
	@echo 'make help-pictures  the pictures of the help, in web/templates/help/pictures/'
	@echo 'make shots   pictures of every state and surface, in build/shots/ (make shots ARGS="chair pl dark")'
	@echo 'make types   write web/src/lib/protocol.ts from the server;  make words  collect all messages into the catalogues'
	@echo 'make lock    new locks (ARGS=--upgrade)'

# ---- what people do

run: packages web printing
	$(BIN)/kinboard demo $(ARGS)

dev: packages web printing
	@setsid $(NODE) run watch & watcher=$$!; trap "kill -- -$$watcher" EXIT; trap "exit 130" INT TERM; $(BIN)/kinboard demo $(ARGS)

test: dev-packages web gallery browser printing compiler
	$(BIN)/python -m pytest $(TOGETHER) $(ARGS)
	$(NODE) run test

shots: dev-packages web gallery browser printing
	$(BIN)/python -m tools.shots $(ARGS)

help-pictures: dev-packages web browser
	$(BIN)/python -m tools.help_pictures

soak: dev-packages web gallery browser printing compiler proxy
	$(BIN)/python -m pytest -m soak -n 2 --dist loadfile --timeout 3600 --ignore $(HEARD) $(ARGS)
	$(BIN)/python -m pytest -m soak $(HEARD)
	$(BIN)/python -m pytest --on-postgres -n 2 --dist loadfile --timeout 600 tests/pages tests/records tests/surfaces

bench: dev-packages web browser printing compiler
	$(BIN)/python -m bench $(ARGS)

bench-cluster: dev-packages web compiler proxy
	$(BIN)/python -m bench.cluster

check: check-python check-types check-words check-web check-weight check-docker check-deploy

check-python: dev-packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry app

check-types: dev-packages
	$(TYPES) --check

check-words: dev-packages
	$(WORDS) check

check-web: packages
	$(NODE) run check
	$(NODE) run lint

check-weight: web
	$(BIN)/python -P tools/weight.py

check-docker: dev-packages
	$(BIN)/hadolint Dockerfile

# The shapes are those that Compose and Kubernetes publish; what the files say is held against the program by its tests.
check-deploy: dev-packages
	$(BIN)/yamllint -s -c deploy/.yamllint deploy
	$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec deploy/compose.yaml
	$(BIN)/kubernetes-validate --strict --quiet -k 1.34 deploy/kubernetes/*.yaml

format: dev-packages
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(NODE) run format

types: dev-packages
	$(TYPES)

words: dev-packages
	$(WORDS) merge

# The committed locks are the only memory: what is in them stays, until ARGS=--upgrade. No lock holds an address.
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --all-extras $(ARGS) pyproject.toml
lock: packages
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group build --group test --group lint -c requirements.lock -o requirements-dev.lock
	$(NODE) lock

# ---- what has to be there first

.tools/uv-$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kinboard needs Python 3.11 or newer")'
	$(PYTHON) -m venv .tools 2>/dev/null || { rm -rf .tools; apt-get update -qq && $(APT) python3-venv && $(PYTHON) -m venv .tools; }
	.tools/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/bin/python: | .tools/uv-$(UV_VERSION)
	$(UV) venv -q --clear --python .tools/bin/python .venv

INSTALL = $(UV) pip sync -q --python .venv --require-hashes $(1) && \
	$(UV) pip install -q --python .venv --no-deps --no-build-isolation --editable .

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	$(call INSTALL,requirements.lock)
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(call INSTALL,requirements-dev.lock)
	@touch .venv/.run $@

# A checkout that has the development packages keeps them: `make run` does not take them out again.
packages: $(if $(wildcard .venv/.dev),.venv/.dev,.venv/.run)
dev-packages: .venv/.dev

# The front end, and what it and the server say in other languages.
web: web/dist/words/.made
web/dist/words/.made: web/dist/.built $(WORD_SOURCES)
	$(WORDS) compile
	@touch $@

web/dist/.built: $(WEB_SOURCES) | packages
	$(NODE) run build
	@touch $@

# Every state of every part of the board on one page, for tests and pictures; nothing that is served or packed holds it.
gallery: build/gallery/index.html
build/gallery/index.html: $(WEB_SOURCES) | packages
	$(NODE) run build --config src/gallery/vite.config.ts
	@touch $@

browser:
	@$(call INSTALLED,$(BROWSER)) || { apt-get update -qq && $(APT) $(BROWSER); }

printing:
	@$(call INSTALLED,$(PRINTING)) || { apt-get update -qq && $(APT) $(PRINTING); }

# Nothing that is served or packed is compiled.
compiler:
	@$(call INSTALLED,$(COMPILER)) || { apt-get update -qq && $(APT) $(COMPILER); }

proxy:
	@$(call INSTALLED,$(PROXY)) || { apt-get update -qq && $(APT) $(PROXY); }

INSTALLED = [ "$$(dpkg-query -W -f '$${db:Status-Status}\n' $(1) 2>/dev/null | grep -cx installed)" = $(words $(1)) ]

CHECKS := check-python check-types check-words check-web check-weight check-docker check-deploy
.PHONY: help run dev test shots help-pictures soak bench bench-cluster check $(CHECKS) format types words lock
.PHONY: packages dev-packages web gallery browser compiler printing proxy
