"""What the child gives up before it loads a learner's text. It guards against accidents.

Three layers, each as far as the platform goes: limits on resources, Landlock, and Python's audit
hook, which refuses on every platform what Python itself is asked to do.
"""

from __future__ import annotations

import errno
import math
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import studydl
from studydl.judging.code.child.fault import OutOfTimeError
from studydl.judging.code.child.landlock import restrict
from studydl.judging.code.protection import level

if TYPE_CHECKING:
    from types import FrameType

    from studydl.judging.code.task import Limits

__all__ = ["confine", "forgive_time"]

_REFUSED = frozenset(
    (
        *("os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system", "os.spawn"),
        *("os.startfile", "pty.spawn", "subprocess.Popen"),
        *("os.kill", "os.killpg", "signal.pthread_kill", "resource.setrlimit"),
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
        *("socket.getaddrinfo", "socket.gethostbyname"),
    )
)
_CHANGES_FILES = frozenset(
    (
        *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink"),
        *("os.truncate", "os.chmod", "os.chown", "os.utime", "shutil.rmtree", "shutil.move"),
        *("shutil.copyfile", "shutil.copytree"),
    )
)
_TARGETS_SECOND = frozenset(("os.link", "os.symlink", "shutil.copyfile", "shutil.copytree"))
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_LIBRARIES = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/etc/localtime", "/dev/null", "/dev/urandom", "/dev/zero"),
)
_GRACE = 2
"""Seconds of processor time from the signal that can be caught to the one that cannot."""


def confine(limits: Limits, folder: Path) -> str:
    """Give up what an answer does not need, and return the level of protection reached.

    Args:
        limits: How much of the machine may be used from here on.
        folder: The only one in which files may be written.
    """
    limited = _limit(limits)
    version = restrict(_readable(), folder)
    _refuse(folder.resolve())
    return level(limited=limited, landlock=version)


def forgive_time() -> None:
    """Take no more notice of used-up time, so that what was found out can still be told."""
    if sys.platform != "win32":
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)


def _limit(limits: Limits) -> bool:
    if sys.platform == "win32":
        return False
    import resource

    used = math.ceil(time.process_time())
    signal.signal(signal.SIGXCPU, _out_of_time)
    wanted = {
        resource.RLIMIT_CPU: (used + limits.cpu, used + limits.cpu + _GRACE),
        resource.RLIMIT_FSIZE: (limits.file_size, limits.file_size),
        resource.RLIMIT_NOFILE: (limits.open_files, limits.open_files),
        # A superuser is not held by this one.
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    # Without /proc, as on macOS, the address space cannot be limited.
    if size := _address_space():
        wanted[resource.RLIMIT_AS] = (size + limits.memory, size + limits.memory)
    try:
        for each, (soft, hard) in wanted.items():
            highest = resource.getrlimit(each)[1]
            ceiling = hard if highest == resource.RLIM_INFINITY else min(hard, highest)
            resource.setrlimit(each, (min(soft, ceiling), ceiling))
    except (OSError, ValueError):
        return False
    return True


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError


def _readable() -> list[Path]:
    """Return what Python may import from: its own folders, installed packages, studydl."""
    packages = [each for each in sys.path if each.endswith("-packages")]
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix, *studydl.__path__]
    return [Path(each) for each in (*own, *packages, *_LIBRARIES)]


def _refuse(folder: Path) -> None:
    """Refuse processes, signals, the network, and changes of files outside one folder."""
    inside = str(folder)
    allowed = (inside + os.sep, os.devnull)

    def check(event: str, path: Any) -> None:
        if isinstance(path, int) or path is None:
            return
        place = os.path.realpath(os.fsdecode(path))
        if place != inside and not place.startswith(allowed):
            raise PermissionError(errno.EACCES, f"refused while an answer is judged: {event}", path)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            if arguments[2] & _WRITES:
                check(event, arguments[0])
        elif event in _REFUSED:
            raise PermissionError(errno.EACCES, f"refused while an answer is judged: {event}")
        elif event in _CHANGES_FILES:
            check(event, arguments[1 if event in _TARGETS_SECOND else 0])
            if event in {"os.rename", "shutil.move"}:
                check(event, arguments[1])

    sys.addaudithook(hook)
