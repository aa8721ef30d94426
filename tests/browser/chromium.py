"""The system's Chromium: a laptop may do without, the build machine may not."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox. Nothing that leaves this machine or needs a screen.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]


def find() -> str:
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    missing = f"No browser: none of {', '.join(NAMES)} is in PATH."
    if os.environ.get("CI"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)
