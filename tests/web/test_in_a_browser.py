"""The application in a real browser, where Playwright and a Chromium are (see conftest)."""

import shutil

from playwright.sync_api import sync_playwright

from tests.web.serving import served

WAIT = 30_000
"""Milliseconds."""


def test_a_person_opens_the_page_answers_a_card_and_sees_the_evidence(tmp_path):
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with served(tmp_path / "home") as at, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        elsewhere = []
        page.on("request", lambda asked: elsewhere.append(asked.url) if at not in asked.url else 0)
        drawn = []

        def watch(websocket) -> None:
            def keep(frame: bytes | str) -> None:
                drawn.append(frame)

            websocket.on("framereceived", keep)

        page.on("websocket", watch)
        page.goto(at)
        page.wait_for_selector("body.-first-byte", timeout=WAIT)

        def wait_for(text: str) -> None:
            for _ in range(WAIT // 100):
                if text.encode() in b"".join(each for each in drawn if isinstance(each, bytes)):
                    return
                page.wait_for_timeout(100)
            raise AssertionError(f"{text!r} is not among {drawn}")

        def press(key: str, until: str) -> None:
            drawn.clear()
            page.keyboard.press(key)
            wait_for(until)

        wait_for("Chapters")
        page.mouse.click(600, 5)  # the terminal takes the keys
        press("Enter", "ReLU")
        press("a", "Good")
        press("v", "verified")
        page.wait_for_timeout(500)
        page.screenshot(path=tmp_path / "evidence.png")
        press("3", "Reveal")
        page.keyboard.press("Escape")  # out of a field, if the next card has one
        page.wait_for_timeout(500)  # else the two are alt+q
        page.keyboard.press("q")
        page.wait_for_function("document.body.classList.contains('-closed')", timeout=WAIT)
        assert "Every graded answer is on disk." in page.inner_text("body")
        browser.close()
    assert [url for url in elsewhere if not url.startswith(("ws:", "data:"))] == []
    assert (tmp_path / "evidence.png").stat().st_size > 10_000
