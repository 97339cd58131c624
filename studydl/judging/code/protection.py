"""How far an answer in code is kept from doing harm here, said honestly."""

from __future__ import annotations

import sys

from studydl.language import Language, Text

__all__ = ["level", "protection", "protection_text"]


def level(*, limited: bool, landlock: int) -> str:
    """Return the name of a level: ``process``, with ``rlimits`` and ``landlock(ABI n)`` if so."""
    parts = ["process", *(["rlimits"] if limited else [])]
    return "+".join([*parts, *([f"landlock(ABI {landlock})"] if landlock else [])])


def protection(language: Language = Language.ENGLISH) -> str:
    """Return the level that this machine allows, and what it covers and does not, in a sentence.

    A judgement says itself which level its process did reach.
    """
    from studydl.judging.code.child.landlock import kernel_version

    limited = sys.platform != "win32"
    name = level(limited=limited, landlock=kernel_version())
    return protection_text(name).said_in(language)


def protection_text(name: str) -> Text:
    """Return what a level covers and what it does not."""
    refused = "to write outside a temporary folder, to start processes and to use the network"
    covered = ["a fresh process, killed after its time", f"in which Python refuses {refused}"]
    covered_zh = ["全新的进程，超时即被终止，其中 Python 拒绝写临时目录以外的文件、启动进程和联网"]
    if "rlimits" in name:
        memory = sys.platform.startswith("linux")
        covered.append(f"limits on time,{' memory,' if memory else ''} files")
        covered_zh.append(f"时间、{'内存、' if memory else ''}文件的限额")
    if "landlock" in name:
        covered.append("and the kernel lets it read only what Python is made of")
        covered_zh.append("并且内核只让它读取 Python 自身的文件")
    return Text(
        f"{name}: {', '.join(covered)}; this prevents accidents, not attacks: code that sets out"
        " to do harm finds ways, so judge only code that you would run yourself.",
        f"{name}：{'，'.join(covered_zh)}；这能防止意外，不能防止攻击：存心作恶的代码总有办法，"
        "因此只评判你自己也愿意运行的代码。",
    )
