"""The program of the child process: ``python -I -B`` runs this file.

An isolated Python looks neither at the user's own packages nor at ``PYTHONPATH``; the arguments
name the folders in which studydl and NumPy are found nonetheless.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main(folders: list[str]) -> None:
    """Judge the one answer that standard input brings."""
    sys.path.extend(each for each in folders if each not in sys.path)
    from studydl.judging.code.child.serving import serve

    serve()


if __name__ == "__main__":
    main(sys.argv[1:])
