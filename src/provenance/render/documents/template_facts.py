"""What sections 1.3 and 2.3 of the Commission's template can be told from a report.

The bands of text and images are as published summaries fill them in
(https://raw.githubusercontent.com/AIAccountabilityLab/gpai-training-transparency/
215145044dd56ed879b4c56d87d0bd7b3f94e787/public/archive/Phi3.5_Vision_Instruct_2026_09_11.pdf, read
on 2026-11-30). Those of audio and video could not be read anywhere: hours are given and no band.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.report import shares
from provenance.report.coverage import Coverage, Reading
from provenance.report.evidence import Evidence
from provenance.report.report import Report
from provenance.report.training import Signal, TrainingSet
from provenance.vocabulary.topics import AFFIRMED, Topic


@frozen
class Bands:
    """The bands of one modality, in one unit."""

    modality: str
    unit: str
    low: float
    """Below it is the first band."""
    high: float
    """Above it is the last band."""
    names: tuple[str, str, str]

    def of(self, amount: float) -> int:
        """Which of the names an amount has."""
        return 0 if amount < self.low else 1 if amount <= self.high else 2


BANDS = (
    Bands(
        "text",
        "tokens",
        1e9,
        1e13,
        (
            "less than 1 billion tokens",
            "1 billion to 10 trillion tokens",
            "more than 10 trillion tokens",
        ),
    ),
    Bands(
        "image",
        "images",
        1e6,
        1e9,
        (
            "less than 1 million images",
            "1 million to 1 billion images",
            "more than 1 billion images",
        ),
    ),
)


@frozen
class SizeBand:
    """What a report says of the size of one modality."""

    modality: str
    amount: float | None
    """Known part; ``None``: nothing in the unit of its bands is stated."""
    unit: str
    basis: str
    band: str | None
    """The band that the known part is in; ``None``: nothing is known, or no band could be read."""
    known: int
    """Sets that the amount is of."""
    whole: bool
    """Whether every own set is in it: the band is at least this one otherwise."""

    @property
    def settled(self) -> bool:
        """Whether more data could not change the band: the amount is the whole, or the last."""
        return self.whole or self.band in {bands.names[2] for bands in BANDS}


def size_bands(report: Report, own_sets: list[TrainingSet]) -> Iterator[SizeBand]:
    """The four modalities of the template; hours of sound and of video have no band here."""
    for bands in BANDS:
        measure = _measure(report, bands.unit)
        if measure is None:
            yield SizeBand(bands.modality, None, bands.unit, "", None, 0, whole=False)
            continue
        known = sum(shares.weight_of(item, measure) is not None for item in own_sets)
        yield SizeBand(
            bands.modality,
            measure.total,
            bands.unit,
            measure.basis,
            bands.names[bands.of(measure.total)],
            known,
            whole=known == len(own_sets) and not measure.sampled,
        )
    hours = _measure(report, "hours")
    known = sum(shares.weight_of(item, hours) is not None for item in own_sets) if hours else 0
    for modality in ("audio", "video"):
        amount, basis = (hours.total, hours.basis) if hours is not None else (None, "")
        yield SizeBand(modality, amount, "hours", basis, None, known, whole=False)


def _measure(report: Report, unit: str) -> Coverage | None:
    """The largest direct measure in a unit: of two counts of one mixture one may be a part."""
    measures = [
        measure
        for measure in report.coverage
        if measure.reading is Reading.DIRECT and measure.unit == unit and measure.total > 0
    ]
    return max(measures, key=lambda measure: measure.total, default=None)


@frozen
class Domain:
    """A domain that a card names where it tells of crawling."""

    name: str
    set_name: str
    evidence: Evidence


_DOMAIN = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}"
    r"(?:com|org|net|edu|gov|io|info|eu|news|blog|co\.[a-z]{2}|com\.[a-z]{2}|gov\.[a-z]{2}"
    r"|ac\.[a-z]{2}|[a-z]{2}))(?![\w-])(?!\.\w)"
)
_NOT_SOURCES = frozenset(
    {
        "aclanthology.org", "arxiv.org", "colab.research.google.com", "doi.org", "github.com",
        "gitlab.com", "huggingface.co", "kaggle.com", "pypi.org", "readthedocs.io",
        "raw.githubusercontent.com", "zenodo.org",
    }
)  # fmt: skip
"""Where code, papers and data lie that a card points to beside what it crawled."""
_FILE_ENDINGS = frozenset({"py", "md", "js", "sh", "rs", "cc", "gz", "so", "ps", "ai"})
"""Endings that are a file's more often than a country's."""
_CRAWL = frozenset({Topic.CRAWL.value, Topic.CRAWL_DOMAINS.value, Topic.CRAWLER.value})


def domains(own_sets: Iterable[TrainingSet]) -> tuple[Domain, ...]:
    """Domains that cards of the sets name where they tell of crawling, each once, by name.

    A card says nowhere how much of the content each gave, so that they have no order of size.
    """
    by_name: dict[str, Domain] = {}
    for item in own_sets:
        for signal in item.personal_data.signals:
            if signal.topic in _CRAWL and signal.status in AFFIRMED:
                for name in _named(signal):
                    by_name.setdefault(name, Domain(name, item.name, signal.evidence))
    return tuple(by_name[name] for name in sorted(by_name))


def _named(signal: Signal) -> Iterator[str]:
    for match in _DOMAIN.finditer(signal.evidence.excerpt.lower()):
        name = match[1]
        written = match[0].startswith(("http", "www."))
        hosted = any(name == host or name.endswith(f".{host}") for host in _NOT_SOURCES)
        if not hosted and (written or name.rpartition(".")[2] not in _FILE_ENDINGS):
            yield name
