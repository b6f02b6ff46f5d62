from __future__ import annotations

from dataclasses import replace

from tests.builders import evidence
from tests.render import factory

from provenance.render.finding_words import QuotedWords

LINE = evidence("CC-BY-SA-4.0 for data; Apache-2.0 for code")


def test_a_finding_points_at_the_license_it_is_about() -> None:
    report = factory.report()
    some = next(s for t in report.training_sets for s in t.license.statements)
    data = replace(some, raw="for data", expression="CC-BY-SA-4.0", evidence=LINE)
    code = replace(some, raw="for code", expression="Apache-2.0", evidence=LINE)
    words = QuotedWords(replace(report, license=replace(report.license, statements=(data, code))))
    finding = replace(report.findings[0], message="x is under CC-BY-SA-4.0 (y)", help="")
    assert words.at(LINE, finding) == ["for data"]
    assert words.at(LINE, replace(finding, message="under Apache-2.0")) == ["for code"]
    assert words.at(LINE, replace(finding, message="under CC-BY-SA-4.0-x")) == ["for code"]


def test_a_finding_points_at_the_set_it_is_about() -> None:
    report = factory.report()
    one = replace(report.training_sets[0], name="owls", evidence=(LINE,))
    sets = (one, replace(one, name="bats"))
    words = QuotedWords(replace(report, training_sets=sets))
    finding = replace(report.findings[0], subject="named:owls", subjects=())
    assert words.at(LINE, finding) == ["owls"]
    assert words.at(LINE) == ["bats"]
