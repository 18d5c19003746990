# make run: serve the app.  make test: everything CI checks within minutes.  make test-all: the slow proofs too.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test test-all lint types browser bench sample clean

run: .make/app
	$(BIN)/streamlit run dashboard.py --server.port $(PORT)

test: lint types browser
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-all: lint types browser
	$(BIN)/pytest -n 2 --dist loadfile

lint: .make/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .make/tests
	$(BIN)/mypy

browser: .make/tests
	@$(BIN)/python -m tests.browser

bench: .make/tests
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.shared
	$(BIN)/python -m tests.bench.busy
	$(BIN)/python -m tests.bench.freezing

sample: .make/app
	$(BIN)/python -m data sample

.make/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	mkdir -p .make && touch $@

.make/tests: .make/app tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

clean:
	rm -rf .venv .make .mypy_cache .pytest_cache .ruff_cache .hypothesis
