# The two commands most people need are `make run` and `make test`.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup run check format test test-slow coverage bench eval audit lock wheelhouse screenshots

help:
	@echo "make run     set up and start the assistant, and print its address"
	@echo "make test    set up and pass every check and test but the slow ones"
	@echo "make test-slow  pass the slow tests: every path, restarts, Postgres"
	@echo "make coverage  run the quick tests again and print how much of the code they run"
	@echo "make check   formatting, lint, types and imports between packages only"
	@echo "make format  put the code in its one format"
	@echo "make bench   measure speed and memory against a stock Rasa bot"
	@echo "make eval    ask a running assistant the sets in tests/eval/unseen, and judge its replies"
	@echo "make screenshots  draw the pictures in docs/images again"
	@echo "make audit   look up known weaknesses in the packages we use"
	@echo "make lock    resolve the dependencies again and write requirements/"
	@echo "make wheelhouse  fetch all that requirements/ names, for a machine without a registry"

setup:
	@$(PYTHON) scripts/setup.py

run: setup
	@$(BIN)/principles serve

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Two at a time, as below: one after the other they take twice as long.
test: check
	$(BIN)/principles train
	$(PYTEST) -m "not slow" -ra -n 2 --dist worksteal

# The tests of code in one process: watched line by line they take twice as long, and so what
# measures time (`no_cover`) is left out.
coverage: setup
	$(BIN)/coverage erase
	$(PYTEST) -m "not slow and not browser and not rasa and not no_cover" -q -n 2 --dist loadfile --cov --cov-report=
	$(BIN)/python scripts/covered.py

# Two at a time: each worker has an assistant of its own, of about 1.4 GB.
test-slow: setup
	$(BIN)/principles train
	$(PYTEST) -m slow -ra -n 2 --dist worksteal

bench: setup
	$(BIN)/python -m bench

eval: setup
	$(BIN)/principles eval tests/eval/unseen/*.jsonl

audit: setup
	$(BIN)/python scripts/audit.py

lock:
	sh scripts/lock.sh

wheelhouse:
	sh scripts/wheelhouse.sh

screenshots: setup
	$(BIN)/python -m demo.screenshots
