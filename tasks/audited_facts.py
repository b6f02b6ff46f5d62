"""Licenses that others audited: the Data Provenance Collection and the tasks of ``mteb``.

Each is a catalogue's record: it says what its people found, not what the publisher writes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import cast

from dataset_facts import named_fact
from fact_sources import DPI
from sourced_facts import ROOT

from provenance.hub.digest_facts import DigestedLicense
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.report.evidence import FactSource
from provenance.report.license import Meaning

MTEB = ROOT / "tasks" / "mteb_tasks.json"
_DPI_DATE = "2025-03-25"
"""State of the collection that the records are of."""
_DPI_NAMES = {
    "Apache License 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "GNU General Public License v3.0": "GPL-3.0-only",
    "CDLA Sharing 1.0": "CDLA-Sharing-1.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "Academic Free License v3.0": "AFL-3.0",
    "C-UDA": "C-UDA-1.0",
    "OpenAI": "LicenseRef-OpenAI-Terms",
    "Anthropic": "LicenseRef-Anthropic-Terms",
    "Google Cloud Translation API": "LicenseRef-Google-Cloud-Terms",
    "OANC": "LicenseRef-OANC",
    "LMSYS-Chat-1M Dataset License": "LicenseRef-LMSYS-Chat-1M",
    "Llama 2": "llama2",
    "Meta Llama3 Community License": "llama3",
}
"""The collection's names that the reader of tags does not know as they are."""
_RESEARCH = "Academic Research Purposes Only"
_ELSEWHERE = frozenset({"Custom", "Various", "Request Form", "multiple"})
_UNSAID = "Unspecified"

Audited = dict[str, list[DigestedLicense]]
"""Hub dataset id → facts."""


def data_provenance(path: Path) -> Audited:
    """Audited licenses of the collection's records that lead to a Hub dataset.

    Records of one dataset that agree speak of all of it; where they do not, each speaks of its
    part.
    """
    records: dict[str, dict[str, list[DigestedLicense]]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        record = cast(dict[str, object], json.loads(line))
        repo_id = _dataset_of(str(record.get("hub_url") or ""))
        audited = cast(list[dict[str, str | None]], record["license_audited"])
        if repo_id is not None and audited:
            uid = str(record["uid"])
            facts = [_audited(one, uid) for one in audited]
            records[repo_id][uid] = [f for i, f in enumerate(facts) if f not in facts[:i]]
    return {repo_id: _parts(of_parts) for repo_id, of_parts in sorted(records.items())}


def _dataset_of(url: str) -> str | None:
    ref = parse_hub_url(re.sub(r"/(?:viewer|tree|blob)/.*", "", url.strip()))
    return ref.id if ref is not None and ref.kind is RepoKind.DATASET else None


def _audited(one: dict[str, str | None], uid: str) -> DigestedLicense:
    name, link = one["license"] or _UNSAID, one["url"] or ""
    url = link if re.match(r"https?://", link) else DPI
    source = FactSource(f"Data Provenance Collection, record {uid}", url, _DPI_DATE)
    return _record_of(name, source)


def _record_of(name: str, source: FactSource) -> DigestedLicense:
    if name == _UNSAID:
        return DigestedLicense(name, Meaning.PLACEHOLDER, "catalog", source)
    if name in _ELSEWHERE:
        return DigestedLicense(name, Meaning.REFERS, "catalog", source)
    if name == _RESEARCH:
        return DigestedLicense(name, Meaning.RESTRICTS, "catalog", source, None, ("research-only",))
    meant = _DPI_NAMES.get(name, name)
    if meant.startswith("LicenseRef-"):
        terms = ("model-output-terms",) if name in {"OpenAI", "Anthropic"} else ()
        return DigestedLicense(name, Meaning.NAMES, "catalog", source, meant, terms)
    return replace(named_fact(meant, "catalog", source), value=name)


def _parts(records: dict[str, list[DigestedLicense]]) -> list[DigestedLicense]:
    """One statement for all records where they agree, else one a part and license."""
    said = {frozenset(f.value for f in facts) for facts in records.values()}
    if len(said) == 1:
        return next(iter(records.values()))
    return [replace(f, part=uid) for uid, facts in sorted(records.items()) for f in facts]


def mteb_tasks(path: Path = MTEB) -> Audited:
    """Licenses that tasks give the datasets they are made from; "not specified" says nothing."""
    data = json.loads(path.read_text(encoding="utf-8"))
    title = f"{data['package']} {data['version']}, task"
    by_path: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for task in data["tasks"]:
        if task["license"] != "not specified" and is_repo_id(task["path"]):
            by_path[task["path"]][task["license"]].append(task["task"])
    found: Audited = {}
    for repo_id, licenses in sorted(by_path.items()):
        for value, tasks in sorted(licenses.items()):
            more = f" and {len(tasks) - 1} more" if len(tasks) > 1 else ""
            source = FactSource(
                f"{title} {tasks[0]}{more}", "https://pypi.org/project/mteb/", data["read"]
            )
            fact = _task_fact(value, source)
            part = tasks[0] if len(licenses) > 1 else None
            found.setdefault(repo_id, []).append(replace(fact, part=part))
    return found


def _task_fact(value: str, source: FactSource) -> DigestedLicense:
    if value in _ELSEWHERE:
        return DigestedLicense(value, Meaning.REFERS, "catalog", source)
    fact = named_fact(value, "catalog", source)
    if value.startswith("http") and fact.meaning == Meaning.REFERS:
        return DigestedLicense(value, Meaning.REFERS, "catalog", source)
    return fact
