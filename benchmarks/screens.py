"""Captures what a person sees, from a real terminal (tmux), and keeps it in docs/screens.md.

    python benchmarks/screens.py [SCENE...]

Every scene is driven key by key in a home of its own, over the shipped decks, at three sizes. With
Playwright and a Chromium the browser's screen is kept too, as docs/screens/browser.png.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "screens.md"
SIZES = ((100, 30), (60, 20), (160, 45))
PATIENCE = 60.0
HEAD = """# Screens

Captured from tmux by `python benchmarks/screens.py`, over the shipped decks; nothing here is typed.
"""


class Scene(NamedTuple):
    """A way to a screen: the command, then keys, each with a text that has to appear after it."""

    title: str
    arguments: str
    steps: tuple[tuple[str, str], ...]
    language: str = "en"
    sizes: tuple[tuple[int, int], ...] = ((100, 30),)


SCENES = {
    "home": Scene("Home", "", (("", "enter Start"),), sizes=SIZES),
    "home-zh": Scene("Home, in Chinese", "", (("", "enter 开始"),), "zh"),
    "measure": Scene(
        "A wrong choice, measured",
        "quiz leaky-relu-gradient",
        (("", "derivative"), ("d", "Again"), ("v", "verified")),
        sizes=SIZES,
    ),
    "break-it": Scene(
        "Break it",
        "quiz leaky-relu-gradient",
        (("", "derivative"), ("d", "Again"), ("x", "Which breaks?"), ("Space", "✗ zero-below")),
        sizes=SIZES,
    ),
    "what-if": Scene(
        "What if",
        "quiz leaky-relu-inactive-path",
        (("", "Judge"), ("Enter", "Again"), ("w", "prediction"), ("1", "1"), ("Enter", "measured")),
    ),
    "derive": Scene(
        "A derivation, step by step",
        "quiz sigmoid-gradient-formula",
        (("", "Judge"), ("Enter", "Again"), ("d", "step 1"), ("j", "step 2"), ("j", "step 3")),
    ),
    "browse": Scene("Browse", "", (("", "enter Start"), ("F3", "enter Study")), sizes=SIZES),
    "notes": Scene(
        "The notes, audited", "", (("", "enter Start"), ("F4", "enter Study")), sizes=SIZES
    ),
    "notes-zh": Scene("The notes, in Chinese", "", (("", "enter 开始"), ("F4", "笔记审核")), "zh"),
    "map": Scene("The map", "", (("", "enter Start"), ("F6", "enter Study")), sizes=SIZES),
    "verify": Scene("Everything, measured", "", (("", "enter Start"), ("F8", "289 of 289"))),
    "settings": Scene("Settings", "", (("", "enter Start"), ("F9", "studydl · Settings"))),
}


class Terminal:
    """A tmux session of its own server, so that nobody's configuration plays a part."""

    def __init__(
        self, command: list[str], size: tuple[int, int], environment: dict[str, str]
    ) -> None:
        """Start a command in a terminal of a size."""
        self._name = f"studydl-screens-{os.getpid()}"
        width, height = map(str, size)
        settings = [f"{name}={shlex.quote(value)}" for name, value in environment.items()]
        shown = shlex.join(command)
        line = ["new-session", "-d", "-x", width, "-y", height, f"{' '.join(settings)} {shown}"]
        self._tmux("-f", os.devnull, *line)

    def press(self, key: str) -> None:
        """Press a key, by tmux's name for it."""
        self._tmux("send-keys", key)

    def wait_for(self, text: str) -> str:
        """Return the screen once it shows a text and stands still."""
        deadline, before = time.monotonic() + PATIENCE, ""
        while time.monotonic() < deadline:
            screen = self._tmux("capture-pane", "-p")
            if text in screen and screen == before:
                return screen
            before = screen
            time.sleep(0.3)
        raise SystemExit(f"{text!r} was not on screen within {PATIENCE:g} s:\n{before}")

    def close(self) -> None:
        """End the terminal, and what runs in it."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def captured(scene: Scene, size: tuple[int, int], measured: str) -> str:
    """Return what a scene shows at a size, in a copy of a home in which all was measured."""
    with tempfile.TemporaryDirectory() as home:
        shutil.copytree(measured, home, dirs_exist_ok=True)
        environment = {"STUDYDL_HOME": home, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        if scene.language == "zh":
            environment["LANGUAGE"] = environment["LANG"] = "zh_CN.UTF-8"
            environment["LC_ALL"] = "zh_CN.UTF-8"
        command = [sys.executable, "-m", "studydl", *scene.arguments.split()]
        terminal = Terminal(command, size, environment)
        try:
            screen = ""
            for key, text in scene.steps:
                if key:
                    terminal.press(key)
                screen = terminal.wait_for(text)
            return "\n".join(row.rstrip() for row in screen.rstrip("\n").splitlines())
        finally:
            terminal.close()


def browser() -> None:
    """Keep what a browser shows, where one can be driven."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        print("browser: Playwright is not installed; docs/screens/browser.png stays as it is")
        return
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        command = [sys.executable, "-u", "-m", "studydl", "serve", "--port", "8765"]
        server = subprocess.Popen(command, env=os.environ | {"STUDYDL_HOME": home})
        page = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page(
            viewport={"width": 1200, "height": 760}
        )
        try:
            for _ in range(100):
                try:
                    page.goto("http://127.0.0.1:8765")
                    break
                except Exception:  # noqa: BLE001 - it does not listen yet
                    page.wait_for_timeout(100)
            page.wait_for_timeout(4000)
            page.mouse.click(600, 5)
            for key in ("Enter", "d", "v"):
                page.keyboard.press(key)
                page.wait_for_timeout(2000)
            (PAGE.parent / "screens").mkdir(exist_ok=True)
            page.screenshot(path=PAGE.parent / "screens" / "browser.png")
        finally:
            server.terminate()
            server.wait()


def main() -> None:
    """Capture the scenes that are asked for, or all, and write the page."""
    chosen = sys.argv[1:]
    blocks = [HEAD]
    with tempfile.TemporaryDirectory() as measured:
        verify = [sys.executable, "-m", "studydl", "verify", "--json"]
        own = os.environ | {"STUDYDL_HOME": measured}
        subprocess.run(verify, env=own, stdout=subprocess.DEVNULL, check=True)
        for name in chosen or SCENES:
            scene = SCENES[name]
            blocks.append(f"## {scene.title}\n")
            for size in scene.sizes:
                screen = captured(scene, size, measured)
                blocks.append(f"{size[0]} by {size[1]}:\n\n```text\n{screen}\n```\n")
    if chosen:
        print("\n".join(blocks))
        return
    browser()
    blocks.append("## In a browser\n\n![studydl in Chromium](screens/browser.png)\n")
    PAGE.write_text("\n".join(blocks), "utf-8")


if __name__ == "__main__":
    main()
