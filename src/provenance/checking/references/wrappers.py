"""Functions of the project that hand an id on to a loader: their calls are loaders too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from provenance.checking.references.notebooks import find_in_notebook
from provenance.checking.references.python import find_in_python
from provenance.checking.references.rules import CallRule, Rules
from provenance.checking.references.sites import Gathered, Wrapper
from provenance.report.checked import Confidence, ReferenceKind, ScanNote

_CALLS = 3
"""How many functions of the project an id is followed through."""
_MOST = 400
"""Most wrappers followed; a project with more is a library that takes every name from outside."""


def follow_wrappers(
    gathered: Gathered,
    python: Sequence[str],
    notebooks: Sequence[str],
    reader: Callable[[str], bytes],
    rules: Rules,
) -> None:
    """Add what calls of wrappers give, through up to three of them."""
    known: set[tuple[str, str, str]] = set()
    waiting = gathered.wrappers
    for _ in range(_CALLS):
        new = {(w.file, w.function, w.parameter): w for w in waiting}
        unknown = [w for key, w in sorted(new.items()) if key not in known]
        fresh = unknown[:_MOST]
        if len(unknown) > _MOST:
            site, rest = unknown[_MOST].site, len(unknown) - _MOST
            message = f"{rest} more functions hand an id on: their calls are not followed"
            gathered.notes.append(ScanNote(site.file, site.line, site.column, site.how, message))
        if not fresh:
            return
        known |= set(new)
        part = _calls_of(fresh, python, notebooks, reader, rules)
        gathered.references += part.references
        gathered.pending += part.pending
        waiting = part.wrappers


def _calls_of(
    wrappers: Sequence[Wrapper],
    python: Sequence[str],
    notebooks: Sequence[str],
    reader: Callable[[str], bytes],
    rules: Rules,
) -> Gathered:
    calls = rules.only(tuple(rule for w in wrappers for rule in _rules_of(w)))
    names = {w.function.rpartition(".")[2] for w in wrappers}
    called = re.compile(
        rb"\b(?:%b)\b|super\(" % b"|".join(re.escape(n.encode()) for n in sorted(names))
    )
    modules = {s.encode() for w in wrappers for m in w.modules for s in m.split(".")}
    files = {w.file for w in wrappers}
    gathered = Gathered()
    for path in (*python, *notebooks):
        try:
            data = reader(path)
        except OSError:
            continue
        near = path in files or any(m in data for m in modules)
        if not near or called.search(data) is None:
            continue
        find = find_in_notebook if path in notebooks else find_in_python
        part = find(data, path, calls)
        gathered.references += (
            replace(r, confidence=Confidence.RESOLVED) if r.confidence is Confidence.CERTAIN else r
            for r in part.references
        )
        gathered.wrappers += part.wrappers
        gathered.pending += part.pending
    return gathered


def _rules_of(wrapper: Wrapper) -> list[CallRule]:
    """Calls in its own file, and from files that import it by any ending of its module."""
    site = wrapper.site
    kind: Literal["model", "dataset"] = "dataset" if site.kind is ReferenceKind.DATASET else "model"
    heads = {module.partition(".")[0] for module in wrapper.modules} - {"", "__init__"}
    places = [("<own>", wrapper.file), *((head, None) for head in sorted(heads))]
    return [
        CallRule(
            f"{head}.{wrapper.function}", kind, wrapper.parameter, wrapper.position,
            place=site.place, slash=site.slash, prefixed=site.prefixed, of_project=True,
            within=within,
        )
        for head, within in places
    ]  # fmt: skip
