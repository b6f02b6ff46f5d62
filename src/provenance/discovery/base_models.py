"""Models that a card's sentences and commands say it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.cards import Card
from provenance.discovery.prose_lexicon import GENERIC, LANGUAGES, MODEL_WORD
from provenance.discovery.prose_text import MARKS, CodeBlock, Form, Passage, sentences
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.training import BaseModelMention, DeclaredIn

_FROM = re.compile(
    rf"(?i)\b(?:(?P<init>initiali[sz]ed|initiali[sz]ing|initiali[sz]ation|warm-?started|started|starting|resumed|continued(?: training| pre-?training)?)"
    r"\s+(?:\w+\s){0,2}?(?:from|with|on|using|by)"
    r"|(?P<version>(?:fine-?\s?tuned?|further (?:pre-?)?trained|adapted|pruned|quantized|compressed|trained)\s(?:uncased |cased |\w+ )?(?:version|variant|checkpoint|model)s?\s(?:of|from))"
    r"|(?P<tuned>fine-?\s?tun(?:ed|e|ing)\s(?:model\s)?(?:from|over|upon)|fine-?\s?tunes)"
    r"|(?P<adapt>(?:we|i) (?:adapt|took|take|fine-?tuned?|further pre-?train(?:ed)?|used the pre-?trained|use the pre-?trained)))\s+"
)
_KEY = re.compile(
    r"(?i)^\W*(?:language model|base (?:language )?model|parent model(?:\(s\))?|pre-?trained (?:language )?model|backbone|initial(?:ized)? (?:checkpoint|model|weights)"
    r"|finetuned from(?: model)?(?: \[optional\])?|base checkpoint|model used)\s*[:：]\s*(?P<value>.+)"
)
_TUNED = re.compile(
    r"(?i)(?P<joint>(?:,\s)?(?:(?:which|that) (?:was|is|has been) |(?:was|is|has been) |and )?(?:then )?(?:further )?)"
    r"fine-?\s?-?tuned\s(?:for\s[^.;:]{1,50}?\s)?(?:it\s)?(?:on|for|over|using|to|with)\b"
)
_BEFORE = re.compile(r"[^.,;:!?]{1,120}$")
_CREATOR = re.compile(r"(?i)\screated by\s.{0,60}$")
_BASED = re.compile(
    r"(?i)\b(?:based on|built (?:on|upon|over)(?: top of)?|starts? from|derived from|top of)\s+(?:the\s)?"
)
_COMMAND = re.compile(
    r"--(?:model_name_or_path|bert_model|model|pretrained_model(?:_name_or_path)?|student_name_or_path|base_model|init_checkpoint)[ =]+[\"']?(?P<model>[\w./-]{2,90})"
)
_TRAINS = re.compile(
    r"--do_train|--train|train_file|train_data|num_train|accelerate launch|--learning_rate"
)
_LEAD = re.compile(
    r"(?i)^(?:(?:the|a|an|our|their|its|this|is|model|official|original|pre-?trained|pretrained|public|publicly|available|released"
    r"|weights?|checkpoints?|parameters|language|of|from|on|with|by|using|uncased|cased|multilingual(?=\smodel)|standard|specific"
    r"|google'?s?|facebook'?s?|hugging\s?face(?:'s)?|hub|base model|small model|following|same|new|version|variant|strong|custom|and|existing|transformers?"
    r"|encoder|decoder|both|fine-?tuned|finetuned|in|it|for)[\s:]+)+"
)
_CUT = re.compile(
    r"(?i)\s(?:model|models|checkpoints?|weights|language model|architecture|vocab|pre-?trained|for|from|on|with|and|to|using|which|that|by|as|in|is|was|but|large corpus|trained|via)\b"
)
_ARCHITECTURE = re.compile(
    r"(?i)\barchitecture|\bmodel type|-like\b|\bstyle\b|implementation|codebase|\brecipe|procedure|approach|regime|tutorial"
)
_CANONICAL = re.compile(
    r"(?:bert-(?:base|large)-[a-z0-9-]{4,60}|distil(?:bert|roberta|gpt2)[a-z0-9-]{0,40}|roberta-(?:base|large)[a-z-]{0,12}|xlm-roberta-[a-z0-9-]{4,60}"
    r"|albert-[a-z]{4,7}-v[12]|gpt2(?:-medium|-large|-xl)?|openai-gpt|t5-(?:small|base|large|3b|11b)|xlnet-[a-z]{4,5}-cased|camembert-base|xlm-mlm-[a-z0-9-]{3,30}|transfo-xl-wt103|ctrl)"
)
"""Ids the Hub gave without an owner (https://huggingface.co/docs/transformers/v4.0.0/pretrained_models)."""


def base_models_in(
    card: Card, passages: tuple[Passage, ...], blocks: tuple[CodeBlock, ...]
) -> Iterator[BaseModelMention]:
    """Base models, the most certain statements first, each name once."""
    seen: set[str] = set()
    for mention in _all(card, passages, blocks):
        key = (mention.id or mention.name).lower()
        if key not in seen:
            seen.add(key)
            yield mention
            if len(seen) == 2:
                return


def _all(
    card: Card, passages: tuple[Passage, ...], blocks: tuple[CodeBlock, ...]
) -> Iterator[BaseModelMention]:
    for rule in (_keyed, _initialised, _tuned):
        found = [m for p in passages for m in rule(card, p)]
        if found:
            yield from found
            return
    commands = list(_commands(card, blocks))
    if commands:
        yield from commands


def _keyed(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    match = _KEY.match(passage.text)
    if match is not None:
        value = re.split(r"\s[-–]\s|[,;.]\s|$", match["value"].strip())[0]
        yield from _mention(card, passage, match.start("value"), value, "finetune")


def _initialised(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    for start, sentence in sentences(passage.text):
        for match in _FROM.finditer(sentence):
            before = sentence[: match.start()]
            if re.search(
                r"(?i)\b(?:can|could|may|you|directly|by contrast|unlike)\b[^.,]{0,40}$", before
            ):
                continue
            rest = sentence[match.end() : match.end() + 200]
            yield from _mention(card, passage, start + match.end(), rest, "finetune")


def _tuned(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """ "X fine-tuned on …": X, in a title or a sentence."""
    for start, sentence in sentences(passage.text):
        for match in _TUNED.finditer(sentence):
            before = _BEFORE.search(_CREATOR.sub("", sentence[: match.start()]))
            if before is not None:
                yield from _mention(card, passage, start + before.start(), before[0], "finetune")
        if passage.form is Form.HEADING:
            continue
        for match in _BASED.finditer(sentence):
            phrase = re.split(r"[.,;:)]", sentence[match.end() : match.end() + 100])[0]
            if not _ARCHITECTURE.search(phrase):
                for mention in _mention(card, passage, start + match.end(), phrase, "finetune"):
                    if mention.id is not None:
                        yield mention


def _commands(card: Card, blocks: tuple[CodeBlock, ...]) -> Iterator[BaseModelMention]:
    for block in blocks:
        if not any(_TRAINS.search(line) for line in block.lines):
            continue
        for offset, line in enumerate(block.lines):
            match = _COMMAND.search(line[:2000])
            if match is not None and _usable(card, match["model"]):
                yield BaseModelMention(
                    name=match["model"],
                    id=match["model"] if is_repo_id(match["model"]) else None,
                    relation="finetune",
                    declared_in=DeclaredIn.PROSE,
                    evidence=card.quote(block.line + offset, match["model"]),
                )


def _usable(card: Card, name: str) -> bool:
    own = card.repo.partition("/")[2].lower()
    return name.lower() not in {own, own.rpartition("/")[2]} and not name.startswith((".", "/"))


def _mention(
    card: Card, passage: Passage, offset: int, phrase: str, relation: str
) -> Iterator[BaseModelMention]:
    """The model that a phrase names first, if it names one."""
    name, model_id = _model_of(passage, phrase)
    if not name or not _usable(card, model_id or name):
        return
    line = passage.line_at(min(offset, len(passage.text)))
    last = passage.line + len(passage.breaks)
    line = next((n for n in range(line, last + 1) if name in card.lines[n - 1]), line)
    yield BaseModelMention(name, model_id, relation, DeclaredIn.PROSE, card.quote(line, name))


def _model_of(passage: Passage, phrase: str) -> tuple[str, str | None]:
    marks = [passage.mark(c) for c in re.findall(f"[{MARKS}]", phrase)]
    for mark in marks:
        ref = parse_hub_url(mark.url) if mark.url else None
        if ref is not None and ref.kind is RepoKind.MODEL:
            return (mark.text if "://" not in mark.text else ref.id), ref.id
        if (
            mark.code
            and is_repo_id(mark.text)
            and ("/" in mark.text or _CANONICAL.fullmatch(mark.text))
        ):
            return mark.text, mark.text
    words = passage.words(phrase)
    words = _LEAD.sub("", words.strip(" *,.;:()"))
    if not MODEL_WORD.search(words):
        return "", None
    cut = _CUT.search(words)
    name = words[: cut.start()] if cut else words
    name = name.strip(" *,.;:\"'")
    name = name if name.count("(") == name.count(")") else name.replace("(", "").strip()
    if not MODEL_WORD.search(name) or len(name) > 80:
        return "", None
    if all(w.lower() in GENERIC or w.lower() in LANGUAGES for w in name.split()):
        return "", None
    return name, name if _CANONICAL.fullmatch(name) else None
