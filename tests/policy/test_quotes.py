"""Every finding on a license quotes the line that carries its claim, on all labelled cards."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from provenance.auditing.audit import audit_refs
from provenance.auditing.walk import Bounds
from provenance.hub.snapshot import open_snapshot
from provenance.licensing import symbols_in
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef
from provenance.report.finding import Finding
from provenance.report.license import LicenseConclusion, LicenseStatement

_ON_LICENSES = {"LIC001", "LIC002", "LIC004", "LIC005", "LIC010", "LIC011", "LIC012", "LIC019"}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def _is_quoted(statement: LicenseStatement) -> bool:
    """Whether the words of a statement stand in its line, or the line's in them."""
    raw, line = _letters(statement.raw), _letters(statement.evidence.excerpt)
    return bool(raw) and (raw[:12] in line or line in raw)


def _claimed(finding: Finding, license_: LicenseConclusion) -> set[str]:
    """Licenses concluded that the message names."""
    return {s for s in symbols_in(license_.concluded) if s in finding.message}


@pytest.mark.parametrize(
    ("labels", "folder"),
    [("dataset_licenses.jsonl", None), ("modern_datasets.jsonl", "hub-modern")],
)
def test_the_line_quoted_is_the_line_it_is_about(
    shared: Path, labels: str, folder: str | None
) -> None:
    corpus = shared / "corpus"
    policy = load_policy("builtin:default@1", Path.cwd())
    wrong, looked = [], 0
    for text in (corpus / "labels" / labels).read_text("utf-8").splitlines():
        row = json.loads(text)
        source = open_snapshot(corpus / (folder or row["snapshot"]))
        ref = RepoRef(RepoKind.DATASET, row["dataset"])
        (report,) = audit_refs(
            [ref], source, policy, as_of=datetime.date(2026, 1, 2), bounds=Bounds(jobs=1)
        )
        for finding in report.findings:
            if finding.code not in _ON_LICENSES or finding.subject != ref.path:
                continue
            looked += 1
            quoted = [s for s in report.license.statements if s.evidence in finding.evidence]
            named = {x for s in quoted for x in symbols_in(s.expression or "")}
            missing = {
                symbol
                for symbol in _claimed(finding, report.license)
                if symbol not in named
                and any(symbol in symbols_in(s.expression or "")
                        for s in report.license.statements)
            }  # fmt: skip
            if missing or not any(_is_quoted(s) for s in quoted):
                wrong.append((ref.id, finding.code, sorted(missing)))
    assert looked
    assert not wrong
