# The two commands a newcomer needs are `make demo` and `make test`; `make` alone lists all.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY = .venv/bin/python
BOOT = $$(sh tools/python.sh)
# PostgreSQL's socket lies there: a folder of ours when the machine names none that we may write to.
export XDG_RUNTIME_DIR := $(shell [ -d "$$XDG_RUNTIME_DIR" ] && [ -w "$$XDG_RUNTIME_DIR" ] && echo "$$XDG_RUNTIME_DIR" || echo "$(CURDIR)/var/run")
export PYTHONUNBUFFERED = 1
# Settings under which Django's deployment checks must find nothing.
DEPLOY = SITE_URL=https://litink.example ALLOWED_HOSTS=litink.example

.PHONY: help setup dev parts browser demo serve stop test lint format lock sample film-checks screenshots lighthouse fakes

help:  ## this list
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup  ## film a chapter of the bundled tale, or of your BOOK=path (ARGS="--minutes 1")
	@$(PY) manage.py demo $(if $(BOOK),"$(BOOK)") $(ARGS)

test: dev browser  ## run every test, the browser's too (ARGS="tests/readers -x")
	@$(PY) -m pytest -n auto $(ARGS)

serve: setup  ## the site and its workers until Ctrl-C; prints the address and a login
	@$(PY) manage.py serve $(ARGS)

stop: setup  ## stop the embedded PostgreSQL
	@$(PY) -c "from litink import embedded; from tools.common import VAR; embedded.stop(VAR / 'postgres')"

setup:  ## make or mend the environment (quick when nothing changed)
	@mkdir -p -m 700 "$(XDG_RUNTIME_DIR)"
	@python=$(BOOT) && $$python -S -m tools.setup

dev:
	@mkdir -p -m 700 "$(XDG_RUNTIME_DIR)"
	@python=$(BOOT) && $$python -S -m tools.setup dev

parts:  ## try again to install the optional parts that are missing
	@python=$(BOOT) && $$python -S -m tools.setup --retry

browser: dev
	@$(PY) -S -m tools.browser

lint: dev  ## style, types, imports, migrations, deployment settings, templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy .
	@.venv/bin/lint-imports
	@$(PY) manage.py makemigrations --check --dry-run
	@$(DEPLOY) $(PY) manage.py check --deploy --fail-level WARNING
	@.venv/bin/djlint templates --lint --quiet

format: dev  ## write every file in the house's style
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: dev  ## lock requirements*.in into requirements*.txt, with hashes (needs uv)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-package opencv-python --no-emit-package pyaudio --no-header requirements.in -o requirements.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-package opencv-python --no-emit-package pyaudio --no-header requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-deps --no-header requirements-optional.in -o requirements-optional.txt

sample: setup  ## build the bundled EPUB from its Markdown
	@$(PY) manage.py buildsample

bench-%: dev  ## measure one thing: bench-engine, bench-readers, bench-render ...
	@$(PY) -m bench.$(subst -,_,$*) $(ARGS)

film-checks: setup  ## make films of many lengths, shapes and scripts; print their certificates
	@$(PY) -m bench.film_checks $(ARGS)

screenshots: dev browser  ## pictures of every page, narrow and wide, light and dark, into var/
	@$(PY) -m tools.screenshots $(ARGS)

lighthouse: dev browser  ## lighthouse on landing, films, run, script and film (npm brings it the first time)
	@$(PY) -m tools.lighthouse $(ARGS)

fakes: dev  ## servers with the vendors' shapes on this machine, so that no key is needed
	@$(PY) -m tests.fakes $(ARGS)
