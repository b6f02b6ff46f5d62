"""How much of what model cards say of their training is read: precision and recall by labels.

Labels: ``labels/model_training_sets.jsonl`` of the corpus. A set that was found matches a set
that was labelled when one of these holds, tried in this order, each found set used once:

1. their Hub ids are equal (owner and case ignored);
2. their addresses are equal (host without ``www.``, path without case; a bare host never);
3. their names are equal once normalised: lower case, letters and digits only, what stands in
   parentheses dropped, an owner prefix dropped, the words dataset, data, corpus, corpora, set,
   the dropped;
4. after the same normalisation (with or without what stands in parentheses) one name's words are
   all words of the other, whole words only
   (``SQuAD`` and ``SQuAD 2.0``; never ``CNN`` inside ``CNNDM``), and they share a word that is
   no language and no general word such as text, news or dump. This is lenient on versions and
   on the language of a set, so the strict figure (1 to 3 only) is printed beside it.

A found set that matches no label, or one that another found set already matched, is wrong.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.cards import Card, read_card
from provenance.catalog import Catalog, load_catalog
from provenance.discovery import declare, discover
from provenance.discovery.body import body_discovery
from provenance.discovery.front_matter import front_matter_discovery
from provenance.report.training import BaseModelMention, Discovery

_DROPPED = frozenset(
    ["dataset", "datasets", "data", "corpus", "corpora", "set", "the", "of", "and"]
)
_GENERAL = frozenset(
    [
        "text",
        "texts",
        "news",
        "dump",
        "dumps",
        "books",
        "articles",
        "english",
        "german",
        "french",
        "spanish",
        "hindi",
        "bengali",
        "telugu",
        "swedish",
        "finnish",
        "basque",
        "polish",
        "large",
        "small",
        "base",
        "web",
        "internet",
        "full",
        "version",
        "v1",
        "v2",
        "train",
        "model",
        "uncased",
        "cased",
        "reviews",
        "pairs",
        "local",
        "public",
        "pretrained",
        "language",
        "multilingual",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """A set or model as compared: its name, and its id and address where known."""

    name: str
    id: str | None = None
    url: str | None = None


@dataclass(slots=True)
class Tally:
    """Counts over all cards."""

    matched: int = 0
    found: int = 0
    labelled: int = 0
    exact_models: int = 0
    models: int = 0

    def line(self, title: str) -> str:
        """One row of the printed table."""
        precision = self.matched / self.found if self.found else 0.0
        recall = self.matched / self.labelled if self.labelled else 0.0
        return (
            f"{title:<34} precision {precision:6.1%}  recall {recall:6.1%}  "
            f"({self.matched} of {self.found} found, {self.labelled} labelled)  "
            f"models all right {self.exact_models}/{self.models}"
        )


def normal_words(name: str, parentheses: bool = False) -> tuple[str, ...]:
    """Words of a name after the normalisation of rule 3; with ``parentheses``, those too."""
    bare = name.lower() if parentheses else re.sub(r"\([^()]*\)", " ", name.lower())
    if re.fullmatch(r"[\w.-]+/[\w.-]+", bare.strip()):
        bare = bare.strip().partition("/")[2]
    words = re.findall(r"[^\W\d_]+|\d+", bare)
    return tuple(w for w in words if w not in _DROPPED)


def _url(url: str | None) -> str | None:
    if not url:
        return None
    match = re.match(r"https?://(?:www\.)?([^\s?]+?)/?(?:[?].*)?$", url.lower())
    return match[1] if match and "/" in match[1] else None


def _id(text: str | None) -> str | None:
    return text.lower().rpartition("/")[2] if text else None


def same(found: Named, label: Named, strict: bool) -> bool:
    """Whether two names mean one thing, by the rules of this module's docstring."""
    if found.id and label.id and _id(found.id) == _id(label.id):
        return True
    if _url(found.url) and _url(found.url) == _url(label.url):
        return True
    pairs = [(a, b) for a in (found.name, found.id) if a for b in (label.name, label.id) if b]
    for mine, theirs in pairs:
        a, b = normal_words(mine), normal_words(theirs)
        if a and "".join(a) == "".join(b):
            return True
        if not strict and (
            _within(a, b) or _within(normal_words(mine, True), normal_words(theirs, True))
        ):
            return True
    return False


def pair(found: Sequence[Named], labels: Sequence[Named], strict: bool) -> int:
    """How many labels are matched, each found name used once, exact matches first."""
    left, open_labels = list(found), list(labels)
    matched = 0
    for mode in (True,) if strict else (True, False):
        for label in list(open_labels):
            hit = next((f for f in left if same(f, label, mode)), None)
            if hit is not None:
                left.remove(hit)
                open_labels.remove(label)
                matched += 1
    return matched


def _within(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Rule 4 for two names' words."""
    contained = set(a) <= set(b) or set(b) <= set(a)
    return contained and any(len(w) > 1 and w not in _GENERAL for w in set(a) & set(b))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of one card."""

    sets: tuple[Named, ...]
    bases: tuple[Named, ...]


Reader = Callable[[Card], Reading]


def _reading(discovery: Discovery, catalog: Catalog) -> Reading:
    declared = declare(discovery, catalog.find)
    return Reading(
        tuple(Named(s.name, s.id, next(iter(s.urls), None)) for s in declared.sets),
        tuple(_base(b) for b in declared.base_models),
    )


def _base(mention: BaseModelMention) -> Named:
    return Named(mention.name, mention.id)


def readers(catalog: Catalog) -> dict[str, Reader]:
    """The readers compared, by title."""
    return {
        "front matter only": lambda card: _reading(front_matter_discovery(card), catalog),
        "body only": lambda card: _reading(body_discovery(card, catalog.known), catalog),
        "the whole pipeline": lambda card: _reading(discover(card, {}, catalog.known)[0], catalog),
    }


def labelled_cards(corpus: Path) -> Iterable[tuple[Card, dict[str, object]]]:
    """Each labelled model card with its label."""
    text = (corpus / "labels" / "model_training_sets.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        label: dict[str, object] = json.loads(line)
        name = str(label["model"])
        for snapshot in sorted(corpus.glob("hub-20*")):
            path = snapshot / "models" / name / "README.md"
            if path.is_file():
                yield read_card(path.read_bytes(), f"models/{name}"), label
                break


def _labelled_sets(label: dict[str, object]) -> list[Named]:
    sets = label["training_sets"]
    if not isinstance(sets, list):
        raise TypeError(f"training_sets of {label['model']} is no list")
    return [Named(str(s["name"]), s["hub_id"], s["url"]) for s in sets]


def measure(corpus: Path, catalog: Catalog, verbose: bool = False) -> list[str]:
    """Rows of the table: training sets, base models and undeclared, for each reader."""
    cards = list(labelled_cards(corpus))
    rows: list[str] = []
    for title, reader in readers(catalog).items():
        sets, strict = Tally(), Tally()
        base_right = undeclared_right = base_found = base_labelled = base_hits = 0
        for card, label in cards:
            reading = reader(card)
            labels = _labelled_sets(label)
            for tally, mode in ((sets, False), (strict, True)):
                hits = pair(reading.sets, labels, mode)
                tally.matched += hits
                tally.found += len(reading.sets)
                tally.labelled += len(labels)
                tally.models += 1
                tally.exact_models += hits == len(labels) == len(reading.sets)
            base = label["base_model"]
            hit = isinstance(base, str) and any(
                same(b, Named(base, base), False) for b in reading.bases
            )
            base_right += hit or (base is None and not reading.bases)
            base_found += bool(reading.bases)
            base_labelled += base is not None
            base_hits += hit
            undeclared_right += (not reading.sets) == label["undeclared"]
            if verbose and title == "the whole pipeline":
                rows.extend(_differences(card, label, reading, labels, hit))
        rows.append(sets.line(f"{title}: training sets"))
        rows.append(strict.line(f"{title}: same, strict names"))
        total = len(cards)
        rows.append(
            f"{title + ': base model':<34} right {base_right / total:6.1%}  "
            f"({base_hits} of {base_labelled} labelled named; claimed on {base_found} cards)"
        )
        rows.append(f"{title + ': undeclared':<34} right {undeclared_right / total:6.1%}")
    return rows


def _differences(
    card: Card, label: dict[str, object], reading: Reading, labels: list[Named], base_hit: bool
) -> Iterable[str]:
    hits = pair(reading.sets, labels, False)
    if not hits == len(labels) == len(reading.sets):
        yield f"SETS {card.repo}"
        yield f"   found    {[(s.name, s.id) for s in reading.sets]}"
        yield f"   labelled {[(s.name, s.id) for s in labels]}"
    base = label["base_model"]
    if not base_hit and (base is not None or reading.bases):
        yield f"BASE {card.repo}"
        yield f"   found    {[(b.name, b.id) for b in reading.bases]}"
        yield f"   labelled {base}"


def main() -> None:
    """Print the table; ``-v`` also prints where reading and labels differ."""
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus")
    started = time.perf_counter()
    for row in measure(corpus, load_catalog(), "-v" in sys.argv):
        print(row)
    print(f"({time.perf_counter() - started:.1f} s)", file=sys.stderr)


if __name__ == "__main__":
    main()
