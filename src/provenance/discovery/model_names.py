"""Models as a phrase names them: in a link, a code span or words."""

from __future__ import annotations

from itertools import islice

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.candidates import hub_dataset
from provenance.discovery.document import MARKS, Mark, Passage
from provenance.discovery.prose_lexicon import LANGUAGES, MACHINE, METHOD, MODEL_WORD
from provenance.frozen import frozen
from provenance.names import normalize
from provenance.refs import RepoKind, is_repo_id, parse_hub_url

MARK = re.compile(f"[{MARKS}]")
ARCHITECTURE = re.compile(
    r"(?i)architecture|model type|[-\s]like\b|style\b|implementation|codebase|recipe|procedure|github"
    r"|repo\b|approach|regime|tutorial|tokeni[sz]er|framework|library|toolkit|paper\b|script|codes?\b|taxonomy|data-?set"
    r"|cards?\b|method\b"
)
CITATION = re.compile(r"\((?:[^()]{0,60}\d{4}|[^()]{0,40}et al)[^()]{0,20}\)")
_NAME = re.compile(
    r"(?:[A-Z\d][\w.+-]*|[a-z](?=[\w+-]{0,60}[\d_A-Z-])[\w.+-]*|[a-z]+/[\w.-]+)(?:/[\w.-]+)?"
    r"(?: (?:v?\d[\w.]*[BbMm]?|[A-Z][\w.+-]*|(?:[Bb]ase|[Ll]arge|[Ss]mall|[Tt]iny|[Mm]edium|(?:un)?cased|multilingual|XXL|XL)\b(?:-v\d[\w.]*)?))*"
)
LEAD = re.compile(
    r"(?i)^(?:the|a|an|this|our|their|its|original|pre-?trained|open|base|language|model|models|checkpoint|weights|of|from|large"
    r"|\w+['’]s|english|multilingual|fine-?\s?tuned|latest|popular|public|official|and|both|foundation|recently|released"
    r"|frozen|small|encoder|decoder|existing|powerful|strong|standard|custom|generic|ssl-pretrained|self-supervised)\s+"
)
_NO_MODEL = re.compile(
    r"(?i)^(?:none|null|n/?a|unknown|yes|no|this|that|more information needed|needs more|true|false|lora|qlora|dpo|sft"
    r"|transformers?|pytorch|hugging ?face|unsloth|trl|nvidia|google|meta|openai|microsoft|llms?|models?|gguf|base|encoder|decoder"
    r"|python|ssl|cc|ai|ml|nlp|the|it|we|self|scratch|ours?"
    r"|image-?net(?:[-\s]?\d+k?)?|jft(?:-\w+)?|ms-?coco|coco|laion\S*|audio-?set|kinetics(?:-\d+)?)$"
)
_MASKING = re.compile(
    r"(?i)\s*(?:model\s*)?(\((?:(?:un)?cased|whole[ -]word[ -]masking)[^()]{0,30}\))"
)
CANONICAL = re.compile(
    r"(?:bert-(?:base|large)-[a-z0-9-]{4,60}|distil(?:bert|roberta|gpt2)[a-z0-9-]{0,40}"
    r"|roberta-(?:base|large)[a-z-]{0,12}|xlm-roberta-[a-z0-9-]{4,60}|albert-[a-z]{4,7}-v[12]"
    r"|gpt2(?:-medium|-large|-xl)?|openai-gpt|t5-(?:small|base|large|3b|11b)"
    r"|xlnet-[a-z]{4,5}-cased|camembert-base|xlm-mlm-[a-z0-9-]{3,30}|transfo-xl-wt103|ctrl)"
)
"""Ids without an owner (https://huggingface.co/transformers/v4.0.0/pretrained_models.html)."""
_FILE = re.compile(
    r"(?i)\.(?:zip|tar|gz|py|sh|json|ya?ml|bin|pt|ckpt|safetensors|ipynb|md|txt|h5|pth|onnx|msgpack|gguf)$"
)
_BILLIONS = re.compile(r"-\d{1,3}(?:\.\d{1,2})?[bBmM]\b")


@frozen
class NamedModel:
    """A model as a phrase names it."""

    name: str
    id: str | None
    rest: str
    """What follows the name in its phrase."""


def first_named(passage: Passage, phrase: str) -> NamedModel | None:
    """The model that a phrase names first, in a link, a code span or words."""
    for match in islice(MARK.finditer(phrase), 2):
        mark = passage.mark(match[0])
        model_id = id_of(mark)
        rest = phrase[match.end() :]
        one_word = model_id is not None and " " not in mark.text
        if hub_dataset(mark.url) or (not one_word and ARCHITECTURE.search(mark.text)):
            return None
        if model_id is not None:
            return NamedModel(_shown(mark, model_id), model_id, rest)
        words = re.sub(r"\.nemo$|\smodel$", "", mark.text.strip("\"'“” ")).strip("\"'“” ")
        if mark.url and "://" not in words and _NAME.fullmatch(words) and not METHOD.search(words):
            return NamedModel(words, None, rest)
        if mark.code and _NAME.fullmatch(words):
            return NamedModel(words, None, rest)
        if phrase[: match.start()].strip(" (\"'*"):
            break
    return _worded(passage.words(phrase))


def _worded(words: str) -> NamedModel | None:
    """The model named in words at the start of a phrase, after articles and adjectives."""
    text = words.strip(" *\"'“([,")
    kept = ""
    for _ in range(6):
        lead = LEAD.match(text)
        if lead is None or (MODEL_WORD.match(text) and not lead[0].islower()):
            break
        kept = lead[0].strip() if lead[0].strip().lower() in LANGUAGES | {"multilingual"} else ""
        text = text[lead.end() :].lstrip(" *\"'“(")
    match = _NAME.match(text)
    if match is None:
        family = MODEL_WORD.match(text)
        if family is None:
            return None
        match = family
    name = match[0].strip(" .-,")
    masking = _MASKING.match(text, match.end())
    if masking:
        name = f"{name} {masking[1]}"
    if kept and name.islower():
        name = f"{kept} {name}"
    if len(name) < 2 or len(name) > 90 or name.lower() in LANGUAGES:
        return None
    if name.islower() and not re.search(r"[\d_/]", name) and not MODEL_WORD.search(name):
        return None
    owned = name.count("/") == 1 and is_repo_id(name) and re.search(r"[\dA-Z_-]", name)
    literal = name if owned or CANONICAL.fullmatch(name) else None
    return NamedModel(name, literal, text[match.end() :])


def last_named(passage: Passage, phrase: str) -> NamedModel | None:
    """The model named just before a verb."""
    marks = list(MARK.finditer(phrase))
    if marks and len(phrase) - marks[-1].end() < 24:
        mark = passage.mark(marks[-1][0])
        tail = phrase[marks[-1].end() :].strip(" ()[].,")
        model_id = id_of(mark)
        if model_id is not None and len(tail.split()) < 4:
            return NamedModel(_shown(mark, model_id), model_id, "")
    words = CITATION.sub(" ", passage.words(phrase)).split()
    taken: list[str] = []
    for word in reversed(words[-8:]):
        bare = word.strip("*\"'“”`,()[]")
        if not taken and bare.lower() in {
            "model",
            "checkpoint",
            "language",
            "pretrained",
            "pre-trained",
            "base",
            "it",
        }:
            if bare.lower() == "base":
                taken.append(bare)
            continue
        if bare.lower() in {"large", "small", "tiny", "medium"}:
            taken.append(bare)
            continue
        if not (_NAME.fullmatch(bare) or MODEL_WORD.fullmatch(bare)) or bare.lower() in (
            "a",
            "an",
            "the",
            "this",
        ):
            break
        taken.append(bare)
    name = " ".join(reversed(taken)).strip(" .,")
    if not name or not (MODEL_WORD.search(name) or _BILLIONS.search(name)):
        return None
    owned = name.count("/") == 1 and is_repo_id(name)
    return NamedModel(name, name if owned or CANONICAL.fullmatch(name) else None, "")


def usable(card: Card, named: NamedModel) -> bool:
    """Whether it can be another model: neither this one, nor a path, nor a library."""
    this_model = {card.repo.partition("/")[2].lower(), card.repo.rpartition("/")[2].lower()}
    name = named.name
    if (
        name.startswith((".", "/"))
        or _FILE.search(name)
        or (named.id or "").lower() in this_model
        or _NO_MODEL.match(name)
    ):
        return False
    if named.id is not None:
        return True
    if MACHINE.search(name):
        return False
    if normalize(name) in {normalize(o) for o in this_model} or (
        METHOD.search(name) and not MODEL_WORD.search(name)
    ):
        return False
    return re.search(r"[A-Za-z]{2}|[A-Za-z]\d", name) is not None


def id_of(mark: Mark) -> str | None:
    """Hub model id that a link or code span is."""
    ref = parse_hub_url(mark.url) if mark.url else None
    if ref is not None:
        page = "/" not in ref.id and not CANONICAL.fullmatch(ref.id) and mark.text != ref.id
        return ref.id if _is_model(ref.kind, mark.url) and not page else None
    if CANONICAL.fullmatch(mark.text) or (mark.code and "/" in mark.text and is_repo_id(mark.text)):
        return mark.text
    return None


def _is_model(kind: RepoKind, url: str | None) -> bool:
    """Whether an address is a model's own and neither a search nor a page of documentation."""
    return kind is RepoKind.MODEL and "search=" not in (url or "") and ".html" not in (url or "")


def named_by(mark: Mark, model_id: str) -> NamedModel:
    """The model that a link or code span is, by the words shown."""
    return NamedModel(_shown(mark, model_id), model_id, "")


def _shown(mark: Mark, model_id: str) -> str:
    return mark.text if MODEL_WORD.search(mark.text) and "://" not in mark.text else model_id
