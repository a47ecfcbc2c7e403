# Two commands matter, `make run` and `make test`; `make help` names the others.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test prepare-test lint types check-migrations check-deploy test-only requirements clean

# The first Python that is new enough; empty where there is none.
PYTHON := $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && exit; done)
NEEDS_PYTHON = @test -n "$(PYTHON)" || { \
	echo "Tidak dapat berjalan: perlu Python 3.11 atau lebih baru, yang ada: $$(python3 --version 2>&1)." >&2; \
	exit 1; }
VENV = .venv/bin
# What an installation would set, so that the checks see the settings of production.
PRODUCTION = env -u DEBUG -u DEMO -u DATABASE_URL ALLOWED_HOSTS=contoh.go.id \
	SECRET_KEY=check-only-Zk3mQ8vT1xW6yB9nR4pL7sD2fG5hJ0aC8eU3iO6
HEADING = @printf '\n== %s\n'

help:
	@echo 'make run           menyalakan portal di http://127.0.0.1:8000 (PORT=8123 make run: port lain)'
	@echo 'make test          semua pemeriksaan dan uji'
	@echo 'make lint          format, gaya, template, lapisan'
	@echo 'make types         pemeriksaan tipe'
	@echo 'make test-only     pytest saja; TESTS="tests/epk -k serve" untuk sebagian'
	@echo 'make requirements  memperbarui daftar pustaka terkunci dari pyproject.toml'
	@echo 'make clean         menghapus hasil sementara; data di var/ tetap'

# `exec` all along: a signal sent to make reaches the supervisor itself.
run:
	$(NEEDS_PYTHON)
	@exec $(PYTHON) -m epk.bootstrap run

test: prepare-test lint types check-migrations check-deploy test-only

prepare-test:
	$(NEEDS_PYTHON)
	@exec $(PYTHON) -m epk.bootstrap test

lint:
	$(HEADING) 'ruff format'
	@$(VENV)/ruff format --check --diff .
	$(HEADING) 'ruff check'
	@$(VENV)/ruff check .
	$(HEADING) 'djade'
	@find templates -name '*.html' -exec $(VENV)/djade --check --target-version 5.2 {} +
	$(HEADING) 'import-linter'
	@$(VENV)/lint-imports

types:
	$(HEADING) 'mypy'
	@DEMO=1 SECRET_KEY=types $(VENV)/mypy

# No server runs for these two, and none is needed: the warning about that is silenced.
check-migrations:
	$(HEADING) 'makemigrations --check'
	@$(PRODUCTION) $(VENV)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

check-deploy:
	$(HEADING) 'check --deploy'
	@$(PRODUCTION) $(VENV)/python manage.py check --deploy --fail-level WARNING

# By file, so that tests which start servers do not do so on both processors at once; in the order
# of tests/plugin.py, not by how many tests a file has.
TESTS = tests
test-only:
	$(HEADING) 'pytest'
	@exec $(VENV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

UV = $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
requirements:
	@test -x $(VENV)/uv || $(VENV)/python -m pip install --quiet uv
	@$(UV) pyproject.toml -o requirements.txt
	@$(UV) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean:
	@rm -rf var/static var/static.fingerprint .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'Hasil sementara dihapus. Data di var/ dan pustaka di .venv/ tetap; hapus sendiri bila perlu.'
