"""Whether a string is a Hub id, a path, a placeholder or nothing of the kind."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.checking.references.addresses import Named, hub_address
from provenance.checking.references.rules import Rules
from provenance.frozen import frozen
from provenance.refs import is_repo_id
from provenance.report.checked import ReferenceKind

_TEMPLATE = re.compile(r"[{}<>$%*?\s\\|]")
_VERSION = re.compile(r"[0-9.,]+")
_HUB_PREFIX = re.compile(
    r"(?i)hf[-_]hub:|hg://|(?:huggingface|hf|hf-inference-providers|inference-providers|hosted_vllm|vllm|"
    r"sglang|transformers)/(?=[^/]+/[^/]+$)|(?:hf\.co|huggingface\.co)/(?=[^/]+/[^/]+$)"
)
_TAG = re.compile(r"(?i)(?<=.):(?:latest|[iqfb][\w.]*)$")
"""The quantization after the id of a GGUF repository."""


@frozen
class Unnamed:
    """Why a string names no Hub repository."""

    why: str


RUN_TIME = "it is known at run time only"
BARE = "a name without an owner: of a file, of something local, or of a repository of the Hub"
LOCAL = Unnamed("a local path")
PLACEHOLDER = Unnamed("a placeholder")
NOT_AN_ID = Unnamed("no Hub id")


def name_of(text: str, rules: Rules) -> Named | Unnamed:
    """What a loader's argument names."""
    address = hub_address(text)
    if address is not None:
        owner, _, name = address.id.lower().rpartition("/")
        made_up = owner in rules.placeholder_heads or name in rules.placeholder_names
        return PLACEHOLDER if made_up else address
    plain, prefixes = _HUB_PREFIX.subn("", text, count=1)
    if prefixes and "/" in plain:
        plain = _TAG.sub("", plain)
    if "://" in plain or plain.startswith("git@"):
        return Unnamed("an address outside the Hub")
    if plain.startswith((".", "/", "~")) or plain.endswith("/") or "\\" in plain:
        return LOCAL
    if _TEMPLATE.search(plain):
        return PLACEHOLDER if "/" in plain and " " not in plain else NOT_AN_ID
    if plain.count("/") > 1:
        return LOCAL
    identifier, _, revision = plain.partition("@")
    if not is_repo_id(identifier):
        return NOT_AN_ID
    return _plausible(identifier, revision or None, rules)


def _plausible(identifier: str, revision: str | None, rules: Rules) -> Named | Unnamed:
    owner, slash, name = identifier.lower().rpartition("/")
    if (slash and owner in rules.placeholder_heads) or _YOURS.match(identifier) is not None:
        return PLACEHOLDER
    if name in rules.placeholder_names or (not slash and name in rules.bare_words):
        return PLACEHOLDER
    if slash and (owner in rules.local_heads or owner.endswith(_FOLDERS)):
        return LOCAL
    if name.endswith(rules.file_suffixes):
        return LOCAL
    if _VERSION.fullmatch(name) and not slash:
        return NOT_AN_ID
    if slash and not any(c.isalpha() for c in name):
        return NOT_AN_ID
    lowered = identifier.lower()
    if rules.elsewhere.fullmatch(lowered) or is_api(identifier, rules):
        return Unnamed("a model of another service")
    return Named(identifier, revision)


_FOLDERS = ("_data", "_dir", "_output", "_outputs", "_results", "_checkpoints", "_cache", "_logs")
"""How folders end that a program writes to."""
_YOURS = re.compile(
    r"(?i)(?:<|\[)?your[-_.][a-z]|[\w.-]{1,96}/(?:<|\[)?your[-_.](?:[a-z0-9]{1,20}[-_.]){0,2}"
    r"(?:model|repo|repository|name|id|dataset|data|corpus|lora|adapter|checkpoint)s?$"
)
"""An id that says that the reader puts his own there."""
_SETS = frozenset({"set", "sets", "mix", "mixer", "mixture"})
_OF_A_SET = frozenset(
    {"train", "training", "eval", "evaluation", "test", "valid", "validation", "val", "dev", "data",
     "dataset", "datasets", "calibration", "corpus"}
)  # fmt: skip
_USED_AS = _OF_A_SET - {"data", "dataset", "datasets", "corpus"}
"""Words after that of a set that say what it is used for (``dataset_mixer_eval``)."""
_PLACES = frozenset({"url", "dir", "key", "source", "uri"})
_CODE = frozenset({"github", "git", "space", "code", "docker", "image", "bucket", "s3", "base"})
"""Words before ``repo_id`` that say that nothing of the Hub is there."""
OF_WHAT = frozenset({"type", "class", "cls", "module", "config", "split", "template"})
"""Words of names that hold something else where they come last (``model_type``), and say of what an
id is where they do not (``CONTENT_TYPE_MODEL``)."""
_VAGUE = frozenset({"base", "data", "dataset", "datasets", "draft", "judge", "reward", "stub"})
"""Words that say what is held only by themselves: ``base_url`` and ``dataset_dir`` hold paths."""
OF_A_SET_OR_WHAT = _SETS | _OF_A_SET | OF_WHAT | _VAGUE
"""Words that :func:`kind_of_name` knows beside those of the rules."""
_WORD = re.compile(r"[^a-z0-9]+")
_TO = re.compile(r"(?<=[a-z])2(?=[a-z])")
"""Between what a table is asked by and what it gives (``lang2model``)."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STRICT = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(?:@[\w.-]+)?")


@lru_cache(maxsize=8192)
def kind_of_name(name: str, rules: Rules) -> ReferenceKind | None:
    """What a key, flag, field or variable holds, by how its name ends (``teacher_checkpoint``)."""
    words = [w for w in _WORD.split(_TO.sub("_", _CAMEL.sub("_", name).lower())) if w]
    if not words or not (set(words) - OF_WHAT).isdisjoint(rules.name_stops):
        return None
    if words[0] == "hf" and len(words) > 1 and set(words[1:]) <= set(rules.name_tails):
        return ReferenceKind.MODEL
    tails = set[str]()
    while len(words) > 1 and words[-1] in rules.name_tails:
        tails.add(words.pop())
    if words[-1] in OF_WHAT or (words[-1] in _VAGUE and tails & _PLACES):
        return None
    if len(words) > 1 and words[-1] in _SETS and words[-2] in _OF_A_SET:
        return ReferenceKind.DATASET
    used = len(words)
    while used > 1 and words[used - 1] in _USED_AS:
        used -= 1
    if used < len(words) and words[used - 1] in {*rules.name_words.dataset, *_SETS}:
        return None if words[used - 1] == "data" and tails & _PLACES else ReferenceKind.DATASET
    if words[-1] in rules.name_words.model:
        return ReferenceKind.MODEL
    if words[-1] in rules.name_words.dataset:
        return ReferenceKind.DATASET
    told = tails >= {"repo", "id"} or tails >= {"hf", "repo"}
    return ReferenceKind.MODEL if told and words[-1] not in _CODE else None


def is_plain_id(text: str, rules: Rules) -> bool:
    """Whether a string is ``owner/name`` and nothing else that is written so, whoever holds it."""
    if _STRICT.fullmatch(text) is None:
        return False
    named = name_of(text, rules)
    return isinstance(named, Named) and any(c.isalpha() for c in named.id.partition("/")[2])


_OF_A_MODEL = re.compile(
    r"(?i)(?:^|[-_./])(?:\d{1,3}x)?\d{1,4}(?:\.\d{1,3})?[bm](?:$|[-_.])|gguf|gptq|awq|bnb-4bit|instruct|"
    r"(?:^|[-_./])(?:chat|lora|qlora|sft|dpo|bert|modernbert|llama|mistral|mixtral|qwen|gemma|phi|"
    r"falcon|gpt|t5|clip|whisper|mpt|opt|bloom|vicuna|deepseek|roberta|electra|deberta|minilm|bge|"
    r"gte|e5|sdxl|flux|stable-diffusion|siglip|dinov2|vit|wav2vec2|granite|colbert|smollm|"
    r"embedding|encoder|base-v\d|large-v\d)(?:$|[-_.v\d])"
)
"""Sizes, families and quantizations that names of models are made of."""
_HOST = re.compile(r"[\w.-]{1,90}\.(?:ai|com|co|dev|io|net|org)/")
"""An owner that is the address of a host: of images and pages."""
_OF_DATA_ONLY = re.compile(
    r"(?i)data|corpus|bench|prompts?\b|preferences?|ultra(?:chat|feedback)|eval"
)


def is_written_as_a_model(text: str, rules: Rules) -> bool:
    """Whether an id tells by its own words that it is one of a model."""
    return (
        is_plain_id(text, rules)
        and _HOST.match(text) is None
        and _OF_A_MODEL.search(text.partition("/")[2]) is not None
        and _OF_DATA_ONLY.search(text.partition("/")[2]) is None
    )


def is_written_as_data(text: str, rules: Rules) -> bool:
    """Whether an id tells by its own words that it is one of data."""
    return is_plain_id(text, rules) and _OF_DATA_ONLY.search(text.partition("/")[2]) is not None


def is_a_known_model(text: str, rules: Rules) -> bool:
    """Whether a name without an owner is a model's that everybody knows, and no word beside."""
    return "-" in text and "/" not in text and is_known(text, ReferenceKind.MODEL, rules)


def may_hold_a_model(name: str, rules: Rules) -> bool:
    """Whether nothing in a name says that something goes there or is another thing."""
    words = {w for w in _WORD.split(_CAMEL.sub("_", name).lower()) if w}
    return words.isdisjoint({*rules.name_stops, *_PROSE})


_PROSE = frozenset(
    {"doc", "docs", "expected", "example", "test", "title", "message", "description", "caption",
     "question", "answer", "content", "comment"}
)  # fmt: skip
_SHARE = re.compile(r"#\d+$")
"""How many rows are taken, after the id (``owner/name#500``)."""


def listed(text: str) -> list[str]:
    """The ids of a list in one string, joined by commas or ``+``, without counts of rows."""
    return [_SHARE.sub("", part.strip()) for part in re.split(r"[,+]", text)]


def hub_prefix(text: str) -> str | None:
    """The rest of ``hf.co/owner/name`` and of names with the Hub's prefix in other tools."""
    match = _HUB_PREFIX.match(text)
    return None if match is None else text[match.end() :]


def is_id(text: str, kind: ReferenceKind, rules: Rules) -> bool:
    """Whether a value whose holder says little is an id, an address, or a name known everywhere."""
    if kind is ReferenceKind.MODEL and is_api(text, rules):
        return True
    plain = hub_prefix(text) or text
    return is_plain_id(plain, rules) or hub_address(text) is not None or is_known(text, kind, rules)


def is_api(text: str, rules: Rules) -> bool:
    """Whether a string is the name of a model behind an API, and no pattern of such."""
    if not text or len(text) > _LONGEST_API or not _NO_PATTERN.isdisjoint(text):
        return False
    if text.endswith(rules.file_suffixes):
        return False
    plain = text if "/" in text else text.lower()  # services write owners in small letters
    return _routed(text) or rules.apis.fullmatch(_REGION.sub("", plain)) is not None


def is_telling_api(text: str, rules: Rules) -> bool:
    """Whether the name of a model behind an API tells by itself what it is, whoever holds it."""
    return len(text) >= _TELLING and any(c.isdigit() for c in text) and is_api(text, rules)


_TELLING = 5
"""Characters from which on such a name tells."""
_LONGEST_API = 200
_NO_PATTERN = frozenset("*[]{}<>$ ,;\n")
_REGION = re.compile(r"(?:us|eu|apac|jp|au|ca|global|us-gov)\.(?=[a-z0-9]+\.)")
"""Where a cloud service answers from, before the id that it has for a model."""
_ROUTE = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}:(?:free|nitro|floor|online|extended|exacto|beta)")
"""An id with the way that a router of models is to take."""


def _routed(text: str) -> bool:
    return ":" in text and _ROUTE.fullmatch(text) is not None


def is_known(text: str, kind: ReferenceKind, rules: Rules) -> bool:
    """Whether a name without an owner is that of a repository that everybody knows."""
    if rules.known(kind).fullmatch(text) is not None:
        return True
    return kind is ReferenceKind.MODEL and "/" not in text and bool(rules.owner_of(text))


def ids_between_colons(text: str, rules: Rules) -> tuple[str, ...]:
    """The id in ``owner/name``, ``owner/name:part`` or ``kind:owner/name``; none otherwise."""
    if "://" in text or text.count(":") > _COLONS:
        return ()
    return tuple(part for part in text.split(":") if is_plain_id(part, rules))[:1]


_COLONS = 2


def is_bare_name(text: str, rules: Rules) -> bool:
    """Whether a string could be the id of a repository without an owner."""
    if "/" in text or not any(c.isalpha() for c in text):
        return False
    return isinstance(name_of(text, rules), Named)
