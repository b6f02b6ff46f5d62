from __future__ import annotations

import json

import pytest

from provenance.cards import read_card
from provenance.discovery import wanted_files
from provenance.discovery.config_files import (
    MAX_CONFIG_BYTES,
    ConfigRefusedError,
    config_discovery,
)
from provenance.report.training import DeclaredIn, Discovery

ENTRIES = [
    {"name": "forum/a.jsonl.gz", "lines": 10, "weight": 1},
    {"name": "forum/b.jsonl.gz", "lines": 20, "weight": 2},
    {"name": "stories.jsonl.gz", "lines": 5, "weight": 7},
]


def read(data: object) -> Discovery:
    raw = data if isinstance(data, bytes) else json.dumps(data, indent=1).encode()
    return config_discovery(raw, "models/o/n", "abc", "data_config.json")


def test_entries_of_a_folder_are_one_set() -> None:
    got = [(m.name, {a.measure.unit: a.value for a in m.amounts}) for m in read(ENTRIES).mentions]
    assert got == [
        ("forum", {"lines": 30.0, "sampling weight": 3.0}),
        ("stories", {"lines": 5.0, "sampling weight": 7.0}),
    ]


def test_evidence_is_the_line_of_the_name() -> None:
    stories = read(ENTRIES).mentions[1].evidence
    assert (stories.line, stories.pointer) == (13, "/2/name")
    assert "stories.jsonl.gz" in stories.excerpt


@pytest.mark.parametrize("data", [{"a": 1}, [], [1, "x"], [{"lines": 3}], [{"name": 3}], "x"])
def test_other_json_names_nothing(data: object) -> None:
    assert read(data).mentions == ()


def test_wrong_numbers_are_no_weights() -> None:
    entries = [{"name": "a", "lines": "many", "weight": True}, {"name": "b", "lines": -1}]
    assert [m.amounts for m in read(entries).mentions] == [(), ()]


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b" " * (MAX_CONFIG_BYTES + 1)])
def test_unreadable_files_are_refused(data: bytes) -> None:
    with pytest.raises(ConfigRefusedError):
        read(data)


def adapter(config: object) -> Discovery:
    raw = json.dumps(config, indent=1).encode()
    return config_discovery(raw, "models/o/n", "abc", "adapter_config.json")


def test_an_adapters_configuration_names_its_base_with_its_line() -> None:
    (base,) = adapter({"r": 8, "base_model_name_or_path": "org/nest-7b"}).base_models
    assert (base.id, base.relation, base.declared_in) == (
        "org/nest-7b",
        "adapter",
        DeclaredIn.CONFIG,
    )
    assert (base.evidence.path, base.evidence.line) == ("adapter_config.json", 3)


@pytest.mark.parametrize(
    "config", [{}, [], {"base_model_name_or_path": None}, {"base_model_name_or_path": "./out"}]
)
def test_an_adapters_configuration_that_names_no_model_gives_none(config: object) -> None:
    assert adapter(config) == Discovery(())


def test_an_adapters_configuration_is_asked_where_the_card_gives_no_base() -> None:
    files = ("adapter_config.json", "README.md")
    silent = read_card(b"# Finch", "models/o/n")
    told = read_card(b"---\nbase_model: org/nest\n---\n", "models/o/n")
    assert wanted_files(silent, files) == ("adapter_config.json",)
    assert wanted_files(told, files) == ()
