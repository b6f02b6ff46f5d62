"""Cards of 100 KB and more, each made of one thing that takes long to read: by what it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Sized:
    """A card made of so many of one thing, and how many make it long."""

    most: int
    of: Callable[[int], bytes]

    def long(self) -> bytes:
        return self.of(self.most)

    def short(self) -> bytes:
        """A tenth of it."""
        return self.of(self.most // 10)


LONG: dict[str, Sized] = {
    "a heading of signs": Sized(5_000, lambda n: training("## " + "# " * n + "x")),
    "a heading of signs and blanks": Sized(
        5_000, lambda n: training("##" + " #" * (2 * n // 5) + " " * n + "x")
    ),
    "a heading of blanks": Sized(10_000, lambda n: training("# x" + " " * n + "x")),
    "nested aliases": Sized(12, _aliases),
    "nested aliases, more": Sized(40, _aliases),
    "4,000 sets": Sized(
        4_000, lambda n: front("datasets:\n" + "\n".join(f"- a/{w}" for w in WORDS[:n]))
    ),
    "a table of 4,000 sets": Sized(
        4_000,
        lambda n: training(
            "| Dataset | Tokens |\n|---|---|\n" + "\n".join(f"| {w} | 1,000 |" for w in WORDS[:n])
        ),
    ),
    "12,000 licenses": Sized(12_000, lambda n: front("license: [" + ", ".join(["mit"] * n) + "]")),
    "100 KB of links": Sized(
        2_000,
        lambda n: training(
            "\n".join(f"[{w}](https://huggingface.co/datasets/a/{w})" for w in WORDS[:n])
        ),
    ),
    "100 KB of links on a line": Sized(
        2_000,
        lambda n: training(
            " ".join(f"[{w}](https://huggingface.co/datasets/a/{w})" for w in WORDS[:n])
        ),
    ),
    "links to licenses": Sized(
        2_000,
        lambda n: front(
            "license: other", " ".join(f"[{w}](https://x.org/{w}/LICENSE)" for w in WORDS[:n])
        ),
    ),
    "a cell that is a list": Sized(
        10_000,
        lambda n: training(
            "| Key | Value |\n|---|---|\n| Training data | " + ", ".join(WORDS[:n]) + " |"
        ),
    ),
    "sets called so": Sized(
        4_000,
        lambda n: training(
            "Training used " + ", ".join(f"the {w.title()} dataset" for w in WORDS[:n]) + "."
        ),
    ),
    "brackets": Sized(20_000, lambda n: training("[" * n + "x" + "](http://x)" * (n // 5))),
    "quotes": Sized(40_000, lambda n: training("> " * n + "x")),
    "parentheses": Sized(50_000, lambda n: training("Trained on (" + "(" * n)),
    "tags": Sized(20_000, lambda n: training("<div>" * n)),
    "names joined by hyphens": Sized(
        60, lambda n: training("[x AND " + "CC-BY-NC-4.0" * n + " AND a")
    ),
    "emphasis": Sized(20_000, lambda n: training("**a" * n)),
    "a picture": Sized(
        25_000, lambda n: training("![x](data:image/png;base64," + "QUJD" * n + ")")
    ),
    "languages": Sized(
        8_000, lambda n: front("license: mit\nlanguage: [" + ", ".join(WORDS[:n]) + "]")
    ),
    "bases": Sized(
        4_000, lambda n: front("base_model:\n" + "\n".join(f"- a/{w}" for w in WORDS[:n]))
    ),
    "sections on licenses": Sized(
        3_000,
        lambda n: front(
            "license: mit", "\n".join(f"## License {w}\n\nMIT License" for w in WORDS[:n])
        ),
    ),
    "rows of use": Sized(
        34,
        lambda n: front(
            "license: other",
            "## License\n\n| Use | Allowed |\n|---|---|\n" + f"| Sale | {'_' * 2_900}x |\n" * n,
        ),
    ),
    "purposes": Sized(
        34,
        lambda n: front(
            "license: other", "## License\n\n" + ("research purposes " * 160 + "\n\n") * n
        ),
    ),
    "conditions": Sized(
        34,
        lambda n: front(
            "license: other", "## License\n\n" + ("provided that you may not " * 110 + "\n\n") * n
        ),
    ),
    "an expression": Sized(10_000, lambda n: front("license: '" + " AND ".join(["MIT"] * n) + "'")),
    "entries to cite": Sized(
        99_000,
        lambda n: front(
            "license: mit",
            "```bibtex\n" + "".join(f"@misc{{{w}, title={{b}}}}\n" for w in WORDS)[:n],
        ),
    ),
}


KEYWORDS = sorted({keyword for cue in CUES for keyword in cue.keywords})


def _denied(between: str, size: int) -> bytes:
    """So many bytes of every word of every privacy cue, none of them affirmed."""
    text = (between.join(KEYWORDS) + between) * (size // 1_000 + 1)
    return front("license: mit", text[:size])


DATASETS: dict[str, Sized] = {
    "words of privacy on a line": Sized(200_000, lambda n: _denied(" not ", n)),
    "words of privacy, each asked": Sized(200_000, lambda n: _denied("? ", n)),
    "columns": Sized(
        6_000,
        lambda n: front(
            "dataset_info:\n  features:\n" + "\n".join(f"  - name: {w}" for w in WORDS[:n])
        ),
    ),
    "sources": Sized(8_000, lambda n: front("source_datasets: [" + ", ".join(WORDS[:n]) + "]")),
}
