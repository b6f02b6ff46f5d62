"""How often the interval of a sample of sizes holds the truth, when all licenses are counted.

``python benchmarks/samples.py [DRAWS]`` makes corpora of 180 row groups of 25 pages of 800 records
and draws samples of four kinds from each: single records, spread evenly (as ``scan --sample``
does); pages of which 100 records are taken; and whole row groups, with and without what the row
groups that were not drawn could be. Pages and row groups are drawn systematically, in proportion to
stored bytes, which a Parquet file's footer tells.

Sources: W. G. Cochran, Sampling Techniques, 3rd ed., 5A.15 (poststratified means), 9A (clusters in
proportion to size); E. B. Wilson, JASA 22 (1927).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from provenance.scanning.sampling import Stratum, Sums, amount_interval, wilson

Array = npt.NDArray[np.float64]
GROUPS, PAGES, RECORDS = 180, 25, 800
SHAPE = 0.6
"""Of the gamma distribution of a record's size: its deviation is 1.3 times its mean."""
PIECE = 100
"""Records taken of a page."""
LEAST_SEEN = 20
"""Pages or row groups in which each kind has to be seen, or no interval is given."""
ALPHA = 0.025


@dataclass(frozen=True)
class Corpus:
    """By row group and page: the part of the records that lacks, and mean sizes of both kinds."""

    share: Array
    lacking: Array
    other: Array


@dataclass(frozen=True)
class Drawn:
    """By page or row group: records of both kinds and their bytes."""

    lacking: Array
    lacking_bytes: Array
    other: Array
    other_bytes: Array

    def at(self, chosen: npt.NDArray[np.int64]) -> Drawn:
        """Whole row groups of what was drawn by page."""
        parts = (self.lacking, self.lacking_bytes, self.other, self.other_bytes)
        return Drawn(*(part.sum(axis=1)[chosen] for part in parts))


@dataclass
class Score:
    """Intervals given, those that hold the truth, and the sum of their widths."""

    given: int = 0
    hold: int = 0
    width: float = 0.0

    def add(self, interval: tuple[float, float] | None, truth: float) -> None:
        """Count one draw."""
        if interval is not None:
            low, high = interval
            self.given += 1
            self.hold += low - 1e-9 <= truth <= high + 1e-9
            self.width += high - low


@dataclass
class Scores:
    """A score for each kind of sample."""

    of: dict[str, Score] = field(default_factory=dict)

    def add(self, name: str, interval: tuple[float, float] | None, truth: float) -> None:
        """Count one draw."""
        self.of.setdefault(name, Score()).add(interval, truth)


def even(rng: np.random.Generator) -> Corpus:
    """30 % lack everywhere."""
    del rng
    ones = np.ones((GROUPS, PAGES))
    return Corpus(0.3 * ones, ones.copy(), ones.copy())


def by_group(rng: np.random.Generator) -> Corpus:
    """Each row group has a share and a size of its own."""
    corpus = even(rng)
    corpus.share[:] = rng.beta(1, 2, (GROUPS, 1))
    size = np.exp(rng.normal(0, 1, (GROUPS, 1)))
    return Corpus(corpus.share, corpus.lacking * size, corpus.other * size)


def first(groups: int, size: float) -> Callable[[np.random.Generator], Corpus]:
    """Sorted: what lacks are the first row groups, its texts ``size`` times as long."""

    def make(rng: np.random.Generator) -> Corpus:
        corpus = even(rng)
        corpus.share[:] = 0
        corpus.share[:groups] = 1
        return Corpus(corpus.share, corpus.lacking * size, corpus.other)

    return make


def odd_group(size: float) -> Callable[[np.random.Generator], Corpus]:
    """In one row group the texts of what lacks are ``size`` times as long."""

    def make(rng: np.random.Generator) -> Corpus:
        corpus = even(rng)
        corpus.lacking[77] *= size
        return corpus

    return make


def single_pages(rng: np.random.Generator) -> Corpus:
    """What lacks are single pages, 1 % of all, its texts 30 times as long."""
    corpus = even(rng)
    corpus.share[:] = 0
    corpus.share.flat[rng.choice(GROUPS * PAGES, 45, replace=False)] = 1
    return Corpus(corpus.share, 30 * corpus.lacking, corpus.other)


CORPORA: Mapping[str, Callable[[np.random.Generator], Corpus]] = {
    "30 %, mixed evenly": even,
    "share and size by row group": by_group,
    "first 30 %, 3 x": first(54, 3),
    "first 5 %, 10 x": first(9, 10),
    "one row group, 10 x": first(1, 10),
    "1 % in single pages, 30 x": single_pages,
    "even, but 3 x in one row group": odd_group(3),
    "even, but 10 x in one row group": odd_group(10),
}


def draw(rng: np.random.Generator, c: Corpus, records: int) -> Drawn:
    """``records`` of each page of a corpus."""
    lacking = rng.binomial(records, c.share).astype(np.float64)
    other = records - lacking
    return Drawn(
        lacking,
        rng.gamma(np.maximum(lacking * SHAPE, 1e-12)) * c.lacking / SHAPE * (lacking > 0),
        other,
        rng.gamma(np.maximum(other * SHAPE, 1e-12)) * c.other / SHAPE * (other > 0),
    )


def interval(
    weight: Array, drawn: Drawn, lacking: float, other: float
) -> tuple[float, float] | None:
    """95 % interval of the part of the bytes that lacks; numbers of records are known.

    None where a kind is seen in fewer than :data:`LEAST_SEEN` pages or row groups.
    """
    if min((drawn.lacking > 0).sum(), (drawn.other > 0).sum()) < LEAST_SEEN:
        return None
    seen_lacking, seen_other = (weight * drawn.lacking).sum(), (weight * drawn.other).sum()
    mean_lacking = (weight * drawn.lacking_bytes).sum() / seen_lacking
    mean_other = (weight * drawn.other_bytes).sum() / seen_other
    whole = lacking * mean_lacking + other * mean_other
    part = lacking * mean_lacking / whole
    off_lacking = drawn.lacking_bytes - mean_lacking * drawn.lacking
    off_other = drawn.other_bytes - mean_other * drawn.other
    terms = weight / whole * ((1 - part) * lacking / seen_lacking * off_lacking
                              - part * other / seen_other * off_other)  # fmt: skip
    variance = len(weight) / (len(weight) - 1) * (terms**2).sum()
    return wilson(part, part * (1 - part) / variance)


def with_unseen(found: tuple[float, float] | None, drawn: int) -> tuple[float, float] | None:
    """As wide as it is if the most row groups that 97.5 % of samples miss all lack, or none."""
    if found is None:
        return None
    most, missed = 0, 1.0
    while (missed := missed * (GROUPS - drawn - most) / (GROUPS - most)) >= ALPHA:
        most += 1
    part = most / GROUPS
    return found[0] * (1 - part), found[1] + (1 - found[1]) * part


def single_records(rng: np.random.Generator, c: Corpus, number: int) -> tuple[float, float]:
    """The interval of today's sample, of one file."""
    pages = rng.integers(GROUPS * PAGES, size=number)
    lacks = rng.random(number) < c.share.flat[pages]
    size = rng.gamma(SHAPE, 1 / SHAPE, number)
    size *= np.where(lacks, c.lacking.flat[pages], c.other.flat[pages])
    kinds = [
        Sums(int(of.sum()), float(size[of].sum()), float((size[of] ** 2).sum()))
        for of in (lacks, ~lacks)
    ]
    return amount_interval([Stratum(GROUPS * PAGES * RECORDS, *kinds)])


def one_draw(rng: np.random.Generator, corpus: Corpus, scores: Scores) -> None:
    """Every kind of sample once."""
    every = draw(rng, corpus, RECORDS)
    lacking, other = every.lacking.sum(), every.other.sum()
    stored = (every.lacking_bytes + every.other_bytes).sum(axis=1)
    truth = float(every.lacking_bytes.sum() / stored.sum())
    scores.add("20,000 records", single_records(rng, corpus, 20_000), truth)
    ends = np.cumsum(stored) / stored.sum()
    weight = stored.sum() / stored
    for number in (200, 30, 60):
        points = (np.arange(number) + rng.random()) / number
        groups = np.minimum(np.searchsorted(ends, points, side="right"), GROUPS - 1)
        if number == 200:
            pages = rng.integers(PAGES, size=number)
            parts = (corpus.share, corpus.lacking, corpus.other)
            there = Corpus(*(part[groups, pages] for part in parts))
            found = interval(weight[groups], draw(rng, there, PIECE), lacking, other)
            scores.add("200 pages", found, truth)
            continue
        found = interval(weight[groups], every.at(groups), lacking, other)
        scores.add(f"{number} row groups", found, truth)
        scores.add(f"{number}, and those unseen", with_unseen(found, number), truth)


def main(draws: int) -> None:
    """Print, for each corpus and kind of sample: given, of those right, mean width."""
    for name, make in CORPORA.items():
        rng, scores = np.random.default_rng(5), Scores()
        for _ in range(draws):
            one_draw(rng, make(rng), scores)
        print(name)
        for kind, score in scores.of.items():
            given = max(score.given, 1)
            print(
                f"  {kind:24} given {score.given / draws:4.0%}  "
                f"holds {score.hold / given:.2f}  width {score.width / given:.3f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
