"""Attribution notices: everything is in one of their lists, with what it asks or why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import builders
from tests.render import factory

from provenance.render import FORMATS, Page
from provenance.render.documents.notices import DUTY, license_texts, notices
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseState, LicenseStatement, Meaning, Origin, Scope
from provenance.report.lineage import Edge, EdgeKind, NodeKind
from provenance.report.report import Report, SubjectInfo
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status

FORMS = ("notice", "notice-text")


def written(name: str, report: Report) -> str:
    return FORMATS[name](report, Page())


def why(report: Report) -> dict[str, str]:
    return {one.name: one.why for one in notices(report).open}


def with_set(**changes: object) -> Report:
    """A report on a model with one set, changed."""
    base = factory.passing()
    item = replace(base.training_sets[0], **changes)  # type: ignore[arg-type]  # fields of a set
    return replace(base, training_sets=(item,))


def test_every_set_has_a_notice_or_is_said_to_have_none() -> None:
    report = factory.report()
    found = notices(report)
    assert [n.license for n in found.sets] == ["CC-BY-SA-3.0", "MIT", "CC-BY-NC-4.0"]
    names = {n.name for n in found.sets} | set(why(report))
    assert all(any((s.id or s.name) in name for name in names) for s in report.training_sets)
    share_alike = found.sets[0]
    assert share_alike.texts == (("CC-BY-SA-3.0", "https://spdx.org/licenses/CC-BY-SA-3.0.html"),)
    assert "license adaptations alike" in share_alike.duties


def test_the_model_and_what_it_was_made_from_are_in_it() -> None:
    report = factory.report()
    found = notices(report)
    assert [n.name for n in found.subject] == ["example-lab/sentence-owl"]
    assert found.subject[0].authors == "Example Lab"
    bases = [n.name for n in found.bases] + [o.name for o in found.open]
    assert "example-lab/owl-base" in bases
    for name in FORMS:
        text = written(name, report)
        assert "The model" in text
        assert "owl-base" in text


def test_a_base_model_brings_the_terms_of_its_license() -> None:
    report = factory.report()
    said = LicenseStatement(
        "cc-by-nc-4.0", Meaning.NAMES, "CC-BY-NC-4.0",
        (Restriction.ATTRIBUTION, Restriction.NON_COMMERCIAL), Scope.DATA, Origin.TAG,
        Evidence("models/example-lab/owl-base", None, "README.md", 3, None, "cc-by-nc-4.0"),
    )  # fmt: skip
    license_ = builders.conclusion(LicenseState.EXPLICIT, "CC-BY-NC-4.0", "one statement", (said,))
    nodes = tuple(
        replace(n, license=license_) if "owl-base" in n.key else n for n in report.lineage.nodes
    )
    (base,) = notices(replace(report, lineage=replace(report.lineage, nodes=nodes))).bases
    assert base.duties == ("name the source and keep its notices", "no commercial use")


def test_authors_are_named_where_a_citation_can_be_read_without_tex() -> None:
    found = notices(factory.report())
    assert [n.authors for n in found.sets] == [None, "The Docstring Keepers", None]
    assert all(" by The Docstring Keepers, " in written("notice", factory.report()) for _ in FORMS)
    assert "  by The Docstring Keepers\n" in written("notice-text", factory.report())


def test_a_conflict_lists_what_each_statement_says() -> None:
    said = why(factory.report())["stanford-ish/inference-pairs"]
    assert "CC-BY-4.0 (README.md:2) and CC-BY-SA-4.0 (README.md:11)" in said
    assert "license adaptations alike" in said


def test_nothing_known_is_said_to_be_unknown() -> None:
    open_ = why(factory.undeclared())
    assert open_["its training data"] == "the card names none"
    assert open_["example-lab/quiet itself"] == "no license is given"
    for name in FORMS:
        text = written(name, factory.undeclared())
        assert "No notice could be written; that does not mean that none is due." in text
        assert "its training data: the card names none" in text


def test_of_a_subject_that_was_not_read_only_that_is_said() -> None:
    for base in (factory.report(), factory.undeclared()):
        unread = replace(base, subject=replace(base.subject, status=Status.NOT_FOUND))
        assert why(unread) == {base.subject.id: "not read: not found"}
        assert notices(unread).nothing


@pytest.mark.parametrize(
    ("status", "undeclared", "name", "said"),
    [
        (Status.GATED, False, "example-lab/owl-base", "not read: gated"),
        (Status.FOUND, True, "the training data of example-lab/owl-base", "its card names none"),
    ],
)
def test_base_models_that_are_not_known(
    status: Status, undeclared: bool, name: str, said: str
) -> None:
    report = factory.report()
    nodes = tuple(
        replace(n, status=status, undeclared=undeclared) if "owl-base" in n.key else n
        for n in report.lineage.nodes
    )
    changed = replace(report, lineage=replace(report.lineage, nodes=nodes))
    assert why(changed)[name] == said


def test_what_a_bound_left_out_and_what_is_named_only_are_open() -> None:
    base = factory.passing()
    unseen = builders.conclusion(LicenseState.UNRESOLVED)
    words = builders.node("named:an old model", NodeKind.NAMED, unseen, Status.NAMED)
    edge = Edge(base.lineage.root, words.key, EdgeKind.FINETUNED_FROM, None, ())
    lineage = replace(
        base.lineage,
        nodes=(*base.lineage.nodes, words),
        edges=(*base.lineage.edges, edge),
        truncated=("datasets/far/away",),
    )
    open_ = why(replace(base, lineage=lineage))
    assert open_["an old model"] == "not read: named only in words"
    assert open_["far/away"] == "not followed: a bound of the walk was reached"


def test_what_sets_were_made_from_is_in_it() -> None:
    base = factory.passing()
    open_data = builders.conclusion(LicenseState.EXPLICIT, "ODbL-1.0")
    none = builders.conclusion(LicenseState.NONE, "NONE")
    source = builders.node("datasets/old/dump", license_=open_data)
    lacking = builders.node("datasets/old/heap", license_=none)
    edges = tuple(
        Edge("datasets/open-text/wiki-pairs", n.key, EdgeKind.DERIVED_FROM, None, ())
        for n in (source, lacking)
    )
    lineage = replace(
        base.lineage,
        nodes=(*base.lineage.nodes, source, lacking),
        edges=(*base.lineage.edges, *edges),
    )
    report = replace(base, lineage=lineage)
    assert [(n.name, n.license) for n in notices(report).sources] == [
        ("open-text/wiki-dump", "CC-BY-SA-3.0"),
        ("old/dump", "ODbL-1.0"),
    ]
    assert why(report)["old/heap"] == "no license is given"


def test_terms_that_ask_for_nothing_are_listed_and_unknown_ones_are_open() -> None:
    free = replace(factory.passing().training_sets[0].license, concluded="CC0-1.0", restrictions=())
    report = with_set(license=free)
    assert [n.license for n in notices(report).free] == ["CC0-1.0"]
    public = replace(report.license, concluded="CC0-1.0", restrictions=())
    alone = replace(report, license=public, lineage=replace(report.lineage, edges=()))
    assert "Nothing here asks for a notice." in written("notice", alone)
    assert "open-text/wiki-pairs (CC0-1.0)" in written("notice", report)
    assert "open-text/wiki-pairs, CC0-1.0" in written("notice-text", report)
    unknown = with_set(license=replace(free, concluded="LicenseRef-Sandwich"))
    assert why(unknown)["open-text/wiki-pairs"] == "what LicenseRef-Sandwich asks for is not known"


def test_a_guess_is_said_to_be_one_and_has_no_address() -> None:
    (notice,) = notices(with_set(guess=True)).sets
    assert notice.url is None
    assert notice.name == "open-text/wiki-pairs (id is a guess)"


def test_a_dataset_stands_among_the_data_alone() -> None:
    base = factory.passing()
    report = replace(
        base, subject=SubjectInfo("dataset", "open-text/wiki-pairs", None, Status.FOUND)
    )
    assert notices(report).subject == ()
    assert len(notices(report).sets) == 1


def test_each_license_of_an_expression_has_its_text() -> None:
    assert license_texts("(MIT OR GPL-2.0+) AND LicenseRef-x AND MIT") == (
        ("MIT", "https://spdx.org/licenses/MIT.html"),
        ("GPL-2.0+", "https://spdx.org/licenses/GPL-2.0.html"),
        ("LicenseRef-x", None),
    )
    assert license_texts("NONE") == license_texts("<b>") == ()
    both = replace(
        factory.passing().training_sets[0].license,
        concluded="MIT AND CC-BY-4.0",
        restrictions=(Restriction.ATTRIBUTION,),
    )
    text = written("notice", with_set(license=both))
    assert "MIT AND CC-BY-4.0 (texts: [MIT](https://spdx.org/licenses/MIT.html), [CC-BY" in text


def test_every_restriction_has_words() -> None:
    assert set(DUTY) == set(Restriction)
