"""The program's entry."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    What needs no parser does without: the version, the chapters, and a session on everything or on
    words. The first screen is there the sooner.
    """
    verb, words = sys.argv[1:2], sys.argv[2:]
    if sys.argv[1:] == ["--version"]:
        from studydl import __version__

        sys.stdout.write(f"studydl {__version__}\n")
    elif verb in ([], ["quiz"]) and not any(word.startswith("-") for word in words):
        from studydl.cli.ending import end_with
        from studydl.cli.study import study

        # Importing makes many objects and hardly any garbage. Whoever holds the session switches
        # the collector on again when the first card is there.
        gc.disable()
        query = " ".join(words) if verb else None
        end_with(lambda: study(query=query, plain=False, lang=None))
    else:
        from studydl.cli.app import run

        run()


if __name__ == "__main__":
    main()
