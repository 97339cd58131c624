"""The words of the settings, in both languages."""

from __future__ import annotations

from studydl.language import Text

__all__: list[str] = []

SETTINGS = Text("Settings", "设置")
KEYS = Text("Keys", "按键")
ALLOWED = Text("Allowed: {allowed}. As shipped: {shipped}.", "可取：{allowed}。默认：{shipped}。")
SHIPPED = Text("As shipped: {shipped}.", "默认：{shipped}。")
KEPT = Text("Kept in settings.toml at once.", "立即存入 settings.toml。")
PRESS = Text("Press the new key for “{action}”.", "请按“{action}”的新按键。")
CANCELS = Text("esc cancels", "按 esc 取消")
CLASH = Text("{key} is taken: {action}. Nothing was changed.", "{key} 已用于“{action}”，未作更改。")
UNKNOWN = Text(
    "There is no such action; {reset} takes the line out.", "没有这个操作；按 {reset} 删去此行。"
)
