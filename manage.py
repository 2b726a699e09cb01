"""The command line of the project: `./run NAME …` ends here."""

from __future__ import annotations

from kycuong.site.cli import main

if __name__ == "__main__":
    main()
