# `make run` and `make test` are the two commands; each sets the machine up first and is safe to repeat.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
export PYTHON

.PHONY: run test lint pictures prove bench lock clean ready ready-dev
.DEFAULT_GOAL := run

ready:
	@sh platform/scripts/setup.sh requirements.lock

ready-dev:
	@sh platform/scripts/setup.sh requirements-dev.lock

run: ready
	@exec $(BIN)/permille run

lint: ready-dev
	$(BIN)/ruff check platform tests wsgi.py
	$(BIN)/ruff format --check platform tests wsgi.py
	MYPYPATH=platform $(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/permille translations check

test: ready-dev
	@browser="$$(sh platform/scripts/browser.sh)" && $(MAKE) --no-print-directory lint && \
	BROWSER_BIN="$$browser" $(BIN)/python -m pytest -q -n 3 --dist loadgroup $(ARGS)

pictures: ready-dev
	@browser="$$(sh platform/scripts/browser.sh)" && BROWSER_BIN="$$browser" $(BIN)/python -m tests.pictures

prove: ready-dev
	@browser="$$(sh platform/scripts/browser.sh)" && BROWSER_BIN="$$browser" $(BIN)/python -m tests.prove $(ARGS)

bench: ready-dev
	$(BIN)/python -m tests.benchmarks

lock:
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra postgres --extra build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra postgres --extra build --extra test --extra dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache
