"""Links to data anywhere in the text: to a Hub dataset, or to a host that keeps data."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading, hub_dataset
from provenance.discovery.document import MARKS, Form, Mark
from provenance.discovery.labels import role_of
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import PAPER_HOST, holds_any
from provenance.discovery.prose_sentences import governing
from provenance.report.training import DeclaredIn

_MARK = re.compile(f"[{MARKS}]")
_DATA_HOST = re.compile(
    r"(?i)kaggle\.com/(?:datasets|c|competitions)/|zenodo\.org|datahub|commonvoice\.mozilla|opendatalab"
    r"|openslr\.org|tianchi\.aliyun\.com/dataset|data\.gov|figshare|physionet\.org|ieee-dataport"
    r"|modelscope\.cn/datasets/"
)
_SPEAKS_OF_DATA = (
    "data", "corpus", "corpora", "kaggle.com/", "zenodo.org", "commonvoice.mozilla", "openslr.org", "figshare",
    "physionet.org",
)  # fmt: skip
"""What a passage holds that has one of those hosts, or a link called data."""
_TRAINS = re.compile(
    r"(?i)\bpre-?train\w*|\bfine-?\s?tun\w*|\btrain\w*|\b(?:tuned|aligned)\b|\bsft\b|\bdpo\b|\brlhf\b|训练|微调|学習|학습|обуч|entren|entra[iî]n|trein"
)
_TESTS = re.compile(
    r"(?i)\beval|\bbenchmark|\btest(?:ed|ing)?\b|\bscores?\b|leaderboard|\bresults?\b"
)
_CALLED_DATA = re.compile(r"(?i)data-?_?sets?\b|\bcorpus\b|\bcorpora\b")
_SAYS_SET = re.compile(r"(?i)^(?:the )?data-?\s?sets?\s?[:–-]\s")
_FOR_TRAINING = re.compile(
    r"(?i)\s\((?:the )?(?:sft |rl |pre-?|fine-?tuning )?train(?:ing)? (?:data|set|data-?set)\)$"
)
"""In a link's words: what the data is for."""
_GENERIC = re.compile(
    r"(?i)://|\bcard\b|^(?:here|link|this|data ?sets?|(?:the )?hub|the dataset|this dataset|page|download)$"
)
_LONG_NAME = 60
_RESULTS_KEPT = re.compile(r"(?i)leaderboard|(?:^|[/_-])(?:eval(?:uation)?-?)?results?(?:$|[_-])")
"""Ids of datasets that keep the results of models."""


def read(reading: CardReading) -> Iterator[Candidate]:
    """One candidate a link to data."""
    for passage in reading.document.passages:
        if not any(mark.url for mark in passage.marks):
            continue
        lower = passage.lower
        if not holds_any(lower, _SPEAKS_OF_DATA):
            continue
        for start, sentence in passage.sentences:
            linked = ((m, passage.mark(m[0])) for m in _MARK.finditer(sentence))
            for match, mark, kind in [(m, k, _kind(k)) for m, k in linked if _kind(k)]:
                seen = {f"link: {kind}"}
                if _TRAINS.search(sentence):
                    seen.add("link: training word")
                seen |= governing(sentence, match.start())
                texts = (sentence, _shown_for(passage.raw, mark.url), *passage.leads)
                if any(_TESTS.search(text) for text in texts):
                    seen.add("link: evaluation word")
                if _FOR_TRAINING.search(mark.text):
                    seen.add("label: training data")
                named = _named(mark, passage.words(sentence[:200]))
                where = DeclaredIn.LINK
                if passage.form is Form.HEADING:
                    seen.add("link: in a heading")
                yield reading.candidate(
                    passage, start + match.start(), named, role_of(sentence), where, seen
                )


def _shown_for(raw: str, url: str | None) -> str:
    """What stands for the image that a link is ("[![Benchmark](badge.svg)](address)"), else nothing."""
    start = raw.rfind("[![", 0, max(0, raw.find(f")]({url})")))
    return raw[start + 3 : start + 100].partition("]")[0] if start >= 0 else ""


def _kind(mark: Mark) -> str | None:
    """What says that a link is to data; ``None`` if nothing does."""
    dataset_id = hub_dataset(mark.url)
    if dataset_id is not None:
        return None if _RESULTS_KEPT.search(dataset_id) else "to a Hub dataset"
    if _DATA_HOST.search(mark.url or ""):
        return "to a data host"
    if mark.url and _CALLED_DATA.search(mark.text) and not PAPER_HOST.search(mark.url):
        return "called data" if not _GENERIC.search(mark.text) else None
    return None


def _named(mark: Mark, around: str) -> NamedSet:
    """The set that a link is to, by its words or, where they say nothing, its address."""
    dataset_id = hub_dataset(mark.url)
    if _GENERIC.search(mark.text) or len(mark.text) > _LONG_NAME:
        name = dataset_id or _page(mark.url or "")
    else:
        name = _FOR_TRAINING.sub("", _SAYS_SET.sub("", mark.text))
    return NamedSet(name, mark.url, dataset_id, True, False, around)


def _page(url: str) -> str:
    """The last part of an address, as a name."""
    return url.split("?", maxsplit=1)[0].rstrip("/").rpartition("/")[2] or url
