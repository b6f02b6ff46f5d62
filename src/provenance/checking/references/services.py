"""Services that answer for models: their addresses, their names, and what stands beside a model.

An id that such a service is given is one of its models, even where it is written as those of the
Hub are (``meta-llama/llama-3.1-70b-instruct``). A server of one's own is no service. Pure.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from provenance.checking.references.roles import words_of


class Served(IntEnum):
    """Who answers for the models that are named near a place."""

    UNKNOWN = 0
    NOBODY = 1
    """A server of one's own, or the Hub's: an id there is one of the Hub."""
    BY_MAKER = 2
    """Whoever made the models: a name without an owner is one of them."""
    BY_HOST = 3
    """A service that hosts the models of many: every id is one of its own."""


_MAKERS = frozenset(
    {"openai", "azureopenai", "openaicompletion", "openaichat", "chatopenai", "anthropic", "claude",
     "bedrock", "awsbedrock", "amazonbedrock", "vertexai", "vertex", "gemini", "googlegenai",
     "googleai", "googlegenerativeai", "cohere", "mistralai", "voyageai", "voyage", "xai", "ai21",
     "deepseek", "dashscope", "moonshot", "zhipu", "zhipuai", "perplexity", "palm"}
)  # fmt: skip
"""Names of services with models of their own, without what is between words."""
_HOSTS = frozenset(
    {"openrouter", "together", "togetherai", "groq", "deepinfra", "fireworks", "fireworksai", "nim",
     "nvidianim", "nvidiaaiendpoints", "anyscale", "replicate", "sambanova", "cerebras", "novita",
     "novitaai", "siliconflow", "hyperbolic", "octoai", "nebius", "baseten", "aimlapi", "chutes",
     "friendliai", "lambdaai", "parasail", "githubmodels", "requesty"}
)  # fmt: skip
"""Names of services that host models of others."""
_OWN = frozenset(
    {"vllm", "hostedvllm", "tgi", "sglang", "llamacpp", "ollama", "lmstudio", "huggingface", "hf",
     "transformers", "local", "lmdeploy", "mlx", "tensorrtllm", "trtllm", "triton", "exllama"}
)  # fmt: skip
"""Names of servers and libraries that load models of the Hub."""
_SAYS_WHO = frozenset(
    {"provider", "service", "backend", "platform", "vendor", "api", "engine", "client", "type",
     "server", "host"}
)  # fmt: skip
"""Last words of keys that say who answers."""
_ADDRESS_OF = frozenset({"url", "base", "endpoint", "uri", "host", "server"})
_OF_AN_API = frozenset(
    {"api", "base", "endpoint", "openai", "llm", "inference", "server", "model", "provider",
     "judge", "host", "service"}
)  # fmt: skip
_HOSTED = re.compile(
    r"https?://(?:[\w-]{1,60}\.){0,4}(?:openrouter\.ai|together\.(?:xyz|ai)|groq\.com|deepinfra\.com|"
    r"fireworks\.ai|anyscale\.com|api\.nvidia\.com|replicate\.com|sambanova\.ai|cerebras\.ai|"
    r"novita\.ai|siliconflow\.(?:cn|com)|hyperbolic\.xyz|octoai\.(?:run|cloud)|nebius\.(?:ai|com)|"
    r"baseten\.co|aimlapi\.com|chutes\.ai|friendli\.ai|pinference\.ai|primeintellect\.ai|"
    r"models\.github\.ai|models\.inference\.ai\.azure\.com|lambda\.ai|lambdalabs\.com|"
    r"parasail\.io|requesty\.ai)(?![\w.-])"
)
"""Addresses of services that host models of others."""
_MADE = re.compile(
    r"https?://(?:[\w-]{1,60}\.){0,4}(?:openai\.com|openai\.azure\.com|anthropic\.com|googleapis\.com|"
    r"mistral\.ai|cohere\.(?:ai|com)|x\.ai|deepseek\.com|moonshot\.(?:cn|ai)|bigmodel\.cn|"
    r"perplexity\.ai|aliyuncs\.com|amazonaws\.com|voyageai\.com|volces\.com)(?![\w.-])"
)
"""Addresses of those who serve what they made."""
_OWN_SERVER = re.compile(
    r"https?://(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|host\.docker\.internal|[\w-]{1,60}(?::\d|/|$)|"
    r"(?:[\w-]{1,60}\.){0,5}(?:local|internal|svc|huggingface\.co|huggingface\.cloud|hf\.space|hf\.co)"
    r"(?![\w.-]))"
)
"""Addresses of servers of one's own, and of the Hub."""


_MODELS = frozenset({"model", "models", "llm", "llms", "lm", "deployment"})
_NOT_A_MODEL = frozenset({"tokenizer", "processor", "dir", "path", "file", "type", "provider"})


def names_a_served_model(name: str, parents: tuple[str, ...] = ()) -> bool:
    """Whether a key holds the model that a service is asked for."""
    words = {*words_of(name), *(words_of(parents[-1]) if name in _PLAIN and parents else ())}
    return not _MODELS.isdisjoint(words) and _NOT_A_MODEL.isdisjoint(words)


_PLAIN = frozenset({"name", "id"})


class _Tells(enum.Enum):
    """By what a key can say who answers."""

    ADDRESS = enum.auto()
    NAME = enum.auto()
    EITHER = enum.auto()


@lru_cache(maxsize=16_384)
def _tells(key: str) -> _Tells | None:
    """What a key can say of who answers; ``None``: nothing."""
    words = words_of(key)
    last = words[-1] if words else ""
    if last in {"baseurl", "apibase"}:
        return _Tells.ADDRESS
    told = len(words) == 1 or not _OF_AN_API.isdisjoint(words)
    if last in _SAYS_WHO:
        return _Tells.EITHER if last in _ADDRESS_OF and told else _Tells.NAME
    return _Tells.ADDRESS if last in _ADDRESS_OF and told else None


def said_by(key: str, text: str) -> Served:
    """What one key and its value say of who answers for the models beside it."""
    told = _tells(key)
    if told is None or not text or len(text) > _LONGEST:
        return Served.UNKNOWN
    if "://" in text:
        return Served.UNKNOWN if told is _Tells.NAME else served_at(text)
    return Served.UNKNOWN if told is _Tells.ADDRESS else _called(text)


_LONGEST = 300


_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def _called(text: str) -> Served:
    """Whose name a text is."""
    name = _BETWEEN_WORDS.sub("", text.partition(".")[0].lower())
    if name in _OWN:
        return Served.NOBODY
    if name in _HOSTS:
        return Served.BY_HOST
    return Served.BY_MAKER if name in _MAKERS else Served.UNKNOWN


def served_at(address: str) -> Served:
    """Whose address it is."""
    if _OWN_SERVER.match(address) is not None:
        return Served.NOBODY
    if _HOSTED.match(address) is not None:
        return Served.BY_HOST
    return Served.BY_MAKER if _MADE.match(address) is not None else Served.UNKNOWN


def answers(text: str) -> bool:
    """Whether a string can say of any service that it answers."""
    if "://" in text:
        return served_at(text) >= Served.BY_MAKER
    return len(text) <= _LONGEST and _called(text) >= Served.BY_MAKER


def said_beside(pairs: Iterable[tuple[str, str]]) -> Served:
    """What keys of one table, call or command say; an address goes before a name."""
    first = Served.UNKNOWN
    for key, text in pairs:
        served = said_by(key, text)
        if "://" in text and served is not Served.UNKNOWN:
            return served
        if served is not Served.UNKNOWN and first is Served.UNKNOWN:
            first = served
    return first


_REMARK = re.compile(r"(?m)(?:^|(?<=\s))#.*$")
"""What a shell and Python leave out. In a string it may be more; then the text says less."""


def spoken_to(text: str) -> Served:
    """Whom a whole file speaks to: a host of models, and neither a server of one's own nor the Hub.

    Makers are left out: a file that names one's page says nothing of its models. So are comments:
    a page of a host to read there asks it for nothing.
    """
    if "://" not in text or _HOSTED.search(text) is None or _OWN_SERVER.search(text) is not None:
        return Served.UNKNOWN
    asked = _HOSTED.search(_REMARK.sub("", text))
    return Served.UNKNOWN if asked is None else Served.BY_HOST
