"""Programs that take an id without a flag, and which word it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from provenance.checking.references.names import (
    hub_prefix,
    is_known,
    is_plain_id,
    is_written_as_a_model,
)
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell_text import Token
from provenance.checking.references.sites import Unsaid
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.frozen import frozen
from provenance.report.checked import ReferenceKind

OLLAMA = "a model of Ollama's library"
_TAKES_AN_ID = {
    "huggingface-cli": r"download",
    "hf": r"download",
    "vllm": r"serve|chat|complete",
    "ollama": r"run|pull",
    "litgpt": r"\w+",
    "lms": r"get|load",
    "tune": r"download",
    "sglang": r"serve",
    "lmdeploy": r"chat|convert|lite",
    "transformers": r"chat|serve|download",
    "transformers-cli": r"chat|download",
    "mlc_llm": r"chat|serve|compile",
}
"""Programs whose subcommands, as a pattern, take an id as their argument."""
OF_OTHERS = frozenset(
    {"FROM", "git", "docker", "podman", "apt", "apt-get", "cd", "mkdir", "rm", "cp", "mv", "source",
     "brew", "go", "npm", "npx", "yarn", "pnpm", "gh", "conda", "mamba", "add-apt-repository", "#",
     "COPY", "ADD", "WORKDIR", "helm", "kubectl", "ls", "cat", "tar", "uses:", "chmod", "export"}
)  # fmt: skip
"""Commands whose words are folders, images, branches and packages of others."""
_OTHER_FLAGS = frozenset(
    {"--output_dir", "--output-dir", "--output", "-o", "--image", "--hub_model_id", "--save_path",
     "--save-path", "--save", "--load", "--run_name", "--wandb_project", "--repository", "--repo",
     "--platform", "--local-dir", "--cache-dir", "--log-dir", "--name", "-v", "-t", "--out"}
)  # fmt: skip
_SWITCHES = frozenset(
    {
        "--quiet", "--resume-download", "--force-download", "--dry-run", "--no-force-download",
        "-q", "-v", "--remote", "--verbose", "--trust-remote-code", "--trust_remote_code", "--bf16",
        "--fp16", "--insecure", "-d",
    }
)  # fmt: skip
"""Flags that take no value."""
_PYTHON = re.compile(r"(?:.*/)?(?:python[\d.]*|torchrun|accelerate|deepspeed|ipython|uv|srun)")


@frozen
class Taken:
    """A word that a program takes as an id."""

    token: Token
    kind: ReferenceKind
    how: str
    sure: bool
    """The program takes nothing else there."""


def taken(
    tokens: Sequence[Token], texts: Sequence[str], path: str, rules: Rules
) -> Iterator[Taken]:
    """What a command takes; ``texts`` are its words without quotes."""
    yield from _subcommands(tokens, texts)
    yield from _scripts(tokens, texts, rules)
    if not path.endswith((".py", ".ipynb")):  # there most text with commands is help
        yield from _by_their_words(tokens, texts, rules)
    if texts and texts[0] == "FROM" and len(texts) > 1 and texts[1].startswith(("hf.co/", "hugg")):
        yield Taken(tokens[1], ReferenceKind.MODEL, "ollama FROM", sure=True)


_LETTERS = {"-m": ReferenceKind.MODEL, "-d": ReferenceKind.DATASET}
"""Short flags that mostly take a model or a set, where what they get is written as an id."""


def kind_of_letter(
    flag: str, text: str, texts: Sequence[str], rules: Rules
) -> ReferenceKind | None:
    """``-m owner/name`` and ``-d owner/name`` of a program that nobody knows."""
    kind = _LETTERS.get(flag)
    if kind is None or texts[0] in OF_OTHERS:
        return None
    told = looks_like_an_id(text, rules) or is_known(text, kind, rules)
    if kind is ReferenceKind.DATASET:
        told = "-m" in texts and looks_like_an_id(text, rules)
    return kind if told else None


def unsaid_words(
    tokens: Sequence[Token], texts: Sequence[str], path: str, rules: Rules
) -> Iterator[Unsaid]:
    """Words of a command that look like ids, where no flag or name says that they are."""
    if texts[0] in OF_OTHERS:
        return
    for token, text, before in zip(tokens, texts, ["", *texts], strict=False):
        value = text.rpartition("=")[2]
        if before not in _OTHER_FLAGS and looks_like_an_id(value, rules):
            yield Unsaid(path, token.line, token.column, value)


def _subcommands(tokens: Sequence[Token], texts: Sequence[str]) -> Iterator[Taken]:
    for index, (first, second) in enumerate(pairwise(texts)):
        program = first.rpartition("/")[2]
        wanted = _TAKES_AN_ID.get(program)
        if wanted is None or re.fullmatch(wanted, second) is None:
            continue
        rest = texts[index + 2 :]
        dataset = "--repo-type=dataset" in rest or ("--repo-type", "dataset") in pairwise(rest)
        kind = ReferenceKind.DATASET if dataset else ReferenceKind.MODEL
        token = _first_argument(tokens[index + 2 :])
        if token is not None:
            yield Taken(token, kind, f"{program} {second}", sure=True)


def _scripts(tokens: Sequence[Token], texts: Sequence[str], rules: Rules) -> Iterator[Taken]:
    """``python train.py owner/name``."""
    start = next((i for i, t in enumerate(texts) if _PYTHON.fullmatch(t)), None)
    if start is None or "-c" in texts:
        return
    script = False
    for index in range(start + 1, len(texts)):
        text, before = texts[index], texts[index - 1]
        if text.endswith(".py") or before == "-m":
            script = True
        elif (
            script
            and (not before.startswith("-") or before in _SWITCHES)
            and is_plain_id(text, rules)
        ):
            words = set(words_of(" ".join(texts[:index])))
            kind = ReferenceKind.DATASET if words & {"dataset", "data"} else ReferenceKind.MODEL
            yield Taken(tokens[index], kind, "argument", sure=False)


def _by_their_words(tokens: Sequence[Token], texts: Sequence[str], rules: Rules) -> Iterator[Taken]:
    """``summarise owner/name-7b text.txt``: a word of any program that tells what it is.

    Not what a program printed (``Model: owner/name-7b``).
    """
    if not texts or texts[0] in OF_OTHERS or "=" in texts[0] or texts[0].endswith(":"):
        return
    for token, text, before in zip(tokens[1:], texts[1:], texts, strict=False):
        if before.startswith("-") and before not in _SWITCHES:
            continue
        plain = hub_prefix(text) or text
        if looks_like_an_id(plain, rules) and is_written_as_a_model(plain, rules):
            yield Taken(token, ReferenceKind.MODEL, "argument", sure=False)
        elif (told := _SAID_BEFORE.get(before)) is not None and is_known(text, told, rules):
            yield Taken(token, told, "argument", sure=False)


_SAID_BEFORE = {"model": ReferenceKind.MODEL, "dataset": ReferenceKind.DATASET}
"""Words of a command behind which a short name that is known is one: ``optimize model gpt2``."""


def _first_argument(tokens: Sequence[Token]) -> Token | None:
    """The first token that is neither a flag nor the value of one."""
    skip = False
    for token in tokens:
        if skip:
            skip = False
        elif token.text.startswith("-"):
            skip = "=" not in token.text and token.text not in _SWITCHES
        else:
            return token
    return None
