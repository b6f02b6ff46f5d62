"""The draft of the public summary of training content: what is known, and blanks for the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render import factory
from tests.render.golden import assert_golden

from provenance.errors import UsageError
from provenance.render import FORMATS, Page
from provenance.report.coverage import MeasureKind
from provenance.report.evidence import Evidence
from provenance.report.report import Report, SubjectInfo
from provenance.report.training import PersonalData, PublishedWeight, Signal, Weight
from provenance.vocabulary.statuses import Status


def draft(report: Report) -> str:
    return FORMATS["art53"](report, Page())


def section(text: str, start: str, end: str) -> str:
    """What stands between two headings."""
    return text.partition(f"# {start}")[2].partition(f"# {end}")[0]


def test_it_is_as_accepted() -> None:
    assert_golden("rich.art53.md", draft(factory.report()))


SECTIONS = (
    "1.1", "1.2", "1.3", "2.1", "2.2", "2.2.1", "2.2.2", "2.3", "2.4", "2.5", "2.6",
    "3.1", "3.2", "3.3",
)  # fmt: skip


@pytest.mark.parametrize("make", [factory.report, factory.undeclared, factory.passing])
def test_every_section_is_there_and_its_blanks_say_that_they_are(make: object) -> None:
    assert callable(make)
    text = draft(make())
    assert text.count("**[blank") >= 20
    for name in SECTIONS:
        assert f"# {name} " in text
    for question in ("Code of Practice", "crawlers", "interactions with the model", "AI models"):
        assert question in text


@pytest.mark.parametrize("make", [factory.report, factory.undeclared, factory.passing])
def test_it_does_not_decide_whether_it_is_owed(make: object) -> None:
    assert callable(make)
    text = draft(make())
    assert "is not decided here. The duty applies since 2 August 2025" in text
    assert "**[blank: whether and from when it applies]**" in text


def test_nothing_declared_is_not_nothing_used() -> None:
    text = draft(factory.undeclared())
    assert "names no training data, which does not mean that there was none" in text
    assert "its size is not known" in text


@pytest.mark.parametrize("kind", ["dataset", "corpus"])
def test_it_is_refused_for_what_is_no_model(kind: str) -> None:
    subject = SubjectInfo(kind, "open-text/wiki-pairs", None, Status.FOUND)
    with pytest.raises(UsageError, match=f"is about models: .* is a {kind}"):
        draft(replace(factory.passing(), subject=subject))


def test_of_a_model_that_was_not_read_nothing_is_said() -> None:
    base = factory.report()
    nodes = tuple(
        replace(n, status=Status.NOT_FOUND, detail="no such repository")
        if n.key == factory.CARD
        else n
        for n in base.lineage.nodes
    )
    text = draft(
        replace(
            base,
            subject=replace(base.subject, status=Status.NOT_FOUND, revision=None),
            lineage=replace(base.lineage, nodes=nodes),
        )
    )
    assert "was not read (no such repository): nothing is filled in" in text
    for claim in ("forum-talk", "owl-base", "stands on the Hub", "names no", "names none"):
        assert claim not in text


def test_sizes_say_of_how_many_sets_and_weights_are_none() -> None:
    size = section(draft(factory.report()), "1.3", "2 Sources")
    assert "1,170,060,424 pairs, known for 6 of 7 sets" in size
    assert "2,448,839 that are given to no set" in size
    assert "sampling" not in draft(factory.report())


def test_large_are_those_of_known_size() -> None:
    public = section(draft(factory.report()), "2.1", "2.2")
    large, others = public.split("Others, and sets of unknown size:")
    assert "recipes" in large
    assert "docstrings" in others
    assert "known for 5 of 5" in large


def test_none_is_large_where_no_size_is_known() -> None:
    base = factory.report()
    sets = tuple(replace(s, weight=Weight()) for s in base.training_sets)
    counted = tuple(replace(c, headline=c.measure is MeasureKind.DATASETS) for c in base.coverage)
    drawn = tuple(
        replace(c, headline=c.unit == "sampling weight", unit=c.unit) for c in base.coverage
    )
    for coverage in (counted, drawn):
        public = section(draft(replace(base, training_sets=sets, coverage=coverage)), "2.1", "2.2")
        assert "which of them are large is not known" in public
        assert "Large" not in public
        assert public.count("size not known") == 5


def test_a_shared_row_is_a_size() -> None:
    base = factory.report()
    first = base.training_sets[0]
    shared = replace(
        first,
        weight=Weight(measures=(PublishedWeight("pairs", "README.md table", 12.0, ("another",)),)),
    )
    text = draft(replace(base, training_sets=(shared,)))
    assert "12 pairs (an equal part of a row shared with another)" in text


def test_what_is_not_certain_is_in_a_section_of_its_own() -> None:
    text = draft(factory.guessed())
    chosen = section(text, "Named on the card", "Data that comes")
    assert "Household questions" in chosen
    private = section(text, "2.2", "2.3")
    assert "crawl" not in private
    assert "Household" not in private
    assert "a private crawl (perhaps `example-lab/private-crawl`: a guess)" in chosen
    assert "example-lab/private-crawl)" not in chosen


def test_a_guess_is_never_listed_as_public() -> None:
    base = factory.passing()
    (item,) = base.training_sets
    text = draft(replace(base, training_sets=(replace(item, guess=True),)))
    assert "wiki-pairs" not in section(text, "2.1", "2.2")
    assert "(perhaps `open-text/wiki-pairs`: a guess)" in text
    named = replace(item, guess=True, name="open-text/wiki-pairs")
    assert "(which one is a guess)" in draft(replace(base, training_sets=(named,)))


def test_cards_are_quoted_where_they_speak_of_how_a_set_was_made() -> None:
    where = Evidence("datasets/a/b", None, "README.md", 7, None, "Pages fetched by owlbot.")
    signals = tuple(
        Signal(topic, status, "", where)
        for topic, status in (
            ("crawler", "documented"), ("user-conversations", "indicated"),
            ("generator", "documented"), ("tdm-reservation", "documented"),
        )
    )  # fmt: skip
    base = factory.passing()
    (item,) = base.training_sets
    item = replace(item, personal_data=PersonalData("stated", "none", signals=signals))
    text = draft(replace(base, training_sets=(item,)))
    quote = "“Pages fetched by owlbot.” `datasets/a/b:README.md:7`"
    assert f"crawler: {quote}" in section(text, "2.3", "2.4")
    assert f"user conversations, not in so many words: {quote}" in section(text, "2.4", "2.5")
    assert f"generator: {quote}" in section(text, "2.5", "2.6")
    assert f"tdm reservation: {quote}" in section(text, "3.1", "3.2")
    assert "its card says that it holds no personal data" in text


def test_it_names_base_models_it_knows_nothing_of() -> None:
    base = factory.report()
    nodes = tuple(
        replace(n, status=Status.GATED, detail="gated: log in") if "owl-base" in n.key else n
        for n in base.lineage.nodes
    )
    text = draft(replace(base, lineage=replace(base.lineage, nodes=nodes)))
    assert "training data is not known: [`example-lab/owl-base`](" in text
    assert "(its card was not read: gated: log in)" in text


def test_a_folder_stands_nowhere_on_the_hub() -> None:
    base = factory.passing()
    local = draft(
        replace(base, subject=replace(base.subject, id="local/owl", revision=None, local=True))
    )
    assert "stands on the Hub" not in local
    assert "read from a local folder" in local
    assert "stands on the Hub under the name `example-lab`" in draft(base)
