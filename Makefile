# The verbs of this repository.  `make` alone lists them; each is one line of tools/ or of a tool.
#
#   PYTHON=python3.12   which Python to build the environment with (default: the newest found, 3.11 or later)
#   ARGS="…"            more arguments for the verb: make demo ARGS="--port 9000", make test ARGS="-k queue"

.DEFAULT_GOAL := help
.PHONY: help demo serve test proof bench bundle check fix docs clean environment dev-environment

BIN := .venv/bin
# Ctrl-C is how one stops a server, and no failure.
STOPPED = || test $$? = 130
export PYTHON

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: environment ## Start Kempelen with examples on http://localhost:8000; the data stays in .demo/
	@trap : INT; $(BIN)/kempelen demo --data-dir .demo $(ARGS) $(STOPPED)

serve: environment ## Start a server of your own, on the data folder that every command uses
	@trap : INT; $(BIN)/kempelen serve $(ARGS) $(STOPPED)

test: dev-environment ## Install what tests need, then run them all on SQLite and PostgreSQL, and in a browser
	@$(BIN)/python -m tools.prepare_tests
	@$(BIN)/python -m tools.run_tests $(ARGS)

proof: dev-environment ## Run the long proofs (many minutes)
	@$(BIN)/python -m tools.prepare_tests
	@$(BIN)/python -m tools.run_tests --proof $(ARGS)

bench: dev-environment ## Measure how fast it is: make bench ARGS="--quick", ARGS="--turkle" to measure Turkle too
	@$(BIN)/python -m bench $(ARGS)

bundle: dev-environment ## Write dist/kempelen-….tar.gz, which installs where there is no internet
	@$(BIN)/python -m tools.bundle $(ARGS)

check: dev-environment ## Look for faults without running: lint, format, types, imports, templates, house rules
	@$(BIN)/python -m tools.check

fix: dev-environment ## Repair what the linter and the formatter can repair
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

docs: dev-environment ## Write the reference pages that are made from code
	@$(BIN)/python -m tools.reference_pages

clean: ## Remove the environment, caches and test results; data folders stay
	rm -rf .venv dist build test-results bench-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@tools/environment.sh

dev-environment:
	@tools/environment.sh dev
