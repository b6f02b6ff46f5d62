"""A merged policy as text: each value with the file and line that set it. Pure."""

from __future__ import annotations

import json

from provenance.amounts import place
from provenance.pointers import escaped
from provenance.policy.document import Json
from provenance.policy.model import Policy
from provenance.policy.rules import all_rules


def show_policy(policy: Policy) -> str:
    """The merged policy as YAML, each value followed by where it was set.

    Rules that no file speaks of follow with the severity of their own.
    """
    document: dict[str, Json] = json.loads(policy.document)
    lines: list[tuple[str, str]] = []
    _show(document, "", 0, policy, lines)
    widest = min(max((len(text) for text, _ in lines), default=0), 60)
    shown = [f"{text:<{widest}}  # {where}" if where else text for text, where in lines]
    head = [f"# policy {policy.name}", f"# sha256 {policy.sha256}", ""]
    return "\n".join([*head, *shown, "", *_own_levels(document)]) + "\n"


def _show(
    node: Json, pointer: str, depth: int, policy: Policy, lines: list[tuple[str, str]]
) -> None:
    indent = "  " * depth
    if isinstance(node, dict):
        for key, value in node.items():
            _entry(f"{indent}{key}:", value, f"{pointer}/{escaped(key)}", depth, policy, lines)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            _entry(f"{indent}-", value, f"{pointer}/{index}", depth, policy, lines)


def _entry(
    head: str, value: Json, pointer: str, depth: int, policy: Policy, lines: list[tuple[str, str]]
) -> None:
    if isinstance(value, dict | list) and value:
        lines.append((head, ""))
        _show(value, pointer, depth + 1, policy, lines)
        return
    origin = policy.origins.get(pointer)
    where = place(origin.file, origin.line) if origin is not None else ""
    lines.append((f"{head} {json.dumps(value, ensure_ascii=False)}", where))


def _own_levels(document: dict[str, Json]) -> list[str]:
    """Rules whose severity no file sets."""
    lines = []
    for rule in all_rules().values():
        section = document.get(rule.section.value)
        if not isinstance(section, dict) or rule.name not in section:
            level = rule.severity.value if rule.severity else "ignore"
            lines.append(f"# {rule.code} {rule.setting}: {level}")
    return ["# rules that no file sets, with their own severity:", *lines] if lines else []
