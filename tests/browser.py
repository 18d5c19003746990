"""Finds a Chromium for the browser tests, or gets one: `python -m tests.browser` says which, or what will be skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Path of a browser: CHROMIUM from the environment, one on the PATH, or the one Playwright keeps."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def get() -> str | None:
    """Install a browser with the system's package manager when we may, else through Playwright."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-qq"])
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    if not find():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return find()


def _try(command: list[str]) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


if __name__ == "__main__":
    found = find() or get()
    print(
        f"browser tests use {found}"
        if found
        else "no Chromium found or installable: the tests marked `browser` are skipped. Set CHROMIUM=/path/to/chromium to run them."
    )
