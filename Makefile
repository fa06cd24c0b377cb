# Two commands do everything on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

.PHONY: demo test app bench lint rules lock clean

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本。"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "缺少 venv 模块，请先安装：apt-get install python3-venv"; exit 2; }
	@echo "正在建立运行环境（首次约需数分钟）……"
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY)
	$(VENV)/bin/nianbao demo --out out

test: $(READY)
	$(VENV)/bin/python -m pytest $(PYTEST_ARGS)

app: $(READY)
	$(VENV)/bin/nianbao serve

bench: $(READY)
	$(VENV)/bin/python -m bench

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

rules: $(READY)
	$(VENV)/bin/nianbao explain --out docs/rules

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf $(VENV) out build dist
