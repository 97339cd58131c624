"""The program's entry."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; asking for the version imports nothing else."""
    if sys.argv[1:] == ["--version"]:
        from studydl import __version__

        sys.stdout.write(f"studydl {__version__}\n")
        return
    from studydl.cli.app import run

    run()


if __name__ == "__main__":
    main()
