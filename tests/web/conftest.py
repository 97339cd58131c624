"""The browser's test is collected where a browser can be driven; `.ci/run` says if it was not."""

import shutil
from importlib.util import find_spec

collect_ignore = []
if not find_spec("playwright") or not (shutil.which("chromium") or shutil.which("google-chrome")):
    collect_ignore.append("test_in_a_browser.py")
