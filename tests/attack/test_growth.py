"""What a user waits for grows with what was given: four times as much takes no sixteen times."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.memory_hub import MemoryHub
from tests.render import factory
from tests.timing import growth

from provenance.auditing.audit import audit_refs
from provenance.auditing.sets import Written
from provenance.cards import read_card
from provenance.cards.card import excerpt_around
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.first_look import WordsSeen, slashed
from provenance.checking.references.python import find_in_python
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import scan_files as search_files
from provenance.discovery.align import align
from provenance.hub.cache import FileCache, PinnedCommit
from provenance.policy import load_policy
from provenance.refs import RepoKind, parse_repo
from provenance.render import Page, render_reports
from provenance.render.deciding import steps_to_pass
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity
from provenance.report.report import Report
from provenance.report.training import DeclaredIn, Mention, Role
from provenance.scanning.duckdb_engine import DuckDBEngine
from provenance.scanning.layout import (
    Column,
    ColumnPath,
    Columns,
    DataFile,
    FileCount,
    FileFormat,
    Group,
    Shape,
)
from provenance.scanning.scan import scan_files
from provenance.scanning.sources import list_files
from provenance.scanning.state import Question
from provenance.scanning.subject import corpus_facts

TIMES = 4
MOST = 8.0
"""Twice beyond linear; the square is 16."""
FLOOR = 0.02
"""CPU seconds that are added to both, for what does not grow."""
_RANDOM = random.Random(1)  # noqa: S311
WORDS = ["".join(_RANDOM.choices("abcdefghij", k=8)) for _ in range(40_000)]


def long_line(size: int) -> Callable[[], object]:
    """One line that names many things, quoted once for each."""
    names = WORDS[: size // 20]
    line = " ".join(f"[{name}](h/{name})" for name in names)
    return lambda: [excerpt_around(line, name) for name in names]


def unbroken_line(size: int) -> Callable[[], object]:
    """The same without a space, and names that are only parts of its words."""
    names = WORDS[: size // 10]
    line = "_".join(names)
    return lambda: [excerpt_around(line, name) for name in names[::8]]


def ids_on_a_card(size: int) -> Callable[[], object]:
    """Whether a card writes each id of its sets."""
    ids = [f"a/{word}" for word in WORDS[: size // 12]]
    card = read_card(f"---\ndatasets: [{', '.join(ids)}]\n---\n".encode(), "models/x")
    return lambda: [Written(card).writes(ids[0]), *map(Written(card).writes, ids)]


def owners_that_are_folders(number: int) -> Callable[[], object]:
    """References whose owner is also a folder of the repository."""
    code = "".join(f'load_dataset("acme/{word}")\n' for word in WORDS[:number])
    files = {f"acme/{word}.csv": b"" for word in WORDS[number : 2 * number]}
    files["train.py"] = f"from datasets import load_dataset\n{code}".encode()
    rules = load_rules()
    return lambda: search_files(sorted(files), files.__getitem__, rules, (), jobs=1)


def words_of_a_program(number: int) -> Callable[[], object]:
    """A first look at a file of new words, of which each holds a word that is looked for."""
    data = " ".join(f"load_dataset_{word} '{word}/'" for word in WORDS[:number]).encode()
    return lambda: [WordsSeen((b"load", b"dataset")).of(data), list(slashed(data))]


def calls_of_a_program(number: int) -> Callable[[], object]:
    """Calls of what no rule knows, in a file with one id."""
    calls = "".join(f"get_{word}(path={word}.name, id='{word}')\n" for word in WORDS[:number])
    rules = load_rules()
    return lambda: find_in_python(f"model = 'acme/model-7B'\n{calls}".encode(), "a.py", rules)


def _named(number: int, one: Callable[[int], str | None]) -> Callable[[], object]:
    """Mentions of one name, each with the id that ``one`` gives."""
    evidence = Evidence("models/a/b", None, "README.md", 1, None, "x")
    mentions = [
        Mention("Words", one(n), None, DeclaredIn.PROSE, Role.TRAINING, evidence)
        for n in range(number)
    ]
    return lambda: align(mentions, lambda *_: None)


def mentions_of_one_set(number: int) -> Callable[[], object]:
    """A set that a card names over and over."""
    return _named(number, lambda _: None)


def sets_of_one_name(number: int) -> Callable[[], object]:
    """Sets of as many owners, all with one name."""
    return _named(number, lambda n: f"a{n}/words")


def values_of_a_corpus(number: int) -> Callable[[], object]:
    """Records with as many license values, none known, of which few are shown."""
    path = ColumnPath(("license",))
    columns = Columns(Column(path, Shape.TEXT), None, None)
    groups = tuple(Group(f'"terms of {word}"', 1, None, None) for word in WORDS[:number])
    file = DataFile("a.parquet", FileFormat.PARQUET, "a", 1, "")
    count = FileCount(file, columns, groups, 0, number)
    return lambda: corpus_facts("a", [count], datetime.date(2026, 1, 1))


def sample_of_a_corpus(number: int, folder: Path) -> Callable[[], object]:
    """As many records drawn from a file of four times as many: the draw grows, not its square."""
    record = json.dumps({"license": "mit", "text": "words"})
    (folder / "a.jsonl").write_text(f"{record}\n" * (4 * number), "utf-8")
    files = list_files([str(folder)])

    def run() -> object:
        engine = DuckDBEngine()
        counts = scan_files(files, Question(sample=number), engine)
        engine.close()
        return counts

    return run


def _hub(models: int, sets: int) -> MemoryHub:
    """Models that name the same sets, of which each has a source of its own."""
    named = ", ".join(f"d/{word}" for word in WORDS[:sets])
    cards = {f"models/a/m-{n}": f"---\ndatasets: [{named}]\n---\n# M\n" for n in range(models)}
    for word in WORDS[:sets]:
        cards[f"datasets/d/{word}"] = f"---\nsource_datasets: [s/{word}]\n---\n# D\n"
        cards[f"datasets/s/{word}"] = "---\nlicense: mit\n---\n"
    return MemoryHub(cards)


def _audit(hub: MemoryHub, models: int) -> Callable[[], object]:
    subjects = [parse_repo(f"a/m-{n}") for n in range(models)]
    policy = load_policy("builtin:default", Path("/"))
    return lambda: audit_refs(subjects, hub, policy, as_of=datetime.date(2026, 1, 1))


def sets_of_a_deep_audit(number: int) -> Callable[[], object]:
    """One model, its sets and their sources."""
    return _audit(_hub(1, number), 1)


def subjects_that_share_sets(number: int) -> Callable[[], object]:
    """Models audited together."""
    return _audit(_hub(number, 30), number)


def repositories_in_the_cache(number: int, folder: Path) -> Callable[[], object]:
    """What a warm run reads: of each repository its commit, its card and what it last was."""
    kind = RepoKind.DATASET
    pins = [PinnedCommit(f"d/{word}", f"{n:040x}") for n, word in enumerate(WORDS[:number])]
    written = FileCache(folder, 1_000_000)
    for pinned in pins:
        written.remember(kind, pinned.id, "main", pinned)
        written.keep(kind, pinned, "README.md", b"words")
    written.flush()

    def run() -> object:
        cache = FileCache(folder, 1_000_000)
        for pinned in pins:
            assert cache.pinned(kind, pinned.id, "main") == pinned
            assert cache.file(kind, pinned, "README.md") is not None
            cache.remember(kind, pinned.id, "main", pinned)
        cache.flush()
        return cache

    return run


def _alike(number: int) -> Report:
    """Many sets whose names share a word, each with a finding and a way out of its own."""
    report = factory.report()
    evidence = report.training_sets[0].evidence[0]
    sets = tuple(
        replace(
            report.training_sets[0],
            name=f"set-number-{n}",
            id=f"a/set-number-{n}",
            evidence=(replace(evidence, excerpt=f"- a/set-number-{n}"),),
        )
        for n in range(number)
    )
    keys = tuple(f"datasets/{item.id}" for item in sets)
    every = Finding(
        code="LIC001",
        severity=Severity.ERROR,
        subject=report.lineage.root,
        message="many lack",
        evidence=tuple(item.evidence[0] for item in sets),
        help="look",
        fingerprint="x",
        subjects=keys,
    )
    own = [
        replace(every, subject=key, subjects=(), help=f"ask for {key}", evidence=every.evidence[:1])
        for key in keys
    ]
    return replace(report, training_sets=sets, findings=(every, *own))


def ids_on_a_line_of_json(number: int) -> Callable[[], object]:
    """Generated JSON without line breaks, with ids everywhere between what is passed over."""
    part = [{"n": 1, "text": "plain"}]
    data = json.dumps([[{"model_id": f"acme/m-{n}"}, part] for n in range(number)]).encode()
    rules = load_rules()
    return lambda: find_in_config(data, "x.json", rules)


def text_of_many(number: int) -> Callable[[], object]:
    """Everything that the terminal shows."""
    report = _alike(number)
    return lambda: render_reports("text", [report], Page(100, False, True, True))


def page_of_many(number: int) -> Callable[[], object]:
    """The page, of which not everything fits."""
    report = _alike(number)
    return lambda: render_reports("html", [report], Page(100, False, True, True))


def steps_of_many(number: int) -> Callable[[], object]:
    """What would change the verdict."""
    report = _alike(number)
    return lambda: steps_to_pass(report)


WORK: dict[Callable[[int], Callable[[], object]], int] = {
    long_line: 60_000,
    unbroken_line: 60_000,
    ids_on_a_card: 60_000,
    owners_that_are_folders: 1_500,
    words_of_a_program: 2_000,
    calls_of_a_program: 400,
    mentions_of_one_set: 400,
    sets_of_one_name: 800,
    values_of_a_corpus: 400,
    sets_of_a_deep_audit: 60,
    subjects_that_share_sets: 5,
    ids_on_a_line_of_json: 1_500,
    text_of_many: 600,
    page_of_many: 200,
    steps_of_many: 600,
}


@pytest.mark.parametrize("make", WORK, ids=lambda make: make.__name__)
def test_grows_with_what_was_given(make: Callable[[int], Callable[[], object]]) -> None:
    small, large = make(WORK[make]), make(TIMES * WORK[make])
    small()
    growth(small, large, most=MOST, floor=FLOOR)


ON_DISK: dict[Callable[[int, Path], Callable[[], object]], int] = {
    sample_of_a_corpus: 20_000,
    repositories_in_the_cache: 150,
}


@pytest.mark.parametrize("make", ON_DISK, ids=lambda make: make.__name__)
def test_grows_with_what_is_read(
    make: Callable[[int, Path], Callable[[], object]], tmp_path: Path
) -> None:
    for name in ("small", "large"):
        (tmp_path / name).mkdir()
    small = make(ON_DISK[make], tmp_path / "small")
    large = make(TIMES * ON_DISK[make], tmp_path / "large")
    small()
    growth(small, large, most=MOST, floor=FLOOR)
