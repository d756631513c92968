# Two commands for everyone: `make run` opens the dashboard, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
TO_RUN := $(VENV)/ready-to-run
TO_TEST := $(VENV)/ready-to-test

# The browser tests drive the first of these that is installed; one may be named from outside.
QUARTERDECK_CHROMIUM ?= $(shell for name in chromium chromium-browser google-chrome \
	google-chrome-stable "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; \
	do command -v "$$name" && break; done)
export QUARTERDECK_CHROMIUM

.PHONY: run run-signin test exam bench lock clean

run: $(TO_RUN)
	@$(PY) -m quarterdeck run

# The same where people sign in: beside it runs a provider of eight invented people to click.
run-signin: $(TO_TEST)
	@$(PY) -m tests.provider

# Every check runs, whatever an earlier one said, so that one run shows all that is wrong.
test: $(TO_TEST)
	@failed=; chosen=; \
	if [ -z "$$QUARTERDECK_CHROMIUM" ] && [ -z "$$CI" ]; then \
		echo "No Chromium is installed: the browser tests are skipped."; chosen="not browser"; \
	fi; \
	$(PY) -m ruff check --quiet . || failed="$$failed lint"; \
	$(PY) -m ruff format --quiet --check . || failed="$$failed format"; \
	$(PY) -m mypy || failed="$$failed types"; \
	$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "$$chosen" || failed="$$failed tests"; \
	if [ -n "$$failed" ]; then echo "Failed:$$failed. The reasons stand above."; exit 1; fi

exam: $(TO_TEST)
	QUARTERDECK_EXAM=full $(PY) -m pytest -m exam

# How fast, in one run on this machine; what is found goes into bench/RESULTS.md.
bench: $(TO_TEST)
	$(PY) -m bench.answers
	$(PY) -m bench.imports
	$(PY) -m bench.start
	$(PY) -m bench.time
	$(PY) -m bench.click
	$(PY) -m bench.territory
	$(PY) -m bench.sandbox
	$(PY) -m bench.users --record
	$(PY) -m bench.coaching_fairness --record
	$(PY) -m bench.gap_split --record

# Writes both locks anew from the two lists of direct dependencies, for every system and Python.
LOCKED := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-emit-index-url --upgrade
lock: $(PY)
	$(PIP) install --quiet uv==0.13.9
	$(LOCKED) --output-file requirements.lock requirements.txt
	$(LOCKED) --output-file requirements-dev.lock --constraints requirements.lock \
		requirements-dev.txt

# Takes away what can be made again. What lies in data/ stays.
clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(TO_RUN): requirements.lock | $(PY)
	@echo "Installing what the dashboard needs; this happens once."
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

$(TO_TEST): requirements.lock requirements-dev.lock | $(PY)
	@echo "Installing what the tests need; this happens once."
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $(TO_RUN) $@

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "Quarterdeck needs Python 3.11 or newer, and $(PYTHON) is not installed." \
			"Install Python, or name yours: make run PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Quarterdeck needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V)." \
			"Install a newer one, or name yours: make run PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
