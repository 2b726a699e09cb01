"""`python -m kycuong NAME …`: the same door as manage.py and ./run."""

from __future__ import annotations

from kycuong.site.cli import main

if __name__ == "__main__":
    main()
