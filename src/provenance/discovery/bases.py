"""Models that a card's body says it was made from.

What is stated most plainly goes first: a label ("Base model: X"), then a sentence that says so
("a fine-tuned version of X"), then weaker words ("based on X"), a command, the title. A teacher
whose outputs were learned is no base, an architecture ("a RoBERTa-like model") is none either.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_configs import commands, merged
from provenance.discovery.document import MARKS, Document, Form, Passage, Table
from provenance.discovery.labels import Topic, topic_of
from provenance.discovery.model_names import (
    ARCHITECTURE,
    CITATION,
    LEAD,
    MARK,
    Named,
    first_named,
    id_of,
    last_named,
    usable,
)
from provenance.discovery.prose_lexicon import MODEL_WORD, holds_any
from provenance.names import normalize
from provenance.report.training import BaseModelMention, DeclaredIn

_MOST = 3
"""Most base models taken from one kind of statement."""
_MOST_VERBS = 12
_WORTH = (
    "tun", "train", "initiali", "start", "continu", "adapt", "deriv", "version of", "variant of",
    "checkpoint", "coder is", "backbone", "base", "built", "top of", "iteration of", "quanti",
    "merge", "copied", "copy", "convert", "performed on", "微调", "基于", "扩展", "ファインチューニング",
    "ベース", "기반", "дообуч", "на основе", "basiert",
)  # fmt: skip
"""Words without which a passage names no base model."""
_ADVERBS = r"(?:(?:a|an|the|was|is|\w{1,12}ly|both|all|weights|parameters|training|model) ){0,3}"
_STRONG = re.compile(
    r"(?i)\b(?:"
    r"(?:initiali[sz](?:ed?|ing|ation)|warm-?started|resumed|start(?:ed|ing)"
    rf"|continu(?:ed|ing)(?: training| pre-?training)?) {_ADVERBS}(?:[\w ]{{0,40}}?\s)?(?:from|with|using|by|on)"
    r"|(?:fine-?\s?tun\w{1,3}|further (?:pre-?)?trained|adapted|pruned|quanti[sz]ed|compressed|trained|converted|instruct\w*)"
    r"\s(?:[^.;:]{0,100}?\s)?(?:version|variant|checkpoint)s? (?:of|from)"
    r"|fine-?\s?tune[ds]? (?:model )?(?:from|over|upon)|fine-?\s?tuning (?:from|of)|fine-?\s?tuned? of"
    r"|(?:fine-?\s?tuned?|finetuned|trained|adapter|model)(?: [\w-]{1,20}){0,4} on top of"
    r"|(?:trained|fine-?\s?-?tuned) further (?:from|upon)"
    r"|an? version of|(?:is|as) an? (?:instruct )?fine-?\s?tuned(?=\s(?-i:[A-Z]))|an adapted"
    r"|(?:derivative|iteration|adaptation|extension|distillation|quanti[sz]ation|conversion|merge|merging)s? (?:of|between)"
    r"|merging (?=[A-Z])"
    r"|adapters? for|lora for|lora adapter for|derived from|adapted from|converted from|quanti[sz]ed from|pruned from|merged from"
    r"|(?:copy|copied|copying) [\w\s]{0,30}(?:layers|weights) (?:of|from)"
    r"|on the (?:foundation|basis) of|(?:further|continu\w+) (?:pre-?)?training (?:the|of)(?: pre-?trained)?(?: model)?"
    rf"|(?:adapters?|lora)(?: [{MARKS}]| \S{{1,80}}) for|with an? [\w-]{{2,20}}-based (?:language )?model"
    r"|(?:technique|training|adaptation|tuning) performed on|result of fine-?\s?tuning"
    r"|(?:base|original) model (?:is|was)(?: from)?"
    r"|(?:we|i|this model|which) (?:adapt|took|take|takes|fine-?tuned?|further pre-?train(?:ed)?)"
    r")\s+"
)
_WEAK = re.compile(
    r"(?i)\b(?:based (?:up)?on|built (?:on|upon|over|with)(?: top of)?|starts? from|top of|basiert auf"
    r"|based off|(?:model|version|it) uses|на основе|на базе)\s+"
)
_ON_MODEL = re.compile(
    r"(?i)\b(?:fine-?\s?tuned|finetuned|trained|training) (?:for [\w ]{1,20} )?(?:on|over|upon|from) "
    r"(?:top of )?(?:the |a )?"
)
_WIDE = re.compile(
    rf"(?:基于|采用|扩展成了?|扩展为|초기화|在)\s*(?P<a>[{MARKS}]|[A-Za-z][\w .+-]{{2,40}})"
    rf"|(?P<b>[{MARKS}]|[A-Za-z][A-Za-z0-9 .+-]{{2,40}})\s*(?:を(?:ベース|ファインチューニング|追加学習|初期)|をもとに|기반|를 기반|을 기반|上(?:进行)?微调|的微调)"
)
_WIDE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_REST = re.compile(r"[;:]\s|[.,]\s|\s(?:using|on|which|that|for|with|by|to|in|trained|in order)\s")
_OTHERS = re.compile(
    r"(?i)\b(?:can|could|may|might|you|directly|by contrast|unlike|instead of|compared (?:to|with)"
    r"|than|teacher|tokenizer|vocabulary|previous|other|baselines?|inspired)\b[^.,]{0,60}$"
)
_OF_BASE = re.compile(r"(?i)\bbase (?:language )?model\b[^.]{0,30}$")
_CARD = re.compile(r"(?i)\bcards?\b|\blogits\b|latent|embeddings?\b|\bspaces\b")
_DISTILS = re.compile(r"(?i)\bdistill?(?:ed|ation|s)?\b[^.;]{0,60}$|\bteacher\b")
_TUNED = re.compile(
    r"(?i)\s(?:(?:language |pre-?trained |base )?(?:model|checkpoint),? (?:(?:which|that|and) (?:is|was|has been|then) )?)?"
    r"(?:whole word masking )?(?:further )?fine-?\s?-?tuned\s(?:checkpoint\s)?(?:for\s[^.;:]{1,50}?\s|it\s)?"
    r"(?:on|for|over|using|to|with)\b|\swith (?:additional|further|continued) (?:pre-?)?train"
)
_AS_BASE = re.compile(
    r"(?i)\s(?:is|was|were|are)(?: \w{1,12}){0,2} (?:used|taken|chosen|for used) (?:as|for|to) (?:a |an |the |our |its )?"
    r"(?:base\b|initiali[sz]\w+|starting|backbone|foundation)|\s(?:served|serves) as (?:a |an |the )?(?:base|backbone|foundation)"
)
_SUMMARY = re.compile(r"(?i)(?:model )?(?:summary|description|overview|about|type)\b")
_PART = re.compile(
    r"(?i)\b(?:encoder|decoder|tokeni[sz]er|vocoder|vae|backbone|head|module|component)s?(?: is| are)?\s*$"
)
_BEFORE = re.compile(r"[.;:!?]\s")
_NOT_YET = re.compile(
    r"(?i)\b(?:when|if|be|can|could|after|being|also|may|and then|directly|like|not|been|have|has|is|was|are|were|it|model|models"
    r"|we|i|then|which|that)\s*$"
)
_HALF = re.compile(
    r"(?i)\b(?:encoder|decoder|both) (?:is|are) (?:initiali[sz]ed (?:from|with) )?(?:an? |the )?"
)
_TITLE = re.compile(r"(?i)^(?P<model>.{3,60}?)\s+(?:for|\+)\s")
_HEADED = re.compile(r"(?i)\bpre-?trained\s+(?P<model>\S{3,40})\s[\w\s-]{0,30}model\b")
_MODEL_HEADER = re.compile(
    r"(?i)^(?:pre-?trained )?models?(?: names?| ids?| variants?)?$|^variants?$|^模型$|^$"
)
_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_SIZED = re.compile(r"(?i)\d\s?[bm]\b|\d")


def base_models_in(card: Card, document: Document) -> tuple[BaseModelMention, ...]:
    """Base models by the plainest kind of statement the card makes, each name once."""
    texts = [
        p for p in document.passages if p.form is not Form.HEADING and holds_any(p.lower, _WORTH)
    ]
    titles = [p for p in document.passages if p.form is Form.HEADING and not p.headings][:1]
    for found in (
        _keyed(card, document),
        _rows(card, document),
        merged(card, document),
        _stated(card, texts, titles),
        (m for p in texts for m in _used_as_base(card, p)),
        (m for p in texts for m in _halves(card, p)),
        (m for p in [*texts, *titles] for m in _tuned(card, p)),
        commands(card, document),
        (m for p in texts for m in _said(card, p, _WEAK)),
        (m for p in [*titles, *texts] for m in _titled(card, p)),
    ):
        kept = _without_repeats(list(found))
        if kept:
            return tuple(kept)
    return ()


def _stated(card: Card, texts: list[Passage], titles: list[Passage]) -> list[BaseModelMention]:
    """Plain statements; none if they name no id and "X fine-tuned on" does."""
    strong = [m for p in [*texts, *titles] for m in _said(card, p, _STRONG)]
    if strong and not any(m.id for m in strong):
        tuned = (m for p in [*texts, *titles] for m in _tuned(card, p))
        return [] if any(m.id for m in tuned) else strong
    return strong


def _without_repeats(mentions: list[BaseModelMention]) -> list[BaseModelMention]:
    """The first mentions whose names are no part of one another; those with an id go first."""
    kept: list[BaseModelMention] = []
    for mention in [m for m in mentions if m.id] or mentions:
        mine = normalize((mention.id or mention.name).rpartition("/")[2])
        others = [normalize((k.id or k.name).rpartition("/")[2]) for k in kept]
        if not any(mine in o or o in mine for o in others):
            kept.append(mention)
    return kept[:_MOST]


def _keyed(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``Base model: X``, and the items of a list under such a label.

    The Hub's first template names the parent's family; its related models tell which one.
    """
    related: list[BaseModelMention] = []
    for passage in document.passages:
        found = passage.label
        if found is not None and found[0].lower().startswith("related model"):
            value = passage.text[found[1] :][:200]
            related += _mentions(card, passage, found[1], value, several=True)
        elif found is not None and _is_base_label(card, found[0]):
            value = passage.text[found[1] :][:200]
            for one in _mentions(card, passage, found[1], value, several=True):
                fuller = [r for r in related if _starts(r.name, one.name) and one.id is None]
                yield (fuller or [one])[0]
        elif passage.form is Form.ITEM and passage.leads:
            lead = passage.leads[-1].strip("*_ \n")
            if lead.endswith((":", ":**")) and topic_of(lead.rstrip(":*")) is Topic.BASE:
                yield from _mentions(card, passage, 0, passage.text[:160], several=False)


def _starts(longer: str, shorter: str) -> bool:
    return normalize(longer).startswith(normalize(shorter))


def _is_base_label(card: Card, label: str) -> bool:
    """``Language model`` names a base only where a downstream task is told."""
    if label.lower() == "language model":
        return bool(re.search(r"(?im)^\W*downstream|fine-?\s?tuned", card.body))
    return topic_of(label) is Topic.BASE or label.lower() == "model used"


def _rows(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``| Base model | X |``, and the column of that name in this model's row."""
    own = {normalize(card.repo.rpartition("/")[2]), normalize(card.repo.partition("/")[2])}
    for table in document.tables:
        header = [c.words(c.text) for c in table.header]
        columns = [i for i, h in enumerate(header) if i and _is_base_column(table, i, h)]
        if columns and len(header) > 2 and _MODEL_HEADER.match(header[0]):
            for row in table.rows:
                if len(row) > columns[0] and normalize(row[0].words(row[0].text)) in own:
                    cell = row[columns[0]]
                    yield from _mentions(card, cell, 0, cell.text[:200], several=True)
        elif header and topic_of(header[0]) is Topic.BASE and len(header) > 2:
            for row in table.rows:
                ids = [id_of(c.mark(m)) for c in row[1:] for m in MARK.findall(c.text)]
                if card.repo.partition("/")[2] in ids:
                    yield from _mentions(card, row[0], 0, row[0].text[:200], several=True)
        else:
            for row in (table.header, *table.rows):
                two = len(row) == 2
                if two and _is_base_label(card, row[0].words(row[0].text)):
                    yield from _mentions(card, row[1], 0, row[1].text[:200], several=True)


def _is_base_column(table: Table, column: int, header: str) -> bool:
    """Whether a column names bases; one headed "Source" does where it links models."""
    if topic_of(header) is Topic.BASE:
        return True
    cells = [row[column] for row in table.rows if column < len(row)]
    return header.lower() in {"source", "sources", "source models"} and any(
        id_of(c.mark(m)) for c in cells for m in MARK.findall(c.text)
    )


def _said(card: Card, passage: Passage, pattern: re.Pattern[str]) -> Iterator[BaseModelMention]:
    """What follows the words of ``pattern``."""
    strong = pattern is _STRONG
    for start, sentence in passage.sentences:
        for match in islice(pattern.finditer(sentence), _MOST_VERBS):
            before = sentence[max(0, match.start() - 240) : match.start()]
            rest = _REST.split(sentence[match.end() : match.end() + 160])[0]
            if _OTHERS.search(before) or _OF_BASE.search(before) or _DISTILS.search(match[0]):
                continue
            if not strong and _PART.search(before[-40:]):
                continue
            if (not strong and ARCHITECTURE.search(before[-40:])) or _CARD.search(before[-120:]):
                continue
            if rest.lower().startswith(("our ", "this ", "these ", "its ")):
                continue
            acts = match[0].lower().startswith(("we ", "i ", "this ", "which "))
            if acts and not re.search(r"(?i)tun|train|adapt", sentence):
                continue
            says = strong or re.search(r"(?i)\bmodel\b|\bit\b", before[-40:] + match[0]) is not None
            yield from _mentions(
                card, passage, start + match.end(), rest, several=True, sure=strong, says=says
            )
        if strong:
            yield from _on_model(card, passage, start, sentence)
            if _WIDE_LETTER.search(sentence):
                yield from _in_wide_script(card, passage, start, sentence)


def _on_model(
    card: Card, passage: Passage, start: int, sentence: str
) -> Iterator[BaseModelMention]:
    """The X of "fine-tuned on the X model"."""
    for match in islice(_ON_MODEL.finditer(sentence), _MOST_VERBS):
        rest = re.split(r"[;:.,]\s|\sfor\s", sentence[match.end() : match.end() + 160])[0]
        says = re.fullmatch(rf"\s*[{MARKS}]\W*", rest) or re.search(
            r"(?i)\bmodels?\b|checkpoint", rest
        )
        if says and not _OTHERS.search(sentence[: match.start()][-240:]):
            for one in _mentions(card, passage, start + match.end(), rest, several=False):
                if _model_page(passage, rest) or MODEL_WORD.search(one.name):
                    yield one


def _in_wide_script(
    card: Card, passage: Passage, start: int, sentence: str
) -> Iterator[BaseModelMention]:
    """Bases named in Chinese, Japanese and Korean sentences."""
    for match in islice(_WIDE.finditer(sentence), _MOST_VERBS):
        group = "a" if match["a"] else "b"
        yield from _mentions(card, passage, start + match.start(group), match[group], several=False)


def _model_page(passage: Passage, rest: str) -> bool:
    """Whether a phrase links a Hub model: a code span alone may be a dataset's id."""
    return any(passage.mark(m).url and id_of(passage.mark(m)) for m in MARK.findall(rest))


def _tuned(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "X fine-tuned on …", in the title or a sentence."""
    if passage.form is Form.ITEM and not (passage.label and _SUMMARY.match(passage.label[0])):
        return
    for start, sentence in passage.sentences:
        for match in islice(_TUNED.finditer(f"{sentence} "), _MOST_VERBS):
            before = CITATION.sub("", sentence[: match.start()][-240:]).rstrip()
            before = _BEFORE.split(before)[-1][-140:]
            if _NOT_YET.search(before) or _DISTILS.search(before):
                continue
            if _OTHERS.search(before) or ARCHITECTURE.search(before[-40:]):
                continue
            named = last_named(passage, before)
            if named is not None and usable(card, named):
                at = max(0, start + match.start() - len(before))
                yield _mention(card, passage, at, named)


def _used_as_base(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "X was used for initialization"."""
    for start, sentence in passage.sentences:
        for match in islice(_AS_BASE.finditer(sentence), _MOST_VERBS):
            before = _BEFORE.split(sentence[: match.start()][-140:])[-1]
            named = last_named(passage, before)
            if named is not None and usable(card, named) and not _OTHERS.search(before):
                yield _mention(card, passage, max(0, start + match.start() - len(before)), named)


def _halves(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """An encoder-decoder's two halves: "the encoder is X and the decoder is Y"."""
    for start, sentence in passage.sentences:
        for match in _HALF.finditer(sentence) if "coder is" in sentence else ():
            rest = sentence[match.end() : match.end() + 80]
            yield from _mentions(card, passage, start + match.end(), rest, several=False)


def _titled(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """A title such as "BERT base model (uncased) for birds"; a sentence in the name's own words."""
    if passage.form is Form.HEADING:
        match = _TITLE.match(passage.text)
        if (
            match
            and ":" not in match[0]
            and re.search(r"(?i)base|large|small|tiny|mini", match["model"])
        ):
            words = re.sub(r"(?i)\s+model\b", "", match["model"])
            from_nothing = re.search(
                r"(?i)\b(?:has been|was|is) pre-?trained on", card.body
            ) and not re.search(
                r"(?i)fine-?\s?tuned (?:on|for|from|version)|adapted|based on", card.body
            )
            if MODEL_WORD.search(words) and not LEAD.match(words) and not from_nothing:
                yield _mention(card, passage, 0, Named(words.strip(), None, ""))
        return
    own = card.repo.rpartition("/")[2].lower()
    headed = _HEADED.search(passage.text[:400])
    if headed and "-" in headed["model"] and own.startswith(f"{headed['model'].lower()}-"):
        yield _mention(card, passage, headed.start("model"), Named(headed["model"], None, ""))


def _mentions(
    card: Card,
    passage: Passage,
    offset: int,
    phrase: str,
    *,
    several: bool,
    sure: bool = True,
    says: bool = True,
) -> Iterator[BaseModelMention]:
    """Models that a phrase names; only the first unless it lists ``several``.

    Not ``sure``: words alone count only if they carry a size or version and say model.
    """
    for part in re.split(r"\s(?:and|&|\+)\s|,\s", phrase) if several else (phrase,):
        named = first_named(passage, part)
        if named is None or not usable(card, named):
            return
        if ARCHITECTURE.search(named.rest[:30]):
            return
        said = re.search(r"(?i)\bmodels?\b|checkpoint|weights|encoder|variant", phrase)
        plain = MODEL_WORD.search(named.name) or _SIZED.search(named.name)
        said = None if _ONE_WORD.fullmatch(named.name) and not plain else said
        enough = (plain or said) if sure else (_SIZED.search(named.name) and (said or says))
        if named.id is None and not enough:
            return
        yield _mention(card, passage, offset, named)


def _mention(card: Card, passage: Passage, offset: int, named: Named) -> BaseModelMention:
    at = passage.line_at(min(offset, len(passage.text)))
    lines = range(at, passage.last_line + 1)
    lead = named.name.split("(")[0].strip()
    line = next((n for n in lines if named.name in card.lines[n - 1]), None)
    line = line or next((n for n in lines if lead in card.lines[n - 1]), at)
    return BaseModelMention(
        named.name, named.id, "finetune", DeclaredIn.PROSE, card.quote(line, lead)
    )
