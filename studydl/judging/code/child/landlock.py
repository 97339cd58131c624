"""Landlock: the Linux kernel's own means by which a process gives up rights for good.

Three system calls without a wrapper in libc. Where the kernel has none of them, nothing happens.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["kernel_version", "restrict"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = (1 << bit for bit in range(4))
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_TRUNCATE = 1 << 14
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights on files each version knows; later ones know as many as the fifth."""

_NETWORK_SINCE, _TCP = 4, 0b11
_SCOPES_SINCE, _SOCKETS_AND_SIGNALS = 6, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def kernel_version() -> int:
    """Return the version of Landlock that the kernel has, or 0."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(_system_call(_CREATE_RULESET, None, 0, _VERSION_FLAG), 0)


def restrict(readable: Iterable[Path], writable: Path) -> int:
    """Let this thread, and whatever it starts, read some folders and write one.

    From version 4 on, no TCP connection is made or accepted; from version 6 on, no signal reaches
    a process outside.

    Args:
        readable: Folders and files that may be read and executed; what is missing is passed over.
        writable: The one folder in which anything may be done.

    Returns:
        The version that is now in force, or 0 where there is none.
    """
    version = kernel_version()
    if version == 0:
        return 0
    rights = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    rules = _Ruleset(
        rights,
        _TCP if version >= _NETWORK_SINCE else 0,
        _SOCKETS_AND_SIGNALS if version >= _SCOPES_SINCE else 0,
    )
    ruleset = _system_call(_CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    if ruleset < 0:
        return 0
    try:
        for path in readable:
            _allow(ruleset, path, _READ)
        allowed = _allow(ruleset, writable, rights)
        libc = ctypes.CDLL(None, use_errno=True)
        given_up = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        in_force = allowed and given_up and _system_call(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)
    return version if in_force else 0


def _allow(ruleset: int, path: Path, rights: int) -> bool:
    try:
        folder = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        kept = rights if path.is_dir() else rights & _OF_A_FILE
        rule = _PathRule(kept, folder)
        return _system_call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0) == 0
    finally:
        os.close(folder)


def _system_call(number: int, *arguments: object) -> int:
    """Make a system call; its arguments are as wide as a register, which ctypes has to be told."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    wide = (ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)
    result: int = libc.syscall(ctypes.c_long(number), *wide)
    return result
