"""Card patches: applied by git to the card they were made for, and read back by the card reader."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests import builders
from tests.render import factory

from provenance.cards import read_card
from provenance.licensing import conclude_card, tag_place, tag_statements
from provenance.render import FORMATS, Page
from provenance.render.documents.card_patch import Patch, Refusal, suggestions_of
from provenance.report.license import LicenseState, Meaning, Origin, Scope, TagPlace
from provenance.report.report import Report, SubjectInfo
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status


def patches(report: Report) -> list[Patch]:
    return [item for item in suggestions_of(report) if isinstance(item, Patch)]


def refusals(report: Report) -> list[Refusal]:
    return [item for item in suggestions_of(report) if isinstance(item, Refusal)]


SET = "datasets/open-text/wiki-pairs"
SAYS = "\n# Pairs\n\n## License\n\nThe pairs are released under the {}.\n"
CC_BY_SA = SAYS.format("CC BY-SA 3.0 license")


def report_on(card_text: str | bytes, *, subject: bool = True) -> Report:
    """A report on a dataset with this card, or on a model trained on it."""
    data = card_text if isinstance(card_text, bytes) else card_text.encode()
    card = read_card(data, SET)
    conclusion = conclude_card(card)
    base = factory.passing()
    item = replace(
        base.training_sets[0], license=conclusion, tag_place=tag_place(card, data, conclusion)
    )
    info = SubjectInfo("dataset", "open-text/wiki-pairs", None, Status.FOUND)
    return replace(base, subject=info if subject else base.subject, training_sets=(item,))


def patch_of(report: Report) -> str:
    return FORMATS["card-patch"](report, Page())


def applied(folder: Path, name: str, patch: str, *options: str) -> None:
    """Apply a patch by git; the card must be there."""
    if shutil.which("git") is None:
        pytest.skip("git is absent")
    (folder / "license.patch").write_text(patch, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(
        ["git", "apply", "--unidiff-zero", *options, "license.patch"], cwd=folder, check=True
    )
    assert (folder / name).is_file()


CARDS = {
    "no front matter": CC_BY_SA.lstrip("\n"),
    "blank first": CC_BY_SA,
    "a comment first": f"<!-- made by hand -->\n{CC_BY_SA}",
    "absent": f"---\nlanguage: en\n---\n{CC_BY_SA}",
    "empty front matter": f"---\n---\n{CC_BY_SA}",
    "below blank lines": f"\n\n---\nlanguage:\n- en\n---\n{CC_BY_SA}",
    "placeholder": f"---\nlanguage: en\nlicense: unknown\ntags: [a]\n---\n{CC_BY_SA}",
    "last": f"---\nlanguage: en\nlicense:   'unknown'  # to do\n---\n{CC_BY_SA}",
    "empty": f"---\nlicense:\nlanguage: en\n---\n{CC_BY_SA}",
    "list": f"---\nlicense:\n- unknown\nlanguage: en\n---\n{CC_BY_SA}",
    "indented list": f"---\nlicense:\n    - unknown\n\n# see below\nlanguage: en\n---\n{CC_BY_SA}",
    "flow list": f"---\nlicenses: [unknown]\nlanguage: en\n---\n{CC_BY_SA}",
    "block": f"---\nlicense: >\n  unknown\nlanguage: en\n---\n{CC_BY_SA}",
    "no end of line": f"---\nlicense: unknown\n---\n{CC_BY_SA}".rstrip(),
    "CR LF, absent": f"---\nlanguage: en\n---\n{CC_BY_SA}".replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", CARDS.values(), ids=list(CARDS))
def test_git_applies_it_and_the_card_reads_as_licensed(text: str, tmp_path: Path) -> None:
    before = text.encode()
    (tmp_path / "README.md").write_bytes(before)
    applied(tmp_path, "README.md", patch_of(report_on(before)))
    old = read_card(before, SET)
    new = read_card((tmp_path / "README.md").read_bytes(), SET)
    assert new.problems == ()
    assert [s.expression for s in tag_statements(new)] == ["CC-BY-SA-3.0"]
    assert conclude_card(new).state is LicenseState.EXPLICIT
    others = [(k.text, new.front.key(k.text) is not None) for k, _ in old.front.entries]
    assert all(kept for name, kept in others if not name.startswith("license"))
    assert new.body == old.body


@pytest.mark.parametrize(
    ("words", "expression", "hub_id"),
    [
        ("Open Data Commons Open Database License v1.0", "ODbL-1.0", "odbl"),
        ("GPL-3.0-only license", "GPL-3.0-only", "gpl-3.0"),
        ("GPL-3.0-or-later license", "GPL-3.0-or-later", "other"),
        ("CC BY-SA 2.0 license", "CC-BY-SA-2.0", "other"),
    ],
)
def test_nothing_of_the_license_is_lost(
    words: str, expression: str, hub_id: str, tmp_path: Path
) -> None:
    text = f"---\nlicense:\n- unknown\n---\n{SAYS.format(words)}"
    (tmp_path / "README.md").write_text(text)
    patch = patch_of(report_on(text))
    applied(tmp_path, "README.md", patch)
    new = read_card((tmp_path / "README.md").read_bytes(), SET)
    assert f"license: {hub_id}" in new.lines
    assert [s.expression for s in tag_statements(new)][-1] == expression
    assert ("does not say -only" in patch) == expression.endswith("-only")


def test_a_model_s_sets_are_patched_in_a_folder_of_cards(tmp_path: Path) -> None:
    text = CARDS["placeholder"]
    patch = patch_of(report_on(text, subject=False))
    tree, clone = tmp_path / "tree", tmp_path / "clone"
    for folder in (tree / SET, clone):
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(text)
    applied(tree, f"{SET}/README.md", patch)
    assert "git apply --unidiff-zero -p4 " in patch
    applied(clone, "README.md", patch, "-p4")
    for path in (tree / SET / "README.md", clone / "README.md"):
        assert "license: cc-by-sa-3.0\n" in path.read_text()


REFUSED = {
    "bare YAML": (
        "language: en\nlicense:\n- cc-by-sa-3.0\nsize: big\n" + CC_BY_SA,
        "no --- encloses",
    ),
    "not closed": (f"---\nlanguage: en\n{CC_BY_SA}", "not closed"),
    "a flow mapping": (f"---\n{{language: en}}\n---\n{CC_BY_SA}", "laid out"),
    "CR LF, placeholder": (CARDS["placeholder"].replace("\n", "\r\n"), "CR LF"),
    "lone CR": (CC_BY_SA.replace("# Pairs\n", "# Pairs\rof sentences\n"), "end in different ways"),
    "byte-order mark": ("\ufeff" + CC_BY_SA, "byte-order mark"),
    "twice": (f"---\nlicense: unknown\nlicenses: []\n---\n{CC_BY_SA}", "twice"),
    "parts": (f"---\nlicense:\n  a: unknown\n---\n{CC_BY_SA}", "speaks of parts"),
    "a name beside": (f"---\nlicense: unknown\nlicense_name:\n---\n{CC_BY_SA}", "license_name"),
    "unseen": (f"---\nlicense: unknown # \u202e\n---\n{CC_BY_SA}", "cannot show"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=list(REFUSED))
def test_an_uncertain_place_is_no_place(text: str, why: str) -> None:
    report = report_on(text)
    assert patches(report) == []
    (refusal,) = refusals(report)
    assert why in refusal.why
    written = patch_of(report)
    assert all(line.startswith("# ") for line in written.splitlines() if line)
    assert f"# No patch: {refusal.why}." in written


def said(
    expression: str | None,
    *,
    meaning: Meaning = Meaning.NAMES,
    origin: Origin = Origin.BODY,
    scope: Scope = Scope.DATA,
    restrictions: tuple[Restriction, ...] = (),
) -> Report:
    """A report on a card that says CC-BY-SA-3.0 and one thing more."""
    report = report_on(CARDS["absent"])
    (item,) = report.training_sets
    more = builders.statement("words", expression, SET, line=90, origin=origin, scope=scope)
    more = replace(more, meaning=meaning, restrictions=restrictions)
    statements = (*item.license.statements, more)
    item = replace(item, license=replace(item.license, statements=statements))
    return replace(report, training_sets=(item,))


def test_a_license_that_something_speaks_against_is_not_suggested() -> None:
    part = said("CC-BY-NC-4.0", scope=Scope.PART)
    assert "a part names CC-BY-NC-4.0" in refusals(part)[0].why
    for other in (
        said("MIT"),
        said("MIT", origin=Origin.CLARIFICATION),
        said(None, meaning=Meaning.RESERVES),
        said(None, meaning=Meaning.RESTRICTS, restrictions=(Restriction.NON_COMMERCIAL,)),
    ):
        assert patches(other) == []
        assert len(refusals(other)) == 1
    same = said(None, meaning=Meaning.RESTRICTS, restrictions=(Restriction.ATTRIBUTION,))
    upstream = said("MIT", scope=Scope.UPSTREAM)
    part_alike = said("CC-BY-SA-3.0", scope=Scope.PART)
    assert all(len(patches(report)) == 1 for report in (same, upstream, part_alike))


def test_what_is_not_explicit_or_has_no_id_or_place_is_not_suggested() -> None:
    report = report_on(CARDS["absent"])
    (item,) = report.training_sets

    def why(**changes: object) -> str:
        changed = replace(item, **changes)  # type: ignore[arg-type]  # fields of a training set
        (refusal,) = refusals(replace(report, training_sets=(changed,)))
        return refusal.why

    conflict = replace(item.license, state=LicenseState.CONFLICTING, reason="two disagree")
    assert why(license=conflict) == "its license is conflicting: two disagree"
    assert "does not say where" in why(tag_place=None)
    statement = replace(item.license.statements[0], expression="LicenseRef-Sandwich")
    assert "no id for it" in why(license=replace(item.license, statements=(statement,)))
    elsewhere = replace(statement.evidence, repo="../../etc")
    odd = replace(statement, expression="MIT", evidence=elsewhere)
    assert "not the card of a dataset" in why(license=replace(item.license, statements=(odd,)))


def test_no_patch_where_the_tag_has_said_it() -> None:
    for text in (f"---\nlicense: mit\n---\n{CC_BY_SA}", "---\nlanguage: en\n---\n# Pairs\n"):
        report = report_on(text)
        assert not patches(report)
        assert not refusals(report)
    none = patch_of(factory.report())
    assert none.startswith("# No card that was read states")
    assert "# Of 3 sets no card or record was read." in none
    assert "names no training data" in patch_of(factory.undeclared())
    nothing = replace(
        report_on(CC_BY_SA), subject=SubjectInfo("dataset", "a/b", None, Status.NOT_FOUND)
    )
    assert patch_of(nothing) == "# a/b was not read: there is nothing to go by.\n"


def test_a_place_is_only_reported_where_something_could_be_suggested() -> None:
    data = b"---\nlicense: mit\n---\n"
    card = read_card(data, SET)
    assert tag_place(card, data, conclude_card(card)) is None
    assert tag_place(read_card(None, SET), None, conclude_card(card)) is None
    silent = b"---\nlanguage: en\nlicense:\n- unknown\n---\n"
    card = read_card(silent, SET)
    assert tag_place(card, silent, conclude_card(card)) is None
    data = silent + CC_BY_SA.encode()
    card = read_card(data, SET)
    place = tag_place(card, data, conclude_card(card))
    assert place == TagPlace(3, ("license:", "- unknown"), True)
