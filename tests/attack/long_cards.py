"""Cards of 100 KB and more, each made of one thing that takes long to read: by what it is."""

from __future__ import annotations

import random
from collections.abc import Callable

from provenance.privacy.cues import CUES

from .cards import front

_RANDOM = random.Random(1)  # noqa: S311
WORDS = ["".join(_RANDOM.choices("abcdefghij", k=8)) for _ in range(12_000)]


def training(body: str) -> bytes:
    return front("license: mit", f"## Training data\n\n{body}\n")


def _aliases(levels: int) -> bytes:
    lines = [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, levels)]
    last = f"*a{levels - 1}"
    return front("\n".join(["a0: &a0 [x]", *lines, f"license: {last}", f"datasets: {last}"]))


LONG: dict[str, Callable[[], bytes]] = {
    "a heading of signs": lambda: training("## " + "# " * 5_000 + "x"),
    "a heading of signs and blanks": lambda: training("##" + " #" * 2_000 + " " * 5_000 + "x"),
    "a heading of blanks": lambda: training("# x" + " " * 10_000 + "x"),
    "nested aliases": lambda: _aliases(12),
    "nested aliases, more": lambda: _aliases(40),
    "4,000 sets": lambda: front("datasets:\n" + "\n".join(f"- a/{w}" for w in WORDS[:4_000])),
    "a table of 4,000 sets": lambda: training(
        "| Dataset | Tokens |\n|---|---|\n" + "\n".join(f"| {w} | 1,000 |" for w in WORDS[:4_000])
    ),
    "12,000 licenses": lambda: front("license: [" + ", ".join(["mit"] * 12_000) + "]"),
    "100 KB of links": lambda: training(
        "\n".join(f"[{w}](https://huggingface.co/datasets/a/{w})" for w in WORDS[:2_000])
    ),
    "100 KB of links on a line": lambda: training(
        " ".join(f"[{w}](https://huggingface.co/datasets/a/{w})" for w in WORDS[:2_000])
    ),
    "links to licenses": lambda: front(
        "license: other", " ".join(f"[{w}](https://x.org/{w}/LICENSE)" for w in WORDS[:2_000])
    ),
    "a cell that is a list": lambda: training(
        "| Key | Value |\n|---|---|\n| Training data | " + ", ".join(WORDS[:10_000]) + " |"
    ),
    "sets called so": lambda: training(
        "Training used " + ", ".join(f"the {w.title()} dataset" for w in WORDS[:4_000]) + "."
    ),
    "brackets": lambda: training("[" * 20_000 + "x" + "](http://x)" * 4_000),
    "quotes": lambda: training("> " * 40_000 + "x"),
    "parentheses": lambda: training("Trained on (" + "(" * 50_000),
    "tags": lambda: training("<div>" * 20_000),
    "names joined by hyphens": lambda: training("[x AND " + "CC-BY-NC-4.0" * 60 + " AND a"),
    "emphasis": lambda: training("**a" * 20_000),
    "a picture": lambda: training("![x](data:image/png;base64," + "QUJD" * 25_000 + ")"),
    "languages": lambda: front("license: mit\nlanguage: [" + ", ".join(WORDS[:8_000]) + "]"),
    "bases": lambda: front("base_model:\n" + "\n".join(f"- a/{w}" for w in WORDS[:4_000])),
    "sections on licenses": lambda: front(
        "license: mit", "\n".join(f"## License {w}\n\nMIT License" for w in WORDS[:3_000])
    ),
    "rows of use": lambda: front(
        "license: other",
        "## License\n\n| Use | Allowed |\n|---|---|\n" + f"| Sale | {'_' * 2_900}x |\n" * 34,
    ),
    "purposes": lambda: front(
        "license: other", "## License\n\n" + ("research purposes " * 160 + "\n\n") * 34
    ),
    "conditions": lambda: front(
        "license: other", "## License\n\n" + ("provided that you may not " * 110 + "\n\n") * 34
    ),
    "an expression": lambda: front("license: '" + " AND ".join(["MIT"] * 10_000) + "'"),
    "entries to cite": lambda: front(
        "license: mit",
        "```bibtex\n" + "".join(f"@misc{{{w}, title={{b}}}}\n" for w in WORDS)[:99_000],
    ),
}  # fmt: skip


KEYWORDS = sorted({keyword for cue in CUES for keyword in cue.keywords})


def _denied(between: str) -> bytes:
    """200 KB of every word of every privacy cue, none of them affirmed."""
    once = between.join(KEYWORDS) + between
    return front("license: mit", once * (200_000 // len(once)))


DATASETS: dict[str, Callable[[], bytes]] = {
    "words of privacy on a line": lambda: _denied(" not "),
    "words of privacy, each asked": lambda: _denied("? "),
    "columns": lambda: front(
        "dataset_info:\n  features:\n" + "\n".join(f"  - name: {w}" for w in WORDS[:6_000])
    ),
    "sources": lambda: front("source_datasets: [" + ", ".join(WORDS[:8_000]) + "]"),
}
