"""Files of a model's repository that say what it was made from: mixtures, an adapter's base."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from provenance import lazy_re as re
from provenance.discovery.nameless import names_no_model
from provenance.discovery.quantities import LARGEST
from provenance.refs import is_repo_id
from provenance.report.evidence import Evidence, excerpt
from provenance.report.training import (
    Amount,
    BaseModelMention,
    DeclaredIn,
    Discovery,
    Measure,
    Mention,
    Role,
)

CONFIG_NAMES = ("data_config.json", "data_configs.json", "dataset_config.json", "data_mix.json")
"""Files read when a repository has one or its card names one."""
ADAPTER_CONFIG = "adapter_config.json"
"""PEFT's configuration of an adapter (https://huggingface.co/docs/peft), which names its base."""
MAX_CONFIG_BYTES = 5_000_000
MAX_ENTRIES = 100_000
_WINDOW = 2_000
"""Lines that an entry is looked for in, after the one before it."""

_NAME_KEYS = ("name", "dataset", "path", "file", "source")
_UNITS = {
    "lines": "lines", "rows": "rows", "num_lines": "lines", "num_examples": "examples",
    "examples": "examples", "samples": "samples", "tokens": "tokens", "num_tokens": "tokens",
    "weight": "sampling weight", "weights": "sampling weight", "proportion": "sampling weight",
    "probability": "sampling weight", "prob": "sampling weight",
}  # fmt: skip
_SUFFIXES = re.compile(r"(?i)(?:\.(?:jsonl?|csv|tsv|txt|parquet|arrow|gz|zst|bz2|xz)){1,4}$")


class ConfigRefusedError(ValueError):
    """A configuration file is not the list of sets it seemed to be."""


@dataclass
class _Group:
    """Entries of one folder or file, summed."""

    evidence: Evidence
    pointer: str
    sums: dict[str, float]


def config_discovery(data: bytes, repo: str, revision: str | None, path: str) -> Discovery:
    """Sets, counts and sampling weights of one configuration file.

    Reads a JSON list of objects with a name and numbers; entries of one folder
    (``reddit/reddit_2015.jsonl.gz``) are one set. Of ``adapter_config.json`` the base model. Any
    other JSON gives nothing.

    Raises:
        ConfigRefusedError: the file is too large or not JSON.

    """
    if len(data) > MAX_CONFIG_BYTES:
        raise ConfigRefusedError(f"larger than {MAX_CONFIG_BYTES:,} bytes")
    text = data.decode("utf-8-sig", errors="replace")
    try:
        entries: object = json.loads(text)
    except (ValueError, RecursionError):
        raise ConfigRefusedError("not readable JSON") from None
    if path == ADAPTER_CONFIG:
        return _adapter(entries, _Lines(text, repo, revision, path))
    if not isinstance(entries, list):
        return Discovery(())
    if len(entries) > MAX_ENTRIES:
        raise ConfigRefusedError(f"more than {MAX_ENTRIES:,} entries")
    lines = _Lines(text, repo, revision, path)
    groups: dict[str, _Group] = {}
    for index, entry in enumerate(entries):
        if isinstance(entry, Mapping):
            _add(groups, entry, index, lines)
    return Discovery(tuple(_mention(name, group, path) for name, group in groups.items()))


def _adapter(config: object, lines: _Lines) -> Discovery:
    """The base model of an adapter; a path of the publisher's machine is none."""
    name = config.get("base_model_name_or_path") if isinstance(config, Mapping) else None
    if not isinstance(name, str) or not is_repo_id(name) or names_no_model(name):
        return Discovery(())
    evidence = lines.quote(name, "/base_model_name_or_path")
    return Discovery(
        (), base_models=(BaseModelMention(name, name, "adapter", DeclaredIn.CONFIG, evidence),)
    )


class _Lines:
    """Finds the line a name stands on, searching forward only."""

    def __init__(self, text: str, repo: str, revision: str | None, path: str) -> None:
        self._lines = text.replace("\r\n", "\n").split("\n")
        self._at = 0
        self._where = (repo, revision, path)

    def quote(self, name: str, pointer: str) -> Evidence:
        repo, revision, path = self._where
        needle = json.dumps(name)
        for index in range(self._at, min(self._at + _WINDOW, len(self._lines))):
            if needle in self._lines[index] or name in self._lines[index]:
                self._at = index
                shown = excerpt(self._lines[index])
                return Evidence(repo, revision, path, index + 1, pointer, shown)
        return Evidence(repo, revision, path, None, pointer, excerpt(name))


def _add(groups: dict[str, _Group], entry: Mapping[str, object], index: int, lines: _Lines) -> None:
    key = next((k for k in _NAME_KEYS if isinstance(entry.get(k), str) and entry[k]), None)
    if key is None:
        return
    name = str(entry[key])
    folder, slash, _ = name.partition("/")
    label = folder if slash and folder else _SUFFIXES.sub("", name)
    group = groups.get(label)
    if group is None:
        pointer = f"/{index}/{key}"
        group = groups[label] = _Group(lines.quote(name, pointer), pointer, {})
    for field, value in entry.items():
        unit = _UNITS.get(str(field).lower())
        if unit and isinstance(value, int | float) and _is_count(value):
            group.sums[unit] = group.sums.get(unit, 0.0) + value


def _is_count(value: float) -> bool:
    """Whether a number can count something: JSON as Python reads it has NaN, infinity, 10**400."""
    return not isinstance(value, bool) and 0 <= value <= LARGEST


def _mention(name: str, group: _Group, path: str) -> Mention:
    amounts = tuple(
        Amount(Measure(unit, path), value, row=f"{path}:{name}")
        for unit, value in group.sums.items()
    )
    return Mention(
        name=name,
        id=None,
        url=None,
        declared_in=DeclaredIn.CONFIG,
        role=Role.TRAINING,
        evidence=group.evidence,
        amounts=amounts,
    )
