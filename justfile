# The developers' door. Every recipe is a line or two that you may as well type.

python := ".venv/bin/python"

# list the recipes
default:
    @just --list

# everything that can be said without running the product (./test runs this, too)
check:
    .venv/bin/ruff check --no-cache .
    .venv/bin/ruff format --check --no-cache .
    .venv/bin/mypy
    .venv/bin/lint-imports --no-cache
    .venv/bin/djlint kycuong --check --lint --quiet
    {{python}} manage.py makemigrations --check --dry-run
    {{python}} manage.py docs --check

# let the formatters do what they can
fix:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .
    .venv/bin/djlint kycuong --reformat --quiet

# write docs/reference again
docs:
    {{python}} manage.py docs

# the browser stories alone
browser *args:
    .venv/bin/pytest tests/browser {{args}}

# walk the guides and take their pictures again
guide:
    KYCUONG_GUIDE_IMAGES=1 .venv/bin/pytest tests/browser -k test_guide

# every benchmark: all targets in one table, cost against size, what became slower since the last time (benchmarks/README.md)
bench *args:
    {{python}} -m benchmarks {{args}}

# measure figures beside their raw SQL (benchmarks/README.md)
bench-figures *args:
    {{python}} -m benchmarks.figures {{args}}

# measure what phones send beside raw rows and bytes (benchmarks/README.md)
bench-intake *args:
    {{python}} -m benchmarks.intake {{args}}

# measure long lists beside openpyxl and minutes beside LibreOffice (benchmarks/README.md)
bench-files *args:
    {{python}} -m benchmarks.files {{args}}

# measure reading the tables of agencies beside openpyxl (benchmarks/README.md)
bench-gathering *args:
    {{python}} -m benchmarks.gathering {{args}}

# an hour of reading, writing and reorganising: memory, answers, figures beside the oracle (benchmarks/README.md)
bench-soak *args:
    {{python}} -m benchmarks.soak {{args}}

# measure an export of facts and counting over it (benchmarks/README.md)
bench-facts *args:
    {{python}} -m benchmarks.facts {{args}}

# measure pages opened by many people at once beside the same pages opened alone (benchmarks/README.md)
bench-serving *args:
    {{python}} -m benchmarks.serving {{args}}

# measure the stand-alone verifier beside plain hashing
bench-ledger *args:
    {{python}} -m benchmarks.ledger {{args}}

# bring the English catalogue up to the sources, and compile both (wants gettext)
words:
    DJANGO_SETTINGS_MODULE=tests.settings {{python}} -m tests.words
    msgfmt --check-format -o kycuong/ui/locale/vi/LC_MESSAGES/django.mo kycuong/ui/locale/vi/LC_MESSAGES/django.po
    msgfmt --check-format -o kycuong/ui/locale/en/LC_MESSAGES/django.mo kycuong/ui/locale/en/LC_MESSAGES/django.po

# fuzz what reads from outside, each target for three minutes: just fuzz [TARGET [SECONDS]]
fuzz *args:
    .venv/bin/uv pip install --quiet --python {{python}} --require-hashes -r requirements/fuzz.txt
    DJANGO_SETTINGS_MODULE=tests.settings {{python}} -m tests.trust.fuzz {{args}}

# write what the product is made of (CycloneDX JSON) to var/sbom.json, or to the file that is named
sbom *args:
    {{python}} requirements/bill.py {{args}}

# wheel, sources, bill of materials, checksums and a signature of what is committed: just release KEYFILE [FOLDER] (RELEASING.md)
release *args:
    {{python}} requirements/release.py {{args}}

# look up known weaknesses of what is pinned; fails, too, where the list of weaknesses cannot be reached
audit-packages *args:
    {{python}} requirements/weaknesses.py {{args}}

# pin every package, with hashes, for every platform
lock *args:
    .venv/bin/uv pip compile {{args}} --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/base.txt
    .venv/bin/uv pip compile {{args}} --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
    .venv/bin/uv pip compile {{args}} --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group facts -c requirements/base.txt -o requirements/facts.txt
    .venv/bin/uv pip compile {{args}} --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group spark -c requirements/base.txt -o requirements/spark.txt
    .venv/bin/uv pip compile {{args}} --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group fuzz -c requirements/base.txt -o requirements/fuzz.txt
