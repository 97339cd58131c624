"""The program's entry."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    What needs no parser does without: the version, and a session on everything or on words. The
    first card is on screen the sooner.
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
        end_with(lambda: study(query=" ".join(words), plain=False, lang=None))
    else:
        from studydl.cli.app import run

        run()


if __name__ == "__main__":
    main()
