"""Models that a card's sentences and commands say it was made from.

A teacher whose outputs were learned ("distilled from") is no base model; a model whose layers
were copied is. An architecture ("a RoBERTa-like model") is none either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from provenance.cards import Card
from provenance.discovery.prose_lexicon import LANGUAGES, MODEL_WORD, any_of, holds_any
from provenance.discovery.prose_text import MARKS, CodeBlock, Form, Mark, Passage
from provenance.names import normalize
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.report.training import BaseModelMention, DeclaredIn

_MOST = 2
"""Most base models taken from prose: an encoder and a decoder."""
_MOST_VERBS = 20
"""Verbs of one sentence that are read; a longer list is no sentence."""
_BEHIND = 240
"""Characters before a verb that are looked at."""
_AHEAD = 160
_REST = re.compile(r"[;:]\s|[.,]\s|\s(?:and|using|on|which|that|for)\s")
_NEAR_REST = re.compile(r"[;:.,]|\sfor\s")
_ONLY_MARK = re.compile(rf"\s*[{MARKS}]\W*")
_SAYS_MODEL = re.compile(r"(?i)\bmodels?\b|\bcheckpoint")
_SAYS_BASE = re.compile(r"(?i)\bbase (?:language )?model\b")
_SAYS_TRAINING = re.compile(r"(?i)fine-?\s?tun|train|adapt")
_SAYS_TEACHER = re.compile(r"(?i)\bteacher|\bdistil")
_ADVERBS = r"(?:(?:a|an|the|was|is|\w{1,12}ly|both|all|weights|parameters|training|model) ){0,3}"
_STARTED = re.compile(
    r"(?i)\b(?:initiali[sz](?:ed|ing|ation)|warm-?started|started|starting|resumed"
    rf"|continu(?:ed|ing)(?: training| pre-?training)?) {_ADVERBS}(?:from|with|on|using|by)\s+"
)
_VERSION_OF = re.compile(
    r"(?i)\b(?:fine-?\s?tun\w{1,3}|further (?:pre-?)?trained|adapted|pruned|quantized|compressed"
    r"|trained)\s[^.;:]{0,100}?\b(?:version|variant|checkpoint)s? (?:of|from)\s+"
)
_ADAPTED = re.compile(
    r"(?i)\b(?:fine-?\s?tune[ds]? (?:model )?(?:from|over|upon)"
    r"|(?:trained|fine-?\s?-?tuned) further (?:from|upon)|an adapted"
    r"|(?:copy|copied|copying) [\w\s]{0,30}(?:layers|weights) (?:of|from)"
    r"|(?:we|i|this model|which) (?:adapt|took|take|takes|uses?|used|fine-?tuned?"
    r"|further pre-?train(?:ed)?)|(?:base|original) model (?:is|was)(?: from)?)\s+"
)
_STATEMENTS = (
    (("initiali", "start", "resum", "continu"), _STARTED),
    (("version", "variant", "checkpoint"), _VERSION_OF),
    (
        ("tune", "further", "adapt", "cop", "take", "took", " use", "model is", "model was"),
        _ADAPTED,
    ),
)
"""Patterns of a statement, each with words without which it cannot match."""
_TUNES_ON_MODEL = re.compile(
    r"(?i)\b(?:fine-?\s?tuned|trained|training) (?:for [\w ]{1,20} )?(?:on|over|upon|from) "
    r"(?:top of )?(?:the |a )?"
)
_KEY = re.compile(
    r"(?i)^\W*(?P<key>"
    + any_of(
        r"""language\smodel base\s(?:language\s)?model parent\smodel(?:\(s\))? backbone
        pre-?trained\s(?:language\s)?model initial(?:ized)?\s(?:checkpoint|model|weights)
        fine-?tuned\sfrom(?:\smodel)?(?:\s\[optional\])? base\scheckpoint model\sused"""
    )
    + r")\s*[:：]\s*(?P<value>.+)"
)
_TUNED = re.compile(
    r"(?i)fine-?\s?-?tuned\s(?:checkpoint\s)?(?:for\s[^.;:]{1,50}?\s)?(?:it\s)?"
    r"(?:on|for|over|using|to|with)\b|\btrained on\b"
)
_BEFORE = re.compile(r"[^.;:!?]{1,140}$")
_NOT_YET = re.compile(
    r"(?i)\b(?:when|if|be|can|could|after|being|also|may|and then|directly|like)\s*$"
)
_CREATOR = re.compile(r"(?i)\s(?:created|released) by\s.{0,80}$")
_BETWEEN = re.compile(
    r"(?i)(?:\W|\b(?:"
    + any_of(
        r"""language base pre-?trained models? checkpoint which that was is has been and then
        further hub from by it this architecture version large small"""
    )
    + r")\b)*$"
)
_HALF = re.compile(
    r"(?i)\b(?:encoder|decoder|both) (?:is|are) (?:initiali[sz]ed (?:from|with) )?(?:an? |the )?"
)
_HEADED = re.compile(r"(?i)\bpre-?trained\s+(?P<model>\S{3,40})\s[\w\s-]{0,30}model\b")
_TITLE = re.compile(r"(?i)^(?P<model>.{3,60}?)\s+(?:for|\+)\s")
_BASED = re.compile(
    r"(?i)\b(?:based on|built (?:on|upon|over)(?: top of)?|starts? from|derived from"
    r"|top of) (?:the )?"
)
_ARCHITECTURE = re.compile(
    r"(?i)architecture|model type|like\b|style\b|implementation|codebase|recipe|procedure|github"
    r"|repo\b"
    r"|approach|regime|tutorial|tokeni[sz]er"
)
_DISTILS = re.compile(r"(?i)\bdistill?(?:ed|ation)?\b[^.;]{0,60}$")
_OTHERS = re.compile(
    r"(?i)\b(?:can|could|may|you|directly|by contrast|unlike|instead of|compared (?:to|with)"
    r"|than)\b"
    r"[^.,]{0,40}$"
)
_COMMAND = re.compile(
    r"--(?:model_name_or_path|bert_model|model|pretrained_model(?:_name_or_path)?"
    r"|student_name_or_path|base_model|init_checkpoint)[ =]+[\"']?(?P<model>[\w./-]{2,90})"
)
_WORTH = (
    "tun", "train", "initiali", "start", "continu", "adapt", "copy", "copied", "version of",
    "variant of", "checkpoint", "encoder", "decoder", "base model", "original model",
    "parent model", "language model", "backbone", "based on", "built", "derived", "top of",
    "model used",
)  # fmt: skip
"""Words without which a passage names no base model."""
_ACTS = (
    "initiali", "start", "resumed", "continu", "version", "variant", "checkpoint", "tun", "trained",
    "training on", "copy", "copied", "adapt", "took", "take", " use", "base model is",
    "base model was", "original model",
)  # fmt: skip
_TUNES = ("tune", "trained on")
_HOW_TO = re.compile(r"(?i)\bhow to|\busage|\bexample|\bquick ?start|\btry\b")
_TRAINS = re.compile(r"--do_train|--train|--num_train|--learning_rate")
_SIZE_WORD = re.compile(
    r"(?i)(?:base|large|small|tiny|mini|medium|xx?l|(?:un)?cased|multi(?:lingual)?|v?\d[\w.]*|wwm"
    r"|L-\d+|H-\d+|A-\d+|discriminator|generator|whole|word|masking|distilled|distil|english"
    r"|german)"
)
_MASKING = re.compile(
    r"(?i)\s*(?:model\s*)?(\((?:(?:un)?cased|whole[ -]word[ -]masking)[^()]{0,30}\))"
)
_CITATION = re.compile(r"\((?:[^()]{0,60}\d{4}|[^()]{0,40}et al)[^()]{0,20}\)")
_CANONICAL = re.compile(
    r"(?:bert-(?:base|large)-[a-z0-9-]{4,60}|distil(?:bert|roberta|gpt2)[a-z0-9-]{0,40}"
    r"|roberta-(?:base|large)[a-z-]{0,12}|xlm-roberta-[a-z0-9-]{4,60}|albert-[a-z]{4,7}-v[12]"
    r"|gpt2(?:-medium|-large|-xl)?|openai-gpt|t5-(?:small|base|large|3b|11b)"
    r"|xlnet-[a-z]{4,5}-cased|camembert-base|xlm-mlm-[a-z0-9-]{3,30}|transfo-xl-wt103|ctrl)"
)
"""Ids without an owner (https://huggingface.co/transformers/v4.0.0/pretrained_models.html)."""


def base_models_in(
    card: Card, passages: tuple[Passage, ...], blocks: tuple[CodeBlock, ...]
) -> tuple[BaseModelMention, ...]:
    """Base models by the most certain kind of statement the card makes, each name once."""
    texts = [p for p in passages if p.form is not Form.HEADING and holds_any(p.lower, _WORTH)]
    titles = [p for p in passages if p.form is Form.HEADING and not p.headings][:1]
    keyed = _all(card, texts, _keyed)
    if keyed:
        return tuple(_without_repeats([m for m in keyed if m.id is not None] or keyed))
    stated = _all(card, texts, _stated)
    if not any(m.id for m in stated):
        found = _all(card, texts, _parts) or _best(_all(card, texts, _tuned), stated)
    else:
        found = stated
    found = (
        found
        or _all(card, titles, _tuned)
        or list(_commands(card, blocks))
        or _all(card, texts, _built_on)
        or _all(card, titles, _titled)
    )
    return tuple(_without_repeats([m for m in found if m.id is not None] or found))


_Rule = Callable[[Card, Passage], Iterator[BaseModelMention]]


def _all(card: Card, passages: list[Passage], rule: _Rule) -> list[BaseModelMention]:
    return [mention for passage in passages for mention in rule(card, passage)]


def _best(tuned: list[BaseModelMention], stated: list[BaseModelMention]) -> list[BaseModelMention]:
    """Tuned models with a Hub id, else statements in words, else tuned models in words."""
    return [m for m in tuned if m.id] or stated or tuned


def _without_repeats(mentions: list[BaseModelMention]) -> list[BaseModelMention]:
    """The first :data:`_MOST` mentions whose names are no part of one another."""
    kept: list[BaseModelMention] = []
    for mention in mentions:
        mine = normalize(mention.name)
        if not any(mine in normalize(k.name) or normalize(k.name) in mine for k in kept):
            kept.append(mention)
            if len(kept) == _MOST:
                break
    return kept


def _keyed(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """``Parent Model: X``; ``Language model: X`` only where a downstream task is told."""
    match = _KEY.match(passage.text)
    if match is None:
        return
    if match["key"].lower() == "language model" and not re.search(
        r"(?im)^\W*downstream|fine-?\s?tuned", card.body
    ):
        return
    value = re.split(r"\s[-–]\s|[,;.]\s|$", match["value"].strip())[0]
    yield from _mention(card, passage, match.start("value"), value, first=True)


def _stated(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """What follows "initialized from", "a fine-tuned version of", "fine-tuned on the X model"."""
    for start, sentence in passage.sentences:
        lower = sentence.lower()
        if not holds_any(lower, _ACTS):
            continue
        found = [
            m for words, p in _STATEMENTS if holds_any(lower, words) for m in _some(p, sentence)
        ]
        for match in sorted(found, key=lambda m: m.start()):
            if _is_base_statement(sentence, match):
                rest = _REST.split(sentence[match.end() : match.end() + _AHEAD])[0]
                yield from _weights(card, passage, start + match.end(), rest)
        for match in _some(_TUNES_ON_MODEL, sentence):
            rest = _NEAR_REST.split(sentence[match.end() : match.end() + _AHEAD])[0]
            says_model = _ONLY_MARK.fullmatch(rest) or _SAYS_MODEL.search(rest)
            if says_model and not _OTHERS.search(_before(sentence, match)):
                yield from _weights(card, passage, start + match.end(), rest)


def _weights(card: Card, passage: Passage, offset: int, phrase: str) -> Iterator[BaseModelMention]:
    """The model named first, unless the phrase speaks of an architecture or code."""
    if not _ARCHITECTURE.search(phrase):
        yield from _mention(card, passage, offset, phrase, first=True)


def _some(pattern: re.Pattern[str], sentence: str) -> list[re.Match[str]]:
    return list(islice(pattern.finditer(sentence), _MOST_VERBS))


def _before(sentence: str, match: re.Match[str]) -> str:
    return sentence[max(0, match.start() - _BEHIND) : match.start()]


def _is_base_statement(sentence: str, match: re.Match[str]) -> bool:
    """Whether it speaks of this model, and of weights rather than of a teacher."""
    before = _before(sentence, match)
    if _OTHERS.search(before) or _SAYS_BASE.search(before):
        return False
    acts = match[0].lower().startswith(("we ", "i ", "this ", "which "))
    return not acts or (
        _SAYS_TRAINING.search(sentence) is not None and not _SAYS_TEACHER.search(sentence)
    )


def _tuned(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "X fine-tuned on …", in the title or a sentence."""
    if passage.form is Form.ITEM:
        return
    for start, sentence in passage.sentences:
        if not holds_any(sentence.lower(), _TUNES):
            continue
        for match in _some(_TUNED, sentence):
            before = _BEFORE.search(_CREATOR.sub("", _before(sentence, match)))
            if before is None or _NOT_YET.search(before[0]) or _DISTILS.search(before[0]):
                continue
            if _ARCHITECTURE.search(before[0][-40:]):
                continue
            trained = match[0].lower().startswith("trained")
            for mention in _mention(card, passage, start + before.start(), before[0], first=False):
                if not trained or mention.id is not None:
                    yield mention


def _parts(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """An encoder-decoder's two halves: "the encoder is X and the decoder is Y"."""
    for start, sentence in passage.sentences:
        for match in _some(_HALF, sentence) if "coder" in sentence else ():
            rest = sentence[match.end() : match.end() + 80]
            yield from _mention(card, passage, start + match.end(), rest, first=True)


def _built_on(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "based on X" where it is a Hub id: words alone may mean an architecture."""
    for start, sentence in passage.sentences:
        for match in _some(_BASED, sentence):
            phrase = re.split(r"[.,;:)]", sentence[match.end() : match.end() + 100])[0]
            if not _ARCHITECTURE.search(phrase):
                for mention in _mention(card, passage, start + match.end(), phrase, first=True):
                    if mention.id is not None:
                        yield mention
        headed = _HEADED.search(sentence)
        own = card.repo.rpartition("/")[2].lower()
        if (
            headed is not None
            and "-" in headed["model"]
            and own.startswith(f"{headed['model'].lower()}-")
        ):
            yield from _mention(
                card, passage, start + headed.start("model"), headed["model"], first=True
            )


def _titled(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """A title such as "BERT base model (uncased) for sentence embeddings"."""
    match = _TITLE.match(passage.text)
    if (
        match is not None
        and ":" not in match[0]
        and re.search(r"(?i)base|large|small|tiny|mini", match["model"])
    ):
        yield from _mention(card, passage, match.start("model"), match["model"], first=True)


def _commands(card: Card, blocks: tuple[CodeBlock, ...]) -> Iterator[BaseModelMention]:
    """``--model_name_or_path X`` in a command that trains."""
    for block in blocks:
        if not any("--" in line and _TRAINS.search(line) for line in block.lines):
            continue
        if block.headings and _HOW_TO.search(block.headings[-1]):
            continue
        for offset, line in enumerate(block.lines):
            match = _COMMAND.search(line[:2000])
            if match is not None and _usable(card, match["model"], match["model"]):
                yield BaseModelMention(
                    name=match["model"],
                    id=match["model"] if is_repo_id(match["model"]) else None,
                    relation="finetune",
                    declared_in=DeclaredIn.PROSE,
                    evidence=card.quote(block.line + offset, match["model"]),
                )


def _usable(card: Card, name: str, model_id: str | None) -> bool:
    """Whether it can be another model: neither this one nor a local path."""
    own = {card.repo.partition("/")[2].lower(), card.repo.rpartition("/")[2].lower()}
    if name.startswith((".", "/")) or (model_id or "").lower() in own:
        return False
    return model_id is not None or normalize(name) not in {normalize(o) for o in own}


def _mention(
    card: Card, passage: Passage, offset: int, phrase: str, first: bool
) -> Iterator[BaseModelMention]:
    """The model that a phrase names first, or that it ends in."""
    name, model_id = _first_model(passage, phrase) if first else _last_model(passage, phrase)
    if not name or not _usable(card, name, model_id):
        return
    at = passage.line_at(min(offset, len(passage.text)))
    last = passage.last_line
    line = next((n for n in range(at, last + 1) if name in card.lines[n - 1]), at)
    yield BaseModelMention(
        name, model_id, "finetune", DeclaredIn.PROSE, card.quote(line, name.split("(")[0].strip())
    )


def _first_model(passage: Passage, phrase: str) -> tuple[str, str | None]:
    for char in re.findall(f"[{MARKS}]", phrase):
        model_id = _id_of(passage.mark(char))
        if model_id is not None:
            return _shown(passage.mark(char), model_id), model_id
    return _span(passage.words(phrase))


def _last_model(passage: Passage, phrase: str) -> tuple[str, str | None]:
    """The model named just before a verb; only filler may stand between."""
    marks = list(re.finditer(f"[{MARKS}]", phrase))
    if marks and _BETWEEN.match(phrase, marks[-1].end()):
        mark = passage.mark(marks[-1][0])
        model_id = _id_of(mark)
        if model_id is not None:
            return _shown(mark, model_id), model_id
        name, literal = _span(passage.words(_CITATION.sub(" ", phrase[marks[-1].start() :])))
        if name:
            return name, literal
    words = _CITATION.sub(" ", passage.words(phrase))
    found = list(MODEL_WORD.finditer(words))
    if not found:
        return "", None
    start = words.rfind(" ", 0, found[-1].start()) + 1
    earlier = [m for m in found if m.start() >= start - 25]
    start = words.rfind(" ", 0, earlier[0].start()) + 1
    name, model_id = _span(words[_left(words, start) :])
    end = words.rfind(name) + len(name) if name else 0
    return (name, model_id) if name and _BETWEEN.match(words, end) else ("", None)


def _id_of(mark: Mark) -> str | None:
    """Hub model id that a link or code span is."""
    ref = parse_hub_url(mark.url) if mark.url else None
    if ref is not None:
        return ref.id if ref.kind is RepoKind.MODEL and "search=" not in (mark.url or "") else None
    if (
        mark.code
        and is_repo_id(mark.text)
        and ("/" in mark.text or _CANONICAL.fullmatch(mark.text))
    ):
        return mark.text
    return None


def _shown(mark: Mark, model_id: str) -> str:
    return mark.text if MODEL_WORD.search(mark.text) and "://" not in mark.text else model_id


def _left(words: str, start: int) -> int:
    """Take languages and "multilingual" before a model's name as part of it."""
    while start > 0:
        previous = words.rfind(" ", 0, start - 1) + 1
        if words[previous : start - 1].lower() not in LANGUAGES | {"multilingual", "distilled"}:
            break
        start = previous
    return start


def _span(words: str) -> tuple[str, str | None]:
    """The model's name in ``words``: the word of its family with its size, case and language."""
    match = MODEL_WORD.search(words)
    if match is None:
        return "", None
    start = words.rfind(" ", 0, match.start()) + 1
    end = words.find(" ", match.end())
    end = len(words) if end < 0 else end
    start = _left(words, start)
    while end < len(words):
        following = words.find(" ", end + 1)
        following = len(words) if following < 0 else following
        if not _SIZE_WORD.fullmatch(words[end + 1 : following].strip(",.")):
            break
        end = following
    masking = _MASKING.match(words, end)
    name = words[start:end].strip(" *,.;:\"'`()[]")
    if masking:
        name = f"{name} {masking[1]}"
    if not 2 <= len(name) <= 90 or "://" in name:
        return "", None
    literal = name if _CANONICAL.fullmatch(name) or _is_owned(name) else None
    return name, literal


def _is_owned(name: str) -> bool:
    return name.count("/") == 1 and is_repo_id(name) and not name.lower().startswith("dataset")
