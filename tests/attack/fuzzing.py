"""Inputs made of known faults, changed at random, and what must hold of each.

A target takes a random source and an input's number, makes an input and reads it as the program
does. It raises when the program fails on it, and returns the input's bytes for the record.
"""

from __future__ import annotations

import datetime
import gzip
import io
import math
import random
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from provenance.auditing.audit import audit_refs
from provenance.auditing.faults import FAULT
from provenance.cards import read_card
from provenance.checking.references.rules import Rules
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import scan_files
from provenance.errors import PolicyError, ProvenanceError, SourceError, UsageError
from provenance.hub.body import BrokenError, Decoder, TooLargeError
from provenance.hub.info import parse_info
from provenance.hub.interface import Repository
from provenance.hub.manifest import parse_manifest
from provenance.hub.snapshot import Snapshot
from provenance.hub.tree import ZipTree
from provenance.policy import Policy, load_policy
from provenance.policy.document import read_document
from provenance.policy.problems import check
from provenance.refs import RepoKind, RepoRef
from provenance.render import Page, render_reports
from provenance.report.report import Report
from provenance.report.serialize import from_json, to_json

from .cards import CARDS, CONFIGS, GOOD, INFOS, PUMPED, SMALL, broken_zips
from .long_cards import DATASETS, LONG
from .one_card import OneCard

AS_OF = datetime.date(2026, 1, 1)


TOKENS = (
    b"\n", b"\r\n", b"---\n", b"```\n", b"# ", b"## Training data\n", b"| ", b" | ", b"|---|---|\n",
    b"license: ", b"license: other\n", b"- mit\n", b"datasets:\n- ", b"base_model: ", b"&a ", b"*a",
    b"[", b"]", b"{", b"}", b"(", b")", b"<", b">", b"<!--", b"-->", b'"', b"'", b"`", b"**", b"_",
    b"http://", b"https://huggingface.co/datasets/", b"@", b":", b"::error::", b"##[error]", b",",
    b"\xff", b"\x00", b"\xed\xa0\x80", "\u202e".encode(), "\u2028".encode(), "\u3000".encode(),
    b"1,000", b"9" * 40, b"1e999", b"NaN", b" GB", b"%", b"trained on ", b"fine-tuned on ",
    b"the following datasets: ", b" and ", b"MIT", b"CC-BY-NC-4.0", b" AND ", b" OR ", b"WITH ",
    b"arXiv:2001.00001", b"doi:10.1/x", b"@misc{a, title={b}}", b"<div>", b"&lt;", b"\\", b"\t",
)  # fmt: skip


_STARTS = (
    b"# ", b"## ", b"> ", b"- ", b"1. ", b"| ", b"    ", b"**", b"<b>", b"[", b"(", b"- x: ", b'"',
    b"license: ", b"trained on ", b"@misc{a, b={", b"<!-- ",
)  # fmt: skip
_FILLS = (
    b" ", b"\t", b"#", b" #", b"-", b"=", b"*", b"_", b"`", b"|", b"> ", b"[", b"(", b".", b"\\",
    b"a-", b"a ", b"A, ", b"1", b"a/", b"<", b"{", b"a_", b"\xe3\x80\x81", b"\xe3\x80\x80", b"MIT ",
)  # fmt: skip


def long_line(rng: random.Random) -> bytes:
    """A line that starts as some part of a card does, nested, and goes on with one thing.

    What makes a pattern slow is such a run with something behind it that does not fit.
    """
    start = rng.choice(_STARTS) * rng.choice((1, 1, 1, 2, 6, 40))
    fill = rng.choice(_FILLS) * rng.choice((60, 400, 1_200))
    return b"\n" + start + rng.choice((b"", b"x")) + fill + rng.choice((b"", b"x", b"x #")) + b"\n"


def mutated(rng: random.Random, seeds: list[bytes], most: int = 12_000) -> bytes:
    """A seed with some of its bytes changed, moved, repeated, or another's spliced in."""
    data = bytearray(rng.choice(seeds)[:most])
    for _ in range(rng.choice((1, 1, 2, 3, 5, 9))):
        at = rng.randrange(len(data) + 1)
        way = rng.randrange(9)
        if way == 0 and data:
            data[at % len(data)] ^= 1 << rng.randrange(8)
        elif way == 1:
            data[at:at] = rng.choice(TOKENS)
        elif way == 2:
            data[at:at] = rng.choice(TOKENS) * rng.choice((2, 9, 60, 400))
        elif way == 3:
            del data[at : at + rng.choice((1, 3, 20, 300))]
        elif way == 4:
            other = rng.choice(seeds)[:most]
            start = rng.randrange(len(other) + 1)
            data[at:at] = other[start : start + rng.choice((5, 60, 900))]
        elif way == 5:
            piece = bytes(data[at : at + rng.choice((1, 7, 40))])
            data[at:at] = piece * rng.choice((2, 30, 200))
        elif way == 6:
            del data[at:]
        elif way == 7:
            data[at:at] = long_line(rng)
        else:
            data[at:at] = bytes(rng.randrange(256) for _ in range(rng.choice((1, 4))))
    return bytes(data[:most])


@cache
def _policy() -> Policy:
    return load_policy("default", Path("/"))


SEEDS = [*CARDS.values(), GOOD]


def hold(report: Report) -> None:
    """What must be true of every report."""
    sound(report)
    read_back(report)


def read_back(report: Report) -> None:
    """The JSON of a report is read as the same report."""
    text = to_json(report)
    assert to_json(from_json(text)) == text


def sound(report: Report) -> None:
    """No fault of the program behind a status; numbers are finite, intervals are intervals."""
    words = [report.subject.status, *(str(note) for note in report.notes)]
    assert not any(FAULT in str(word) for word in [*words, *report.training_sets]), words
    assert not any(FAULT in str(node) for node in report.lineage.nodes)
    assert FAULT not in report.license.reason
    for one in report.coverage:
        for number in (one.total, one.lacking, one.fraction, one.low, one.high):
            assert number is None or math.isfinite(number), one
        if one.low is not None and one.high is not None:
            assert -1e-9 <= one.low <= one.high + 1e-9 <= 1 + 1e-6, one


def card(rng: random.Random) -> bytes:
    """A card, audited as a model and as a dataset, and shown."""
    data = mutated(rng, SEEDS)
    files = {}
    if rng.random() < 0.2:
        files["data_config.json"] = mutated(rng, list(CONFIGS.values()), 4_000)
    if rng.random() < 0.2:
        files["LICENSE"] = mutated(rng, SEEDS, 4_000)
    refs = [RepoRef(kind, "acme/fuzzed") for kind in RepoKind]
    reports = audit_refs(refs, OneCard(data, files), _policy(), as_of=AS_OF)
    for report in reports:
        hold(report)
    render_reports(rng.choice(("text", "markdown", "csv")), reports, Page(80, False, False, False))
    return data


SHORT = 1_500
"""Bytes of a small card, so that hundreds are read in a second."""
SMALL_SEEDS = [*SMALL, *PUMPED, *(seed for seed in SEEDS if len(seed) <= SHORT)]


def small_card(rng: random.Random) -> bytes:
    """A short card, audited as a model or a dataset; one in 8 is read back, one in 32 shown."""
    data = mutated(rng, SMALL_SEEDS, SHORT)
    kind = rng.choice((RepoKind.MODEL, RepoKind.MODEL, RepoKind.DATASET))
    refs = [RepoRef(kind, "acme/fuzzed")]
    reports = audit_refs(refs, OneCard(data, {}), _policy(), as_of=AS_OF)
    sound(reports[0])
    sample = rng.randrange(32)
    if sample % 8 == 0:
        read_back(reports[0])
    if sample == 0:
        name = rng.choice(("text", "markdown", "csv"))
        render_reports(name, reports, Page(80, False, False, False))
    return data


LARGE = 200_000
"""Bytes of a large card: as much as is read of a text, and more."""
_HEADS = (
    "", "## Training data\n\n", "## Training\n\n", "## License\n\n", "## Base model\n\n",
    "## Evaluation\n\n", "## Intended use\n\n", "## Personal and Sensitive Information\n\n",
    "## Training data\n\n| Dataset | Tokens | License |\n|---|---|---|\n",
    "```yaml\nbase_model: a/b\n", "## Dataset Structure\n\n", "## Merge\n\nThis is a merge of:\n\n",
)  # fmt: skip
_JOINS = ("", " ", "\n", "\n\n", ", ", " and ", "; ", " | ", ". ", "\n- ", "\n| ", "? ", " not ")


def grown(rng: random.Random) -> bytes:
    """A card whose text is one or two things said over and over, with another name each time."""
    seeds = rng.choice((SMALL, SEEDS))
    head = rng.choice(_HEADS).encode()
    lines = [x for x in rng.choice(seeds).partition(b"\n---\n")[2].split(b"\n") if x] or [b"x"]
    units = [rng.choice((rng.choice(lines)[:300], rng.choice(TOKENS))) for _ in range(2)]
    join = rng.choice(_JOINS).encode()
    parts = [head]
    size = 0
    number = 0
    while size < LARGE:
        part = rng.choice(units) + (b"-%d" % number if rng.random() < 0.5 else b"") + join
        parts.append(part)
        size += len(part) + 1
        number += 1
    front = b"---\nlicense: mit\ndatasets: [squad]\n---\n" if rng.random() < 0.7 else b""
    return front + b"".join(parts)


def large_card(rng: random.Random) -> bytes:
    """A card as large as what is read of one, audited as a model or a dataset."""
    made = rng.randrange(4)
    if made == 0:
        data = grown(rng)
    elif made == 1:
        data = mutated(rng, [grown(rng)], LARGE)
    else:
        long = rng.choice((*LONG.values(), *DATASETS.values())).long()
        data = mutated(rng, [long, *SMALL], LARGE)
    kind = rng.choice((RepoKind.MODEL, RepoKind.MODEL, RepoKind.DATASET))
    reports = audit_refs([RepoRef(kind, "acme/fuzzed")], OneCard(data, {}), _policy(), as_of=AS_OF)
    sound(reports[0])
    return data


def front_matter(rng: random.Random) -> bytes:
    """Front matter only: the reader and its bounds."""
    data = b"---\n" + mutated(rng, SEEDS, 6_000) + b"\n---\n"
    read_card(data, "models/a/b")
    return data


def answer(rng: random.Random) -> bytes:
    """Answers of the Hub's API, and bodies in the coding that is asked for."""
    data = mutated(rng, [*INFOS.values(), *CONFIGS.values()], 200_000)
    with suppress(msgspec.DecodeError):
        parse_info(data)
    with suppress(UsageError):
        parse_manifest(data, "snapshot.json")
    body(rng, data[:5000])
    return data


def body(rng: random.Random, data: bytes) -> None:
    """A file in the coding that is asked for: what is taken for whole is what its sender packed.

    Raises:
        AssertionError: it is half of that, or another one.

    """
    packed = mutated(rng, [gzip.compress(data, mtime=0)], 100_000)
    decoder = Decoder("http://x", {"content-encoding": "gzip"}, 100_000)
    with suppress(BrokenError, TooLargeError):
        for at in range(0, len(packed), 700):
            decoder.feed(packed[at : at + 700])
        assert decoder.whole() == gzip.decompress(packed)  # raises where it is not whole


POLICIES = [
    b"version: 1\nuse: internal\nlicenses:\n  allow: [MIT, group:permissive]\n",
    b"version: 1\nextends: [builtin:default@1]\ncoverage:\n  max_lacking: 5%\n",
    b"version: 1\nexceptions:\n- rule: LIC001\n  subject: datasets/a/b\n  expires: 2030-01-01\n"
    b"  owner: a@b.c\n  reason: because\n",
    b"version: 1\nextends: [/etc/passwd]\n",
    b"version: 1\ncoverage: {max_lacking: 1e999}\n",
    b"version: 1\ncoverage: {max_lacking: " + b"9" * 400 + b"}\n",
    b"a: " + b"[" * 900 + b"]" * 900,
    b"a0: &a0 [x]\n"
    + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 20)),
]


def policy(rng: random.Random) -> bytes:
    """A policy file: valid, or refused with its places."""
    data = mutated(rng, POLICIES, 8_000)
    text = data.decode("utf-8", "replace")
    with suppress(PolicyError):
        check(read_document(text, "provenance.yaml"), frozenset())
    return data


@cache
def _zips() -> list[bytes]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("models/acme/fuzzed/README.md", GOOD)
        archive.writestr("models/acme/fuzzed/info.json", b'{"sha": "' + b"a" * 40 + b'"}')
        archive.writestr("snapshot.json", b'{"schema": "1"}')
    return [buffer.getvalue(), *broken_zips().values()]


def archive(rng: random.Random, folder: Path) -> bytes:
    """A zip as a snapshot."""
    data = mutated(rng, _zips(), 50_000)
    path = folder / "fuzz.zip"
    path.write_bytes(data)
    with suppress(SourceError, UsageError):
        tree = ZipTree(path)
        raw = tree.read("snapshot.json", 10_000)
        snapshot = Snapshot(tree, parse_manifest(raw or b"{}", "x"), "fuzz")
        for kind in RepoKind:
            for repo_id in snapshot.ids(kind):
                found = snapshot.fetch(RepoRef(kind, repo_id))
                if isinstance(found, Repository):
                    snapshot.describe(found)
    return data


CODE = [
    b'from datasets import load_dataset\nds = load_dataset("acme/words", revision="x")\n',
    b'name = f"acme/{x}"\nAutoModel.from_pretrained(name)\nclass A:\n    m = "a/b"\n',
    b'{"cells": [{"cell_type": "code", "source": ["load_dataset(\\"a/b\\")\\n"]}]}',
    b"model:\n  name: acme/tiny\n  path: ${oc.env:X}\n- a: *b\n",
    b"#!/bin/sh\nhuggingface-cli download acme/tiny --repo-type dataset && wget https://hf.co/a/b\n",
    b'[tool]\nmodel = "acme/tiny"\na = [[[]]]\n',
    b"a = " + b"[" * 2_000 + b"]" * 2_000,
    b"x = " + b"(" * 150 + b"1" + b")" * 150 + b"\nload_dataset('a/b')\n",
    b"n = " + b"9" * 5_000 + b"\nload_dataset('a/b')\n",
]
_NAMES = ("a.py", "a.ipynb", "a.yaml", "a.sh", "a.toml", "a.json", "README.md", "Dockerfile")


@cache
def _rules() -> Rules:
    return load_rules()


def repository(rng: random.Random) -> bytes:
    """Files of a repository, searched for references."""
    contents = {name: mutated(rng, CODE, 6_000) for name in rng.sample(_NAMES, 3)}
    scan_files(sorted(contents), contents.__getitem__, _rules(), (), jobs=1)
    return b"\n".join(contents.values())


def targets(folder: Path) -> dict[str, Callable[[random.Random], bytes]]:
    """Every target by name; ``folder`` is for files."""
    return {
        "card": card,
        "small card": small_card,
        "large card": large_card,
        "front matter": front_matter,
        "answer": answer,
        "policy": policy,
        "archive": lambda rng: archive(rng, folder),
        "repository": repository,
    }


def timed(target: Callable[[random.Random], bytes], seed: int) -> tuple[float, bytes]:
    """CPU seconds that one input took, and the input.

    Raises:
        Exception: whatever the program failed with; a refusal is no failure.

    """
    rng = random.Random(seed)  # noqa: S311  inputs to be made again, no secret
    start = time.process_time()
    try:
        data = target(rng)
    except ProvenanceError as error:
        data = str(error).encode()
    return time.process_time() - start, data
