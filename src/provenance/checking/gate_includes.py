"""Local files that a CI file of GitLab includes: they can redefine the gate's job. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase

from provenance.cards.yaml_tree import (
    Scalar,
    YamlMapping,
    YamlNode,
    YamlRefusedError,
    YamlSequence,
    parse,
)
from provenance.checking.gate_parts import Part, gitlab_part, names_in
from provenance.checking.gate_runners import runs_the_gate
from provenance.checking.loosened import Allowance
from provenance.report.checked import Loosened, Loosening

ROOTS = (".gitlab-ci.yml", ".gitlab-ci.yaml")
"""Files that GitLab begins with."""


def included_files(data: bytes, known: Collection[str]) -> list[str]:
    """Files of the repository that ``include:`` names, of those that are known.

    A text is a path where it is no address, ``local:`` is one, and ``*`` stands for any names
    (docs.gitlab.com, "CI/CD YAML syntax reference", ``include``).
    """
    try:
        root = parse(data.decode("utf-8", "replace"))
    except YamlRefusedError:
        return []
    node = root.get("include") if isinstance(root, YamlMapping) else None
    patterns = [text.lstrip("/") for text in _local(node) if "://" not in text]
    return sorted(
        {
            name
            for pattern in patterns
            for name in known
            if name == pattern or ("*" in pattern and fnmatchcase(name, pattern))
        }
    )


def _local(node: YamlNode | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, YamlSequence):
        for item in node.items:
            yield from _local(item)
    elif isinstance(node, YamlMapping):
        yield from _local(node.get("local"))


def redefining_items(
    root: str,
    old: Mapping[str, bytes],
    new: Mapping[str, bytes | None],
    callers: re.Pattern[str] | None,
    allow: Allowance,
) -> list[Loosening]:
    """Included files that say something else of the gate's jobs, or of all jobs, than at the base.

    Args:
        root: the file that includes the others.
        old: it and what it includes, as the base has them.
        new: the same, as they stand now.
        callers: what else runs the gate.
        allow: what the base lets a change loosen.

    """
    holding = [data for data in old.values() if runs_the_gate(data)]
    named = {
        name for data in holding for name in names_in(gitlab_part(_text(data), callers, set()))
    }
    items = []
    for path in sorted(new) if holding else ():
        if path == root or runs_the_gate(old.get(path, b"")):
            continue  # compared as one that runs the gate
        before, now = (
            _told(side, callers, named) for side in (old.get(path, b""), new[path] or b"")
        )
        if before != now:
            what = f"{path}, which {root} includes, says something else of the gate's job"
            items.append(allow.of(Loosened.WORKFLOWS, what, path, content=now))
    return items


def _told(data: bytes, callers: re.Pattern[str] | None, named: set[str]) -> Part | None:
    """What of an included file is compared; the whole where it cannot be told."""
    part = gitlab_part(_text(data), callers, named)
    return part if part is not None else _text(data)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
