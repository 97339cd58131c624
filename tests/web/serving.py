"""What the tests of the browser share: a server of our own, over a home of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Run `studydl serve` on a free port; yield its address once it says that it listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    environment = os.environ | {"STUDYDL_HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "studydl", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        said = process.stdout.readline()
        yield re.search(r"http://\S+", said).group()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
