"""The words every format shares: numbers that do not mislead, and sentences that stay true."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import builders
from tests.render import factory

from provenance import amounts
from provenance.escape import terminal
from provenance.render import FORMATS, Page, sentences, set_words, slices
from provenance.render.charts import bar_caption, sets_bar, state_bar
from provenance.render.drawing import drawn
from provenance.render.layout import clip, clip_middle, width, wrap
from provenance.render.lineage_words import (
    LACKS,
    UNKNOWN,
    lineage_lines,
    source_troubles,
    steps,
    unexamined,
)
from provenance.render.terminal_findings import findings_section
from provenance.report import shares
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity
from provenance.report.license import LicenseState
from provenance.report.lineage import Edge, EdgeKind
from provenance.report.report import Report
from provenance.vocabulary.statuses import Status


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        (None, "unknown"),
        (0, "0 %"),
        (1e-9, "<0.1 %"),
        (0.0005, "0.1 %"),
        (0.25, "25 %"),
        (0.6223, "62.2 %"),
        (0.9994, "99.9 %"),
        (0.99999, ">99.9 %"),
        (1, "100 %"),
    ],
)
def test_percent(fraction: float | None, shown: str) -> None:
    assert amounts.percent(fraction) == shown


@given(st.floats(0, 1, exclude_min=True, exclude_max=True), st.integers(0, 3))
def test_a_part_is_never_shown_as_nothing_or_as_all(fraction: float, decimals: int) -> None:
    assert amounts.percent(fraction, decimals) not in {"0 %", "100 %"}


def test_what_is_rare_is_shown_with_more_decimals() -> None:
    assert amounts.percent(0.00251, 2) == "0.25 %"
    assert amounts.percent(0.00001, 2) == "<0.01 %"
    assert amounts.percent(0.995, 0) == ">99 %"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234567, "1,234,567"), (0.5, "0.5"), (0.00012, "0.00012"), (2.25, "2.25"),
     (math.inf, "unbounded")],
)  # fmt: skip
def test_count(value: float, shown: str) -> None:
    assert amounts.count(value) == shown


FOLDED = Page(80, show_suppressed=True)
"""Everything, with long lists folded."""


def test_listing() -> None:
    assert amounts.listing([]) == ""
    assert amounts.listing(["a"]) == "a"
    assert amounts.listing(["a", "b", "c"]) == "a, b and c"


def _headline(measure: MeasureKind, unit: str, *, unknown: int = 0) -> Coverage:
    return builders.coverage(
        measure, unit, Reading.DIRECT, 100, 25, headline=True, basis="b", unknown=unknown
    )


@pytest.mark.parametrize(
    ("coverage", "sentence"),
    [
        (_headline(MeasureKind.PUBLISHED, "pairs"), "25 % of the published pairs lack an"),
        (_headline(MeasureKind.PUBLISHED, "percent"), "25 % of the published mixture lacks an"),
        (_headline(MeasureKind.DATASETS, "sets"), "25 % of the training sets lack an"),
        (_headline(MeasureKind.ROWS, "rows"), "25 % of the rows lack an"),
        (
            replace(_headline(MeasureKind.ROWS, "rows"), high=0.75, not_examined=50),
            "At least 25 % of the rows lack an explicit license; 50 % could not be examined "
            "(so 25 % to 75 %)",
        ),
        (
            replace(_headline(MeasureKind.ROWS, "rows"), low=0, high=0.5, not_examined=50),
            "0 % of the rows are known to lack an explicit license; 50 % could not be examined "
            "(so 0 % to 50 %)",
        ),
        (
            replace(_headline(MeasureKind.ROWS, "rows"), low=0, high=1, not_examined=100),
            "not known: 0 % known to lack, 100 % not examined",
        ),
        (
            replace(_headline(MeasureKind.ROWS, "rows", unknown=2), low=0, high=1),
            "not known: 0 % known to lack, 2 sets of unknown size",
        ),
    ],
)
def test_the_answer_in_one_sentence(coverage: Coverage, sentence: str) -> None:
    report = replace(factory.passing(), coverage=(coverage,))
    assert sentences.headline_sentence(report).startswith(sentence)


def test_the_parts_of_the_answer_are_said() -> None:
    said = slices.lacking_sentence(factory.report())
    assert said is not None
    assert "0.2 % are given to no set" in said
    assert "0.4 % are named only in words" in said
    assert slices.lacking_sentence(factory.passing()) is None
    assert slices.lacking_sentence(factory.undeclared()) is None


def test_no_number_is_printed_large_where_none_has_a_meaning() -> None:
    known = factory.passing()
    assert sentences.headline_figure(known) == "0 %"
    (head, *rest) = known.coverage
    hidden = replace(head, headline=True, low=0.0, high=1.0, not_examined=head.total)
    assert sentences.headline_figure(replace(known, coverage=(hidden, *rest))) is None
    assert sentences.headline_figure(factory.undeclared()) is None


def test_the_weight_of_a_set_by_every_measure() -> None:
    item = factory.report().training_sets[0]
    item = replace(item, weight=replace(item.weight, tokens=7.0, bytes=8.0))
    for measure, expected in (
        (MeasureKind.TOKENS, 7.0),
        (MeasureKind.BYTES, 8.0),
        (MeasureKind.ROWS, 726_484_430),
        (MeasureKind.DATASETS, 1.0),
        (MeasureKind.PUBLISHED, None),
    ):
        coverage = builders.coverage(measure, "other", Reading.DIRECT, 10, 0)
        assert shares.weight_of(item, coverage) == expected
    assert set_words.weight_words(item)[-2:] == ["726,484,430 rows", "8 bytes"]


def test_a_shared_row_is_said_to_be_shared() -> None:
    item = factory.hostile().training_sets[0]
    assert "an equal part of a row shared with" in set_words.weight_words(item)[0]


def test_unreachable_base_models_are_not_examined() -> None:
    base = factory.report()
    nodes = tuple(
        replace(n, status=Status.GATED) if n.key == "models/example-lab/owl-base" else n
        for n in base.lineage.nodes
    )
    report = replace(base, lineage=replace(base.lineage, nodes=nodes))
    assert ("models/example-lab/owl-base", "gated") in unexamined(report)
    assert "(gated)" in lineage_lines(report)[0]
    silent = tuple(replace(n, undeclared=True) for n in base.lineage.nodes)
    report = replace(base, lineage=replace(base.lineage, nodes=silent))
    assert "(Apache-2.0; names no training data)" in lineage_lines(report)[0]


def test_waived_findings_alone_leave_none() -> None:
    waived = [f for f in factory.report().findings if f.waiver]
    assert (
        sentences.verdict_sentence(replace(factory.report(), findings=tuple(waived))) == "1 waived"
    )


def test_bars_of_nothing() -> None:
    empty = builders.coverage(MeasureKind.ROWS, "rows", Reading.DIRECT, 0, 0)
    assert slices.slices(factory.report(), empty) == ()
    assert 'aria-label="unknown"' in state_bar(factory.report(), empty)
    some = replace(
        builders.coverage(MeasureKind.ROWS, "rows", Reading.DIRECT, 10, 0), low=0.0, high=1.0
    )
    drawn = state_bar(factory.report(), some)
    assert drawn.count("s-not-examined") == 1, "no part of what is not known is an answer"
    assert drawn.count("<rect") == 2
    assert state_bar(factory.report(), some, 0.05).count('class="limit"') == 1
    assert sets_bar(factory.undeclared(), []) == ""


@given(st.text(max_size=60), st.integers(8, 40))
def test_layout_keeps_to_its_columns(text: str, columns: int) -> None:
    shown = terminal(text)
    for cut in (clip(shown, columns), clip_middle(shown, columns)):
        assert width(cut) <= columns
    assert all(width(line) <= columns for line in wrap(shown, columns))


def test_wide_characters_are_cut_between_columns() -> None:
    assert clip("漢字漢字", 5) == "漢字…"
    assert clip_middle("漢字漢字", 5) == "漢字…"
    assert wrap("漢字漢字 ab", 4) == ["漢字", "漢字", "ab"]
    assert wrap("", 10) == []


def _findings(count: int, places: int, *, one_help: bool) -> tuple[Finding, ...]:
    evidence = tuple(
        Evidence("datasets/o/d", "abc", "README.md", n + 1, None, "x" * 300) for n in range(places)
    )
    return tuple(
        Finding("X001", Severity.WARNING, f"datasets/o/{n}", f"message {n}", evidence,
                "do it" if one_help else f"do {n}", f"{n:032x}")
        for n in range(count)
    )  # fmt: skip


def test_many_findings_of_a_rule_are_folded() -> None:
    report = replace(factory.report(), findings=_findings(9, 5, one_help=True))
    text = FORMATS["text"](report, FOLDED)
    assert "and 6 more X001: datasets/o/3" in text
    assert "… and 2 more places" in text
    assert text.count("fix: do it") == 1
    opened = FORMATS["text"](report, Page(80, show_all=True))
    assert "more X001" not in opened
    assert "And 4 more `X001`" in FORMATS["markdown"](report, Page())
    different = replace(report, findings=_findings(3, 0, one_help=False))
    assert FORMATS["text"](different, FOLDED).count("fix: do ") == 3


def test_a_frame_moves_to_the_words_that_matter() -> None:
    line = "y" * 150 + " datasets/o/needle " + "z" * 150
    evidence = Evidence("models/o/m", "abc", "README.md", 7, None, line)
    quiet = Evidence("models/o/m", None, "info.json", None, "/tags", " ")
    finding = Finding(
        "X001", Severity.NOTE, "datasets/o/needle", "m", (evidence, quiet), "", "f" * 32
    )
    report = replace(factory.report(), findings=(finding,))
    (section,) = findings_section(report, Page(80))
    lines = drawn(section, Page(80)).rstrip("\n").split("\n")
    (at,) = [i for i, text in enumerate(lines) if "needle" in text and "│" in text]
    mark = lines[at + 1]
    assert lines[at][mark.index("^") : mark.rindex("^") + 1] == "o/needle"
    assert "…" in lines[at]
    assert lines[-1].endswith("models/o/m:info.json /tags")


def test_long_tables_are_folded_in_markdown() -> None:
    text = FORMATS["markdown"](factory.large(60), Page())
    assert "<details><summary>60 sets</summary>" in text


def test_long_lineage_and_lists_are_folded() -> None:
    base = factory.report()
    finetuned = next(e for e in base.lineage.edges if e.relation)
    edges = tuple(replace(finetuned, target=f"models/o/{n}") for n in range(20))
    many = tuple(f"datasets/o/skipped-{n}" for n in range(30))
    tested = base.evaluation_sets * 12
    report = replace(
        base,
        lineage=replace(base.lineage, edges=edges, truncated=many),
        evaluation_sets=tested,
        stats=replace(base.stats, requests=3, cached=2, elapsed_s=1.5),
    )
    text = FORMATS["text"](report, FOLDED)
    assert "… and 9 more (--all lists them)" in text
    assert "… and 15 more" in " ".join(text.split())
    assert "… and 4 more" in " ".join(text.split())
    assert "3 requests, 2 answers from cache, 1.5 s" in " ".join(text.split())


def test_a_guess_is_told_on_the_first_screen() -> None:
    report = factory.report()
    guessed = tuple(replace(s, id="o/x", guess=True) for s in report.training_sets)
    assert "o/x (a guess)" in " ".join(
        FORMATS["text"](replace(report, training_sets=guessed), Page(140)).split()
    )


@pytest.mark.parametrize("kind", ["model", "dataset"])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv"])
def test_an_unread_subject_is_said_to_be_unread(kind: str, form: str) -> None:
    text = FORMATS[form](factory.unread(kind), Page(100))
    assert f"{kind} was not read" in text or f"{kind} itself was not read" in text
    assert "snapshot example-snapshot does not hold it" in " ".join(text.split())
    for untrue in ("names no training data", "No training set is declared", "front matter", "pass"):
        assert untrue not in text.partition("<style>")[0] + text.partition("</style>")[2]
    if form != "csv":
        assert "INCOMPLETE" in text
        assert "example-lab/gone" in unexamined(factory.unread(kind))[0][0]


def test_what_lacks_is_told_apart_from_what_was_not_examined() -> None:
    assert slices.lacking_sentence(factory.report()) == (
        "Of the whole, 62.1 % have no license, 0.4 % are named only in words, 3.5 % have terms "
        "that are not specific and 0.2 % are given to no set."
    )
    assert slices.lacking_sentence(factory.passing()) is None
    assert slices.lacking_sentence(factory.undeclared()) is None


def test_the_reading_with_base_models_is_told_where_it_differs() -> None:
    assert sentences.inherited_sentence(factory.report()) == "With base models: 67.7 % to 67.9 %."
    assert sentences.inherited_sentence(factory.passing()) is None
    assert sentences.inherited_sentence(factory.undeclared()) is None


def test_the_caption_of_the_bar_says_what_is_left_out() -> None:
    report = factory.report()
    assert bar_caption(report, report.training_sets) == (
        "Each part is one set, as wide as its share of the published pairs; 0.2 % is given to no "
        "set; 1 of 7 sets is of unknown share, drawn hatched at the end; 2 sets of base models "
        "left out. The same numbers are in the table."
    )
    assert bar_caption(factory.unread(), []) == ""
    own = factory.passing().training_sets
    assert bar_caption(factory.passing(), own).count(";") == 0


def test_a_mixture_in_percent_is_not_counted_in_percent() -> None:
    mixture = builders.coverage(MeasureKind.PUBLISHED, "percent", Reading.DIRECT, 100, 25)
    assert _basis(mixture) == "25 of 100 percentage points lack; weights: not stated"
    one = builders.coverage(MeasureKind.DATASETS, "sets", Reading.DIRECT, 1, 1)
    assert _basis(one) == "1 of 1 set lacks; each counted once"


def _basis(coverage: Coverage) -> str | None:
    return sentences.basis_sentence(
        replace(factory.passing(), coverage=(replace(coverage, headline=True),))
    )


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_guessed_id_is_never_stated_as_fact(form: str) -> None:
    text = FORMATS[form](factory.guessed(), Page(140, show_all=True))
    told = "example-lab/private-crawl (a guess)" if form == "text" else set_words.GUESS
    assert told in text
    known = replace(
        factory.guessed(),
        training_sets=tuple(replace(s, guess=False) for s in factory.guessed().training_sets),
    )
    shown, data, _ = FORMATS[form](known, Page(140)).partition('<script type="application/json"')
    assert "guess" not in shown
    assert bool(data) == (form == "html")


def test_not_having_looked_is_no_lack() -> None:
    base = factory.report()
    assert source_troubles(base) == {"code-commons/docstrings": LACKS}

    def seen_as(state: LicenseState) -> Report:
        seen = builders.conclusion(state, "NOASSERTION", "because")
        nodes = tuple(
            replace(n, license=seen) if n.id.endswith("forum-talk") else n
            for n in base.lineage.nodes
        )
        return replace(base, lineage=replace(base.lineage, nodes=nodes))

    unsure = seen_as(LicenseState.UNRESOLVED)
    assert source_troubles(unsure) == {"code-commons/docstrings": UNKNOWN}
    said = " ".join(lineage_lines(unsure))
    assert "made from something that could not be examined: code-commons/docstrings" in said
    assert "lacks" not in said
    assert "source unknown" in FORMATS["html"](unsure, Page())
    assert "source lacks" in FORMATS["html"](seen_as(LicenseState.AMBIGUOUS), Page())


def test_a_lack_is_found_at_any_distance_and_circles_end() -> None:
    base = factory.report()
    talk, docs = "datasets/example-lab/forum-talk", "datasets/code-commons/docstrings"
    middle = builders.node("datasets/o/middle")
    derived = EdgeKind.DERIVED_FROM
    edges = tuple(
        Edge(a, b, derived, None, ()) for a, b in ((docs, middle.key), (middle.key, talk),
                                                   (talk, docs))
    )  # fmt: skip
    lineage = replace(base.lineage, nodes=(*base.lineage.nodes, middle), edges=edges)
    assert source_troubles(replace(base, lineage=lineage)) == {"code-commons/docstrings": LACKS}


def test_relations_are_said_in_words() -> None:
    base = factory.report()
    finetuned = next(e for e in base.lineage.edges if e.relation)
    for relation, said in (
        ("finetune", "is a finetune of"), ("adapter", "is an adapter of"),
        ("quantized", "is a quantized copy of"), ("unknown", "is made from"),
        (None, "is made from"),
    ):  # fmt: skip
        edges = (replace(finetuned, relation=relation),)
        report = replace(base, lineage=replace(base.lineage, edges=edges))
        assert f"sentence-owl {said} models/example-lab/owl-base" in lineage_lines(report)[0]


def test_every_step_is_listed_once() -> None:
    lineage = factory.report().lineage
    groups = steps(lineage)
    assert groups[0][0] == lineage.root
    assert sum(len(targets) for _, _, targets in groups) == len(lineage.edges)
    assert ("models/example-lab/owl-base (finetune)", "explicit") in [
        step for _, _, targets in groups for step in targets
    ]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_dataset_was_trained_on_nothing_and_has_no_base_models(form: str) -> None:
    base = factory.report()
    subject = replace(base.subject, kind="dataset")
    counted = builders.coverage(MeasureKind.DATASETS, "sets", Reading.DIRECT, 4, 1)
    whole = replace(counted, reading=Reading.INHERITED, fraction=0.5, low=0.5, high=0.5)
    report = replace(
        base, subject=subject, coverage=(replace(counted, headline=True), whole), findings=(),
        lineage=replace(base.lineage, edges=()), training_sets=base.training_sets[:1],
    )  # fmt: skip
    shown = FORMATS[form](report, Page(100, show_all=True)).lower()
    for words in ("base model", "training set", "training-data audit"):
        assert words not in shown.partition("<style>")[0] + shown.partition("</style>")[2]
    assert "with its sources" in shown
