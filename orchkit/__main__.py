"""`python -m orchkit` is the command `orchkit`."""

from __future__ import annotations

from orchkit.cli import main

if __name__ == "__main__":
    main(prog_name="orchkit")
