"""The page of a census in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from tests.render.factory import HOSTILE
from tests.surveying.test_page import AS_OF, found

from provenance.surveying.page import page as census_page

from .test_page import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
else:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def _opened(browser: Browser, folder: Path, width: int, name: str = "example/owl") -> Page:
    (folder / "page.html").write_text(census_page(found(name), name, AS_OF), "utf-8")
    opened = browser.new_page(viewport={"width": width, "height": 900})
    opened.on("console", lambda message: pytest.fail(message.text))
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.goto((folder / "page.html").as_uri())
    return opened


def test_sorting_and_filtering(browser: Browser, tmp_path: Path) -> None:
    page = _opened(browser, tmp_path, 1024)
    rows = page.locator("#subjects-table tbody tr:visible")
    assert page.locator("#shown").inner_text() == "5 of 5 shown"
    page.get_by_role("checkbox", name="explicit").uncheck()
    assert rows.count() == 4
    page.get_by_label("Find").fill("owl-3")
    assert rows.count() == 1
    page.get_by_label("Find").fill("")
    page.locator("#subjects-table").get_by_role("button", name="Downloads").click()
    assert rows.first.locator("td.n").first.inner_text() == "4"
    table = page.locator("#licenses table")
    table.get_by_role("button", name="datasets").click()
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    table.get_by_role("button", name="datasets").click()
    assert table.locator("tbody th").first.inner_text() == "example/owl1"


@pytest.mark.parametrize("width", [360, 1024, 1600])
@pytest.mark.parametrize("name", ["example/owl", HOSTILE, "w" * 300])
def test_nothing_widens_the_page(browser: Browser, tmp_path: Path, width: int, name: str) -> None:
    page = _opened(browser, tmp_path, width, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is missing")
    (tmp_path / "page.html").write_text(census_page(found(), "x", AS_OF), "utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    source = next(Path(axe.__file__).parent.rglob("axe.min.js"))
    page.evaluate(source.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(result => result.violations)")
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations] == []
    context.close()
