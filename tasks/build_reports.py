"""Write the example reports: ``python tasks/build_reports.py`` (``make reports``).

Audits models of the bundled snapshot as of a fixed date and writes every document that the README
links to. ``--check`` writes nothing and exits 1 when a file is not what it would write.
``--screenshots`` also photographs two of them with Chromium; pictures are never compared.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from provenance import audit
from provenance.render import FORMATS, Page

REPORTS = Path(__file__).resolve().parents[1] / "reports"
FIRST_SCREEN = "all-MiniLM-L6-v2/screen.txt"
AS_OF = datetime.date(2026, 11, 29)
FILES = {
    "report.txt": "text",
    "report.html": "html",
    "report.md": "markdown",
    "report.json": "json",
    "bom.cdx.json": "cyclonedx",
    "bom.spdx.json": "spdx",
}


class Example(NamedTuple):
    """A model to audit and why it is an example."""

    model: str
    policy: str
    shows: str


EXAMPLES = (
    Example(
        "sentence-transformers/all-MiniLM-L6-v2",
        "default",
        "a published mixture of two measures that tell different stories",
    ),
    Example("google/flan-t5-base", "default", "sets of its own and sets through a base model"),
    Example("tiiuae/falcon-7b-instruct", "commercial", "published shares and commercial use"),
    Example("mistralai/Mistral-7B-v0.1", "default", "an undeclared model: unknown is no pass"),
    Example("allenai/OLMo-7B", "open-data", "a pass under the open-data policy"),
)


def documents() -> dict[str, str]:
    """Every generated text by its path below ``reports``."""
    texts: dict[str, str] = {}
    rows = ["| model | policy | verdict | what it shows |", "| --- | --- | --- | --- |"]
    for example in EXAMPLES:
        report = audit(example.model, snapshot="bundled", policy=example.policy, as_of=AS_OF)
        folder = example.model.partition("/")[2]
        for file, name in FILES.items():
            texts[f"{folder}/{file}"] = FORMATS[name](report, Page(100, show_all=True))
        links = " · ".join(f"[{file}]({folder}/{file})" for file in FILES)
        rows.append(
            f"| {example.model}<br>{links} | {example.policy} | {report.verdict.value} "
            f"| {example.shows} |"
        )
        if example is EXAMPLES[0]:
            colored = FORMATS["text"](report, Page(100, color=True))
            texts["terminal.svg"] = terminal_svg(colored)
            texts[FIRST_SCREEN] = FORMATS["text"](report, Page(100))
    texts["README.md"] = "\n".join(
        [
            "# Example reports",
            "",
            f"Made by `make reports` from the bundled snapshot, as of {AS_OF.isoformat()}, "
            "and compared in CI. Not edited by hand.",
            "",
            *rows,
            "",
        ]
    )
    return texts


README = REPORTS.parent / "README.md"
_BEGIN, _END = "<!-- example:begin -->", "<!-- example:end -->"


def readme(report: str) -> str:
    """The README with the first screen of the first example between its markers."""
    folder = EXAMPLES[0].model.partition("/")[2]
    block = (
        f"{_BEGIN}\n```text\n{report}```\n\n"
        f"The whole [report](reports/{folder}/report.txt), as a "
        f"[page](reports/{folder}/report.html), and [more examples](reports/README.md):\n\n"
        "![The same in a terminal, in its colours](reports/terminal.svg)\n\n"
        f"![The page of the same audit](reports/page.png)\n{_END}"
    )
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(_BEGIN)
    return head + block + rest.partition(_END)[2]


def terminal_svg(text: str) -> str:
    """Coloured terminal text as a picture, without the fonts that it would fetch."""
    console = Console(width=100, record=True, file=StringIO(), force_terminal=True, _environ={})
    console.print(Text.from_ansi(text))
    picture = console.export_svg(
        title="provenance audit", unique_id="report", theme=SVG_EXPORT_THEME
    )
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


def screenshots() -> None:
    """Photograph the first example's page, light and dark, with the system's Chromium."""
    from playwright.sync_api import sync_playwright

    page_file = REPORTS / EXAMPLES[0].model.partition("/")[2] / "report.html"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        light = browser.new_page(viewport={"width": 1200, "height": 1000}, color_scheme="light")
        light.goto(page_file.as_uri())
        light.screenshot(path=REPORTS / "page.png")
        browser.close()


def main() -> int:
    """Write the reports, or check them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    options.add_argument("--screenshots", action="store_true")
    chosen = options.parse_args()
    stale = []
    texts = documents()
    texts["../README.md"] = readme(texts[FIRST_SCREEN])
    for name, text in texts.items():
        path = REPORTS / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not chosen.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if chosen.screenshots:
        screenshots()
    if chosen.check and stale:
        print("not current (run `make reports`):", *stale, sep="\n  ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
