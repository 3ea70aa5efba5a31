# Everything sets itself up: only Python 3.11 or newer has to be there.
VENV := .venv
BIN := $(VENV)/bin
CODE := dashboard.py danvan pages server ui tests bench tools

.PHONY: run test check format bench coverage docs lock clean

run: $(VENV)/runtime
	exec $(BIN)/danvan serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

# File by file, as they lie: the slow ones (browser, server) are not the last to begin.
test: $(VENV)/development
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/development
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/mypy --explicit-package-bases dashboard.py pages

format: $(VENV)/development
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(VENV)/development
	$(BIN)/python -m bench

coverage: $(VENV)/development
	$(BIN)/python -m pytest --ignore tests/browser --cov $(ARGS)

docs: $(VENV)/development
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m tests.specification
	$(BIN)/python -m tools.pictures

# The stamps make a second call start at once; a moved or broken environment is made anew.
$(VENV)/runtime: requirements.txt pyproject.toml tools/environment.sh
	sh tools/environment.sh $(VENV) requirements.txt
	touch $@

$(VENV)/development: requirements-dev.txt pyproject.toml tools/environment.sh
	sh tools/environment.sh $(VENV) requirements-dev.txt
	touch $(VENV)/runtime $@

# Compile the exact versions anew, with their hashes and without any address.
lock:
	python3 -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv
	for extra in "" "--extra dev"; do \
	  out=requirements$${extra:+-dev}.txt; \
	  $(VENV)-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	    --generate-hashes --no-strip-extras --no-header --no-annotate \
	    pyproject.toml tools/build.in $$extra -o $$out; \
	done
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
