# The one door: `make` alone lists what there is. Nothing but Python (3.11 or newer), make and a package
# index is needed; everything goes into .venv, pinned with hashes.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Another project's modules must not get in front of ours.
unexport PYTHONPATH PYTHONHOME

PORT ?= 8080
# The first Python that runs and is new enough (an installed name may still be an empty shim).
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PIP_INSTALL = .venv/bin/python -m pip install --quiet --timeout 120 --disable-pip-version-check --only-binary :all: --require-hashes
UV_COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command 'make lock'

# Stamps named by the locks' content, written last: .venv is made anew only when its lock changed or the
# last attempt did not finish, and not because a file's time changed.
RUNTIME := .venv/runtime-$(firstword $(shell cksum < requirements.lock))
DEV := .venv/dev-$(firstword $(shell cat requirements.lock requirements-dev.lock | cksum))

# The command of this checkout, callable from any folder and through a link. -P: the folder that it is
# called from must not shadow our packages.
define LAUNCHER
#!/bin/sh
here=$$(dirname "$$(readlink -f "$$0")")
exec "$$here/python" -P -c 'import sys; sys.argv[0] = "stimmbuch"; from api.cli import main; sys.exit(main())' "$$@"
endef
export LAUNCHER

.PHONY: help run demo test check bench wheel lock openapi clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) ## set up, fill a ledger with real votes, verify it, serve it on http://127.0.0.1:8080 (PORT=)
	.venv/bin/stimmbuch demo --store var/demo --serve --port $(PORT)

demo: $(RUNTIME) ## the same without serving: succeeds only if every tally matched and the log verified
	.venv/bin/stimmbuch demo --store var/demo

# Starting workers costs seconds: worth it for all tests, and for a part of them only where N= says so.
test: $(DEV) ## all tests on all cores, PostgreSQL included; T=path and K=name narrow them, N=2 sets the workers
	.venv/bin/python -m pytest -n $(or $(N),$(if $(T)$(K),0,auto)) $(T) $(if $(K),-k '$(K)')

check: $(DEV) ## format, lint, types, import rules, documentation that must not drift
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/python -m mypy
	.venv/bin/python -m pytest --quiet tests/house

bench: $(DEV) ## the benchmark table, each figure a ratio to its baseline of the same run; B="NAME… --quick" narrows it
	.venv/bin/python -m scripts.bench $(B)

# What an earlier build left would be shipped, so it goes first. The commit's time makes the file reproducible.
wheel: $(DEV) ## build the wheel, install it elsewhere, run the command, load a page
	rm -rf build dist *.egg-info
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 1767225600) \
		.venv/bin/python -m build --wheel --no-isolation --outdir dist
	.venv/bin/python -m scripts.check_wheel dist/*.whl

lock: $(DEV) ## make the lock files anew from setup.cfg; pins that still fit stay (UPGRADE=1 renews all)
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) setup.cfg -o requirements.lock
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) --extra dev -c requirements.lock setup.cfg -o requirements-dev.lock

openapi: $(DEV) ## write api/openapi.json anew
	.venv/bin/python -m api.openapi > api/openapi.json.new
	mv api/openapi.json.new api/openapi.json

clean: ## remove everything that make has made, the demo's ledger (var/) too
	rm -rf .venv var build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage* htmlcov
	find . -name __pycache__ -prune -exec rm -rf {} +

# The path file is relative, so that a moved or copied checkout finds itself and not its original.
$(RUNTIME):
	@[ -n "$(PYTHON)" ] || { echo 'Python 3.11 or newer was not found; name one with PYTHON=...' >&2; exit 2; }
	@echo 'Setting up .venv from requirements.lock'
	@$(PYTHON) -m venv --clear .venv
	@$(PIP_INSTALL) -r requirements.lock
	@echo ../../../.. > "$$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/stimmbuch.pth"
	@printf '%s\n' "$$LAUNCHER" > .venv/bin/stimmbuch
	@chmod +x .venv/bin/stimmbuch
	@touch $@

$(DEV): $(RUNTIME)
	@echo 'Adding the tools of requirements-dev.lock'
	@rm -f .venv/dev-*
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@
