"""What a model's own card says for EU AI Act rules: a summary of training content, copyright.

Regulation (EU) 2024/1689 Art. 53(1)(c) and (d). Some publishers keep the summary as a file of the
repository (``data_summary_card.md``), others link it.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.privacy.general_purpose import model_signals
from provenance.privacy.prose import read_body
from provenance.report.evidence import Evidence
from provenance.report.training import Signal
from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic

_SUMMARY_FILE = re.compile(
    r"(?:^|/)[^/]*(?:data[_-]summary|training[_-](?:data|content)[_-]summary|summary[_-]of"
    r"[_-]training)[^/]*$",
    re.IGNORECASE,
)
_CUES: tuple[tuple[Topic, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        Topic.SUMMARY,
        ("summary",),
        re.compile(
            r"(?:public )?summary of (?:the )?(?:training content|content used|training data)"
            r"|training (?:content|data) summary|data[_ ]summary"
        ),
    ),
    (
        Topic.COPYRIGHT_POLICY,
        ("copyright",),
        re.compile(
            r"copyright (?:policy|compliance)|(?:policy|comply|complian\w{1,9}) [^.]{0,40}copyright"
        ),
    ),
    (
        Topic.TDM_RESERVATION,
        ("robots.txt", "text and data mining", "opt-out", "opt out"),
        re.compile(r"robots\.txt|text[- ]and[- ]data[- ]mining|opt(?:ed)?[- ]out"),
    ),
)


def read_transparency(card: Card, files: Iterable[str] | None) -> tuple[Signal, ...]:
    """Signals of a model's card and the names of the files beside it, by topic.

    Args:
        card: the subject's card.
        files: names of the repository's files; ``None`` when not known.

    """
    by_topic: dict[str, Signal] = {}
    body = read_body(card)
    for topic, keywords, pattern in _CUES:
        for keyword in keywords:
            at = body.text.find(keyword)
            while at >= 0 and topic.value not in by_topic:
                match = pattern.search(body.line_around(at))
                if match is not None:
                    quoted = card.quote(body.line_at(at), match[0])
                    by_topic[topic.value] = Signal(topic.value, INDICATED, "", quoted)
                at = body.text.find(keyword, at + len(keyword))
    for signal in model_signals(card, body):
        by_topic.setdefault(signal.topic, signal)
    for name in sorted(files or ()):
        if _SUMMARY_FILE.search(name):
            evidence = Evidence(card.repo, card.revision, name, None, None, name)
            by_topic[Topic.SUMMARY.value] = Signal(Topic.SUMMARY.value, DOCUMENTED, "", evidence)
            break
    return tuple(by_topic[topic] for topic in sorted(by_topic))
