"""Formats of a check. Every one is a pure function of the result and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.formats import Format, Formats

if TYPE_CHECKING:
    from provenance.report.checked import CheckResult

CHECK_FORMATS: Formats[CheckResult] = Formats(
    Format(
        "text", ".check.text:render", "for a person at a terminal", suffixes=(".txt",), paged=True
    ),
    Format("concise", ".check.concise:render", "a line a finding"),
    Format("json", ".check.json:render", "everything, for programs", suffixes=(".json",)),
    Format("sarif", ".check.sarif:render", "code scanning", suffixes=(".sarif",)),
    Format("github", ".check.github:render", "annotations of GitHub Actions", verbatim=True),
    Format("gitlab", ".check.gitlab:render", "Code Quality", names=("gl-code-quality*",)),
    Format("junit", ".check.junit:render", "JUnit XML", suffixes=(".xml",)),
    Format("markdown", ".check.markdown:render", "for pull requests", suffixes=(".md",)),
)
