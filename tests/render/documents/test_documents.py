"""Documents made from a report: the public summary, notices, citations, card patches."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.render import factory
from tests.render.golden import assert_golden

from provenance.render import FORMATS, Page
from provenance.report.report import Report


def _text(name: str, report: Report) -> str:
    return FORMATS[name](report, Page())


def test_documents_are_as_accepted() -> None:
    report = factory.report()
    assert_golden("rich.notice.md", _text("notice", report))
    assert_golden("rich.notice.txt", _text("notice-text", report))
    assert_golden("rich.bib", _text("bibtex", report))


def test_bibtex_keys_are_unique_and_braces_balanced() -> None:
    base = factory.report()
    twice = replace(base, training_sets=(*base.training_sets, *factory.hostile().training_sets))
    twice = replace(twice, training_sets=twice.training_sets * 2)
    text = _text("bibtex", twice)
    keys = re.findall(r"@misc\{(.*?),\n", text)
    assert len(keys) == len(set(keys)) > 10
    plain = re.sub(r"\\[{}]", "", text)
    assert plain.count("{") == plain.count("}")
    assert _text("bibtex", factory.undeclared()).startswith("% the card names no training data")
