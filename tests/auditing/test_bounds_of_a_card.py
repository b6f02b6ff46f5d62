"""What is beyond the bounds of a card is not read: neither a fact about it nor a pass."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.attack.one_card import OneCard

from provenance.auditing.audit import audit_refs
from provenance.cards.card import MAX_BODY_CHARS, read_card
from provenance.discovery.body import MAX_CANDIDATES
from provenance.discovery.discover import MAX_MENTIONS
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef
from provenance.report.finding import Verdict
from provenance.report.license import Cause, LicenseState
from provenance.report.report import Report

LINE = "nothing of note is said here\n"
LONG = LINE * (MAX_BODY_CHARS // len(LINE) + 1)


def audited(kind: RepoKind, card: str) -> Report:
    (report,) = audit_refs(
        [RepoRef(kind, "acme/fuzzed")],
        OneCard(card.encode(), {}),
        load_policy("default", Path("/")),
        as_of=datetime.date(2026, 1, 1),
    )
    return report


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_text_of_just_the_bound_is_read() -> None:
    text = "x" * MAX_BODY_CHARS
    assert not read_card(text.encode(), "models/a/b").truncated
    cut = read_card(f"{LINE}{text}".encode(), "models/a/b")
    assert cut.truncated
    assert cut.body == LINE.rstrip()
    assert "200,000 characters" in cut.problems[0].message


def test_a_license_beyond_it_is_not_lacking() -> None:
    report = audited(RepoKind.DATASET, f"# x\n{LONG}\n## License\n\nMIT\n")
    assert report.license.state is LicenseState.UNRESOLVED
    assert report.license.cause is Cause.OVER_BOUND
    assert report.verdict is Verdict.INCOMPLETE


def test_training_data_beyond_it_is_not_missing() -> None:
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{LONG}\nTrained on C4.\n")
    assert not report.training_sets
    assert "COV003" not in codes(report)
    assert {"COV006", "LIC018"} <= codes(report)
    assert report.verdict is Verdict.INCOMPLETE


def test_what_is_declared_before_it_may_be_little() -> None:
    before = "---\nlicense: mit\ndatasets: [squad]\n---\n"
    whole, cut = (audited(RepoKind.MODEL, before + text) for text in ("# x\n", LONG))
    for before_it, with_rest in zip(whole.coverage, cut.coverage, strict=True):
        assert with_rest.unknown == before_it.unknown + 1
        assert (with_rest.low, with_rest.high) == (0.0, 1.0)


@pytest.mark.parametrize(("sets", "cut"), [(MAX_MENTIONS, False), (MAX_MENTIONS + 1, True)])
def test_mentions(sets: int, cut: bool) -> None:
    names = ", ".join(f"a/s{n}" for n in range(sets))
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\ndatasets: [{names}]\n---\n")
    assert len(report.training_sets) == MAX_MENTIONS
    assert ("LIC018" in codes(report)) == cut
    assert any("5,000 mentions" in note.message for note in report.notes) == cut


@pytest.mark.parametrize(("items", "cut"), [(300, False), (MAX_CANDIDATES + 1, True)])
def test_places_that_may_name_data(items: int, cut: bool) -> None:
    listed = "\n".join(f"- Words-{n}" for n in range(items))
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n## Training data\n\n{listed}\n")
    assert 0 < len(report.training_sets) <= MAX_CANDIDATES
    assert ("LIC018" in codes(report)) == cut
    assert any("not every name" in note.message for note in report.notes) == cut


LONG_TEXTS = {
    "lines": ("\n" * 20_500 + "Trained on the Words-1 dataset.\n", False),
    "a paragraph": ("word " * 4_100 + "end. Trained on the Words-1 dataset.\n", True),
    "items": ("- corpus\n" * 4_001 + "\nTrained on the Words-1 dataset.\n", True),
    "an item": ("## Training data\n\n- " + ", ".join(f"Words-{n}" for n in range(30)) + "\n", True),
    "a cell": (
        "| k | v |\n|---|---|\n| Training data | " + "Words-1 of plain text, " * 1_000 + "|\n",
        True,
    ),
    "a sentence": ("Trained on " + " and ".join(f"Words-{n}" for n in range(200)) + ".\n", True),
    "verbs": (", ".join(f"trained on Words-{n}" for n in range(40)) + ".\n", True),
    "what data holds": (
        "The training data consists of " + ", ".join(f"Words-{n}" for n in range(200)) + ".\n",
        True,
    ),
    "verbs without a name": (
        "We trained, " + "trained, " * 20 + "and trained it on the Words-1 dataset.\n",
        True,
    ),
    "what was used": (
        ", ".join(f"Words-{n}" for n in range(200)) + " were used to train it.\n",
        True,
    ),
    "a name": (
        "## Training data\n\n| Dataset | Rows |\n|---|---|\n| Words"
        + "-and-words" * 30
        + " | 10 |\n",
        True,
    ),
    "a heading": (
        "## Training data\n\n### Words-1, Words-2 and Words-3\n\nWith much text.\n",
        True,
    ),
    "a long heading": ("# x\n\n## " + "word " * 4_100 + "\n\nx\n", True),
    "rows of HTML": (
        "<table><tr><th>Dataset</th></tr>\n" + "<tr><td>-</td></tr>\n" * 2_001 + "</table>\n",
        True,
    ),
    "a cell over many rows": (
        "<table><tr><th>Dataset</th><th>Part</th></tr>\n<tr><td rowspan=60>Words-1</td>"
        "<td>a</td></tr>\n</table>\n",
        True,
    ),
    "links in one paragraph": ("`a`" * 6_400 + "\n", True),
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_what_is_left_out_is_said(name: str) -> None:
    text, cut = LONG_TEXTS[name]
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\ndatasets: [squad]\n---\n{text}")
    assert any("not every name" in note.message for note in report.notes) == cut
    assert ("LIC018" in codes(report)) == cut
    if not cut:
        assert [one.name for one in report.training_sets] == ["squad", "Words-1"]


BASES = {
    "a label": ("**Base models:** " + ", ".join(f"acme/base-{n}" for n in range(300)) + "\n", True),
    "a list": ("## Base models\n\n" + "".join(f"- acme/base-{n}\n" for n in range(25)), True),
    "a merge": (
        "This is a merge of " + ", ".join(f"acme/base-{n}-7b" for n in range(25)) + ".\n",
        True,
    ),
    "a smaller merge": (
        "This is a merge of " + ", ".join(f"acme/base-{n}-7b" for n in range(6)) + ".\n",
        False,
    ),
    "steps": (" → ".join(f"acme/base-{n}-7b" for n in range(13)) + " → this model\n", True),
    "verbs": ("Fine-tuned from x, " * 13 + "and fine-tuned from acme/base-1-7b.\n", True),
    "tuned": ("x model fine-tuned on y " * 13 + "acme/base-1-7b fine-tuned on z.\n", True),
    "a passage of labels": ("a: b. C: " * 80 + "\n Base model: acme/base-1-7b.\n", True),
    "marks of a sentence": (
        "We take `x` " + "and `x` " * 60 + "and `acme/base-1-7b` and fine-tune it.\n",
        True,
    ),
    "models of a label": (
        "**Base models:** "
        + ", ".join(f"acme/base-number-{n:03}-of-many" for n in range(20))
        + "\n",
        False,
    ),
    "a line of a configuration": (
        "```json\n{" + '"note": "x", ' * 100 + '"base_model": "acme/base-1-7b"}\n```\n',
        False,
    ),
    "a line of code": (
        f"```python\n{'x = 1; ' * 100}m = AutoModel.from_pretrained('acme/base-1-7b')\n"
        "PeftModel.from_pretrained(m, 'acme/fuzzed')\n```\n",
        False,
    ),
    "a command": (
        f"```sh\ntrain.py --do_train {'--x y ' * 400}--model_name_or_path acme/base-1-7b\n```\n",
        False,
    ),
}


@pytest.mark.parametrize("name", BASES)
def test_bases_left_out_are_said(name: str) -> None:
    text, cut = BASES[name]
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\ndatasets: [squad]\n---\n{text}")
    assert any("or of a base was read" in note.message for note in report.notes) == cut
    assert ("LIC018" in codes(report)) == cut
    if not cut:
        last = text.count("acme/base-") - 1
        ids = {node.id for node in report.lineage.nodes}
        assert any(f"base-{last}" in str(id) or f"{last:03}" in str(id) or last == 0 for id in ids)
        assert any("acme/base-" in str(id) for id in ids)


CONFIGURED = {
    "a list": f"base_model: a/b\ndatasets: [{', '.join(f'acme/words-{n}' for n in range(100))}]",
    "a command": "torchrun train.py --learning_rate 1 " + "--x y " * 400 + "--dataset_name "
    + ",".join(f"acme/words-{n}" for n in range(100)),
    "code": "x = 1; " * 300 + "load_dataset('acme/words-99'); Trainer(train_dataset=x)",
}  # fmt: skip


@pytest.mark.parametrize("name", CONFIGURED)
def test_a_configuration_is_read_to_the_end_of_its_line(name: str) -> None:
    text = f"---\nlicense: mit\n---\n```\n{CONFIGURED[name]}\n```\n"
    assert "acme/words-99" in {one.name for one in audited(RepoKind.MODEL, text).training_sets}


def test_a_denial_behind_many_is_said() -> None:
    said = "It was not trained on x, " * 13 + "and it was not trained on squad.\n"
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\ndatasets: [squad]\n---\n{said}")
    assert "LIC018" in codes(report)


def test_a_file_beside_the_card_that_is_not_read_is_said() -> None:
    for data in (b"{", b"[" + b'{"name": "a"},' * 100_000 + b'{"name": "b"}]'):
        (report,) = audit_refs(
            [RepoRef(RepoKind.MODEL, "acme/fuzzed")],
            OneCard(b"---\nlicense: mit\ndatasets: [squad]\n---\n", {"data_config.json": data}),
            load_policy("default", Path("/")),
            as_of=datetime.date(2026, 1, 1),
        )
        assert any("data_config.json was not read" in note.message for note in report.notes)
        assert "LIC018" in codes(report)


def test_what_one_card_leaves_out_is_said_of_each() -> None:
    """Sentences are remembered; that one was left unread is remembered with it."""
    text = f"---\nlicense: mit\ndatasets: [squad]\n---\n{LONG_TEXTS['verbs'][0]}"
    assert all("LIC018" in codes(audited(RepoKind.MODEL, text)) for _ in range(2))


FILLER = "of much text, which was found in many places and then was read again by people, "
TO_THE_END = {
    "called": "Training used {}.\n",
    "a label": f"**Training data:** {FILLER * 6}{{}}\n",
    "a cell": "| Key | Value |\n|---|---|\n| Training data | " + FILLER * 6 + "{} |\n",
}


@pytest.mark.parametrize("name", TO_THE_END)
def test_a_long_text_is_read_to_its_end(name: str) -> None:
    last = ", ".join(f"the Words-{n} dataset" for n in range(50))
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{TO_THE_END[name].format(last)}")
    assert "Words-49" in {one.name for one in report.training_sets}
    assert "LIC018" not in codes(report)


def test_a_name_behind_many_words() -> None:
    text = f"## Training data\n\nIt was trained with care. {'Such A Text ' * 40}is SQuAD.\n"
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{text}")
    assert "SQuAD" in {one.name for one in report.training_sets}


@pytest.mark.parametrize("words", [20, 200])
def test_an_item_of_one_long_list(words: int) -> None:
    text = f"## Training data\n\n- {'plain text of the web ' * words}, Words-1, Words-2\n"
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{text}")
    assert {"Words-1", "Words-2"} <= {one.name for one in report.training_sets}
