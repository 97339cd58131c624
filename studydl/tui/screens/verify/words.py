"""The words of the screen on which everything is measured, in both languages."""

from __future__ import annotations

from studydl.language import Text

__all__ = [
    "ABOUT_LEFT",
    "CACHED",
    "CANCELLED",
    "CLAIM",
    "FAILED",
    "FAILING",
    "MARGIN",
    "MILLISECONDS",
    "NOTHING_FAILING",
    "NOTHING_YET",
    "STARTING",
    "SUMMARY",
    "TIME",
    "WRONG",
]

CLAIM = Text("claim", "论断")
WRONG = Text("wrong", "误解")
MARGIN = Text("margin", "裕度")
TIME = Text("time", "用时")
CACHED = Text("cached", "缓存")
MILLISECONDS = Text("{count:.0f} ms", "{count:.0f} 毫秒")
STARTING = Text("starting the measuring processes …", "正在启动测量进程……")
ABOUT_LEFT = Text("about {seconds:.0f} s left", "约剩 {seconds:.0f} 秒")
SUMMARY = Text(
    "{verified} of {claims} claims verified, {rejected} of {misconceptions} misconceptions"
    " rejected, {cached} from the cache, {seconds:.1f} s",
    "{claims} 条论断中 {verified} 条成立，{misconceptions} 个误解中 {rejected} 个被否定，"
    "{cached} 条来自缓存，用时 {seconds:.1f} 秒",
)
CANCELLED = Text(
    "Stopped after {done} of {total} claims. r measures everything anew.",
    "已在 {done}/{total} 条论断后停止。按 r 全部重新实测。",
)
FAILED = Text("The measuring ended: {reason}. r tries again.", "测量已中断：{reason}。按 r 重试。")
FAILING = Text("only what fails", "仅看未通过")
NOTHING_YET = Text("Nothing has been measured yet.", "尚无测量结果。")
NOTHING_FAILING = Text("Nothing fails.", "没有未通过的论断。")
