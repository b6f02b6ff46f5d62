"""The page in a real browser: Chromium, driven by Playwright, without any network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from tests import builders
from tests.render import factory
from tests.render import test_license_parts as license_parts

from provenance.render import FORMATS, Page, render_reports
from provenance.report.license import LicenseState
from provenance.report.lineage import Edge, EdgeKind, Lineage, NodeKind
from provenance.report.report import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser
else:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
    pytest.mark.xdist_group("browser"),
]
UNRESOLVED = LicenseState.UNRESOLVED
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Opened:
    """A report's page and everything it complained about or asked for."""

    def __init__(self, browser: Browser, path: Path, report: Report, width: int) -> None:
        path.write_text(FORMATS["html"](report, Page()), encoding="utf-8")
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.address = path.as_uri()
        self.page.goto(self.address)

    def names(self) -> list[str]:
        """The sets shown, in their order."""
        shown = self.page.locator(".table tbody:visible .opener")
        return [text.strip() for text in shown.all_inner_texts()]


def test_sorting_filtering_and_opening(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.report(), 1024)
    page = opened.page
    assert opened.names()[0] == "example-lab/forum-talk"
    assert page.locator(".shown").inner_text() == "9 of 9 sets shown"

    page.get_by_role("button", name="Set").click()
    assert opened.names() == sorted(opened.names(), key=str.lower)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Set").click()
    assert opened.names() == sorted(opened.names(), key=str.lower, reverse=True)
    page.get_by_role("button", name="Share").click()
    assert opened.names()[0] == "example-lab/forum-talk"

    page.get_by_label("Find").fill("wiki")
    assert opened.names() == ["open-text/wiki-pairs"]
    page.get_by_label("Find").fill("")
    page.get_by_role("checkbox", name="explicit").uncheck()
    assert "open-text/wiki-pairs" not in opened.names()
    assert page.locator(".shown").inner_text() == "6 of 9 sets shown"

    first = page.locator(".table tbody:visible").first
    assert not first.locator(".detail").count()
    first.locator(".opener").focus()
    page.keyboard.press("Enter")
    assert first.locator(".opener").get_attribute("aria-expanded") == "true"
    assert first.locator("mark").first.inner_text() == "unknown"
    assert not opened.complaints


def test_a_part_of_the_bar_opens_its_row(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.report(), 1024)
    opened.page.locator(".sets-bar rect[data-row='1']").click()
    assert opened.page.locator("#set-1").is_visible()
    opened.page.get_by_role("button", name="Open all").click()
    assert opened.page.locator(".detail:visible").count() == 9
    opened.page.get_by_role("button", name="Close all").click()
    assert opened.page.locator(".detail:visible").count() == 0


def test_a_part_of_the_bar_shows_a_row_that_was_filtered_away(
    browser: Browser, tmp_path: Path
) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.report(), 1024)
    page = opened.page
    page.get_by_label("Find").fill("recipes")
    assert page.locator(".shown").inner_text() == "1 of 9 sets shown"
    page.locator(".sets-bar rect[data-row='1']").click()
    assert page.locator("#set-1").is_visible()
    assert page.locator(".shown").inner_text() == "9 of 9 sets shown"
    assert len(opened.names()) == 9


def test_the_bar_is_walked_with_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path / "page.html", factory.report(), 1024).page
    first = page.locator(".sets-bar [tabindex='0']")
    assert first.count() == 1
    assert first.get_attribute("aria-label") == "example-lab/forum-talk: 62.1 %, none"
    first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    row = page.locator(".sets-bar [tabindex='0']").get_attribute("data-row")
    page.keyboard.press("Enter")
    assert page.locator(f"#set-{row}").is_visible()
    assert page.evaluate("document.activeElement.className") == "opener"


def test_an_address_of_a_row_opens_it(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.report(), 1024)
    assert not opened.page.locator("#set-3").is_visible()
    opened.page.goto(f"{opened.address}#set-3")
    assert opened.page.locator("#set-3").is_visible()
    opened.page.goto("about:blank")
    opened.page.goto(f"{opened.address}#set-2")
    assert opened.page.locator("#set-2").is_visible()


def test_find_looks_into_the_rows_too(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.report(), 1024)
    opened.page.get_by_label("Find").fill("share-alike")
    assert opened.names() == ["open-text/wiki-pairs", "stanford-ish/inference-pairs"]


def test_the_order_the_table_starts_in_is_told(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path / "page.html", factory.report(), 1024).page
    sorted_by = page.locator("th[aria-sort]")
    assert sorted_by.count() == 1
    assert sorted_by.get_attribute("aria-sort") == "descending"
    assert "Share" in sorted_by.inner_text()


def test_a_narrow_window_shows_license_and_share_without_scrolling(
    browser: Browser, tmp_path: Path
) -> None:
    page = Opened(browser, tmp_path / "page.html", factory.report(), 360).page
    for cell in page.locator(".table tbody:visible tr:first-child > *").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    for node in page.locator(".tree .node").all():
        box = node.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360


@pytest.mark.parametrize("width", [360, 1024])
def test_licenses_by_part_can_be_read(browser: Browser, tmp_path: Path, width: int) -> None:
    """No name is squeezed to a few letters a line."""
    report = license_parts.report(license_parts.with_parts("a-long/name-of-a-part", "b"))
    page = Opened(browser, tmp_path / "page.html", report, width).page
    cells = page.locator(".parts tbody tr").first.locator("td").all()
    assert len(cells) == 4
    for cell in cells:
        box = cell.bounding_box()
        assert box is not None
        assert box["height"] < 120
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [360, 1024])
def test_long_unbroken_words_do_not_widen_the_page(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    base = factory.report()
    long = "w" * 400
    sets = tuple(
        replace(s, resolved=False, unresolved_reason=long, name=long, id=None)
        for s in base.training_sets
    )
    findings = tuple(replace(f, message=long, help=long) for f in base.findings)
    report = replace(base, training_sets=sets, findings=findings)
    page = Opened(browser, tmp_path / "page.html", report, width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_holds_the_evidence(browser: Browser, tmp_path: Path) -> None:
    """What is folded on the screen, or filtered away, is printed, after the table."""
    page = Opened(browser, tmp_path / "page.html", factory.report(), 1024).page
    page.locator("button.opener").first.click()
    page.get_by_label("Find").fill("recipes")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".evidence > .inside:visible").count() == 9
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("article.finding blockquote").first.is_visible()
    assert not page.locator(".filters").is_visible()
    assert not page.locator("nav").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    assert page.locator(".detail").count() == 1


def test_the_answer_and_the_table_are_two_pages_of_paper(browser: Browser, tmp_path: Path) -> None:
    """Of the size of the example that has 25 sets; all else is the appendix."""
    page = Opened(browser, tmp_path / "page.html", factory.large(25), 1024).page
    page.emulate_media(media="print")
    appendix = page.locator(".paper").evaluate("(it) => it.getBoundingClientRect().top")
    # A4 less its margins is 186 mm wide and 269 mm high; the page was laid out 1024 pixels wide
    assert appendix < 2 * 269 / 186 * 1024


def test_what_is_saved_is_what_the_command_line_writes(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.hostile(), 1024)
    for name, ending in (("CSV", "csv"), ("JSON", "json")):
        with opened.page.expect_download() as started:
            opened.page.get_by_role("button", name=name).click()
        assert started.value.suggested_filename.endswith(f".{ending}")
        saved = Path(started.value.path()).read_text(encoding="utf-8")
        assert saved == render_reports(ending, [factory.hostile()], Page())
    assert not opened.complaints


def test_find_looks_into_the_findings(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path / "page.html", factory.report(), 1024).page
    whole = page.locator("article.finding:visible").count()
    page.get_by_label("Find").fill(page.locator(".finding .code").first.inner_text())
    assert 0 < page.locator("article.finding:visible").count() < whole


def test_the_code_of_a_finding_leads_to_its_rule(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path / "page.html", factory.report(), 1024).page
    code = page.locator(".finding a.code").first
    name = code.inner_text()
    code.click()
    assert f"provenance explain {name}" in page.locator("dt:target + dd").inner_text()


def test_a_measure_is_unfolded_by_its_link(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path / "page.html", factory.report(), 1024).page
    assert not page.locator(".measures").is_visible()
    page.get_by_role("link", name="Measures").click()
    assert page.locator(".measures").is_visible()


def test_several_subjects_work_each_for_itself(browser: Browser, tmp_path: Path) -> None:
    reports = [factory.report(), factory.undeclared(), factory.report()]
    (tmp_path / "page.html").write_text(render_reports("html", reports, Page()), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1024, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "page.html").as_uri())
    assert page.locator(".overview tbody tr").count() == 3
    last = page.locator(".subject").nth(2)
    last.locator(".sets-bar rect[data-row='1']").click()
    assert page.locator("#s3-set-1").is_visible()
    assert not page.locator("#s1-set-1").is_visible()
    last.get_by_role("checkbox", name="explicit").uncheck()
    assert last.locator(".shown").inner_text() == "6 of 9 sets shown"
    assert page.locator(".subject").first.locator(".shown").inner_text() == "9 of 9 sets shown"
    assert not complaints


@pytest.mark.parametrize("width", [360, 1024, 1300, 1600])
@pytest.mark.parametrize("count", [3, 200])
def test_the_lineage_keeps_to_the_window(
    browser: Browser, tmp_path: Path, count: int, width: int
) -> None:
    """Names are whole, and nothing of the drawing lies over anything else of it."""
    page = Opened(browser, tmp_path / "page.html", _tangled(count), width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    overlaps = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('.tree .node')]
            .map((node) => node.getBoundingClientRect());
          return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
            a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
        }"""
    )
    assert overlaps == 0
    links = page.locator(".tree a")
    assert links.count() >= 3


def _tangled(count: int) -> Report:
    """Many sets, some of them made from others in the same layer, in the next, and in a circle."""
    large = factory.large(count)
    sets = [n.key for n in large.lineage.nodes if n.key != large.lineage.root]
    base = builders.node("models/o/base", NodeKind.MODEL)
    unseen = builders.conclusion(UNRESOLVED)
    beyond = [builders.node(f"datasets/o/source-{n}", license_=unseen) for n in range(6)]
    derived = [(sets[n % len(sets)], source.key) for n, source in enumerate(beyond)]
    derived += [(sets[0], sets[1]), (sets[1], sets[-1]), (beyond[0].key, sets[0])]
    edges = (
        *large.lineage.edges,
        Edge(large.lineage.root, base.key, EdgeKind.FINETUNED_FROM, "finetune", ()),
        *(Edge(base.key, n.key, EdgeKind.TRAINED_ON, None, ()) for n in beyond[:2]),
        *(Edge(source, target, EdgeKind.DERIVED_FROM, None, ()) for source, target in derived),
    )
    nodes = tuple(sorted((*large.lineage.nodes, base, *beyond), key=lambda n: n.key))
    return replace(large, lineage=Lineage(large.lineage.root, nodes, edges))


@pytest.mark.parametrize("width", [360, 1024, 1600])
def test_hostile_names_stay_text(browser: Browser, tmp_path: Path, width: int) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.hostile(), width)
    opened.page.get_by_role("button", name="Open all").click()
    assert opened.requests == [opened.address]
    assert not opened.complaints
    assert opened.page.locator("script").count() == 3
    links = opened.page.locator("a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(links) <= {"file:", "https:"}
    wide = opened.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


@pytest.mark.parametrize("width", [360, 1300])
@pytest.mark.parametrize(
    ("scheme", "make"),
    [
        ("light", lambda: [factory.report()]),
        ("dark", lambda: [factory.report()]),
        ("light", lambda: [factory.hostile()]),
        ("light", lambda: [factory.report(), factory.undeclared(), factory.unread()]),
    ],
)
def test_axe_finds_nothing(
    browser: Browser,
    tmp_path: Path,
    scheme: Literal["light", "dark"],
    make: Callable[[], list[Report]],
    width: int,
) -> None:
    """axe-core, with its source read from the installed package; the page may not load it."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is missing")
    (tmp_path / "page.html").write_text(render_reports("html", make(), Page()), encoding="utf-8")
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    for button in page.get_by_role("button", name="Open all").all():
        button.click()
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    source = next(Path(axe.__file__).parent.rglob("axe.min.js"))
    page.evaluate(source.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(result => result.violations)")
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations] == []
    context.close()


def test_without_script_everything_can_be_read(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(FORMATS["html"](factory.report(), Page()), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    assert page.locator("#set-0").is_visible()
    assert not page.locator(".filters").is_visible()
    context.close()


def test_500_sets_answer_within_a_second(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", factory.large(500), 1024)
    opened.page.get_by_label("Find").fill("0499")
    assert opened.page.locator(".shown").inner_text() == "1 of 500 sets shown"
    # the machine may be busy with other tests: the best of a few loads counts
    assert any(_milliseconds_to_ready(opened) < 1000 for _ in range(5))


def _milliseconds_to_ready(opened: Opened) -> float:
    """From the start of loading until the page's script has run; loads the page anew."""
    opened.page.goto("about:blank")
    opened.page.goto(opened.address)
    entry = "performance.getEntriesByType('navigation')[0]"
    return float(opened.page.evaluate(f"{entry}.domContentLoadedEventEnd - {entry}.fetchStart"))
