"""Pages of the samples, each made once, and a real browser to look at them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from report import samples

from scanner.report.page import page

NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
SAMPLES = {"leak": samples.leak, "empty": samples.empty, "hostile": samples.hostile}


@cache
def _made(name: str) -> str:
    return page(SAMPLES[name](), NOW)


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> str:
    """The name of each sample."""
    return str(request.param)


@pytest.fixture(scope="session")
def made() -> Callable[[str], str]:
    """The page of a sample."""
    return _made


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium; without one the test is skipped, but not where the whole check runs."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None and not os.environ.get("CI"):
        pytest.skip("no chromium is installed")
    assert found is not None, "the check needs a browser: apt-get install chromium"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found)
        yield chromium
        chromium.close()


@pytest.fixture
def shown(browser: Any, made: Callable[[str], str], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a sample in a window of a width, light or dark; collects what the browser complains about."""
    contexts = []

    def show(name: str, width: int = 1280, scheme: str = "light") -> Any:
        file = tmp_path / f"{name}.html"
        file.write_text(made(name), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        tab = context.new_page()
        tab.complaints = []
        tab.on("console", lambda message: tab.complaints.append(message.text))
        tab.on("request", lambda request: tab.complaints.append(request.url) if request.url != file.as_uri() else None)
        tab.goto(file.as_uri())
        return tab

    yield show
    for context in contexts:
        context.close()
