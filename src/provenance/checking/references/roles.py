"""What a reference is used for: by the call, the key, the trainer or the script. Pure.

Only a call or a key makes data evaluation data that is not counted (:data:`STRONG`): the name of a
file is too easily chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from provenance.report.checked import Reference, ReferenceKind, RoleBasis, UsedFor

STRONG = frozenset({RoleBasis.CALL, RoleBasis.KEY})
_TRAINING = frozenset(
    {
        "train", "training", "trainer", "trainers", "finetune", "finetuning", "finetuned",
        "finetunes", "finetuner", "tune", "tuner", "tuning",
        "sft", "dpo", "grpo", "ppo", "rlhf", "kto", "orpo", "simpo",
        "rloo", "pretrain", "pretraining", "distill", "distillation", "distil", "qlora", "lora",
        "calibration", "calib", "reward",
    }
)  # fmt: skip
_EVALUATION = frozenset(
    {
        "eval", "evals", "evaluate", "evaluation", "evaluations", "evaluator", "evaluators",
        "evaluating", "benchmark", "benchmarks", "benchmarking", "bench", "metric", "metrics",
        "leaderboard", "harness", "test", "tests", "testing", "valid", "validation", "val", "dev",
        "judge", "judges", "grader", "scorer",
    }
)  # fmt: skip
_INFERENCE = frozenset(
    {
        "inference", "infer", "serve", "server", "serving", "servers", "demo", "demos", "app",
        "predict", "prediction", "predictor", "generate", "generation", "chat", "chatbot",
        "deploy", "deployment", "api", "worker", "encode", "encoder", "encoding", "search",
        "retrieve", "retrieval", "rag", "embed", "embedding", "embeddings", "rerank", "playground",
        "webui", "gradio", "streamlit", "transcribe", "translate", "sample", "sampling",
    }
)  # fmt: skip
_MAKERS = frozenset({"generator"})
"""Models that make what is evaluated or learned from."""
_SMOKE = frozenset({"smoke", "unit", "quick", "sanity"})
"""What is tested with these is the code."""
_SPLIT = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=16_384)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name in snake, kebab, dotted or camel case, in lower case."""
    return tuple(w for w in _SPLIT.split(_CAMEL.sub("_", text).lower()) if w)


def role_of_words(words: frozenset[str] | set[str], kind: ReferenceKind) -> UsedFor:
    """What the words of one name say; a model that judges others is one of an evaluation."""
    if words & _MAKERS and kind is not ReferenceKind.DATASET:
        return UsedFor.INFERENCE
    if words & _SMOKE:
        words = words - {"test", "tests", "testing"}
    if words & _EVALUATION or any(w.endswith("bench") for w in words):
        return UsedFor.EVALUATION
    if words & _TRAINING:
        return UsedFor.TRAINING
    if words & _INFERENCE and kind is not ReferenceKind.DATASET:
        return UsedFor.INFERENCE
    return UsedFor.UNKNOWN


@lru_cache(maxsize=4096)
def role_of_path(path: str, kind: ReferenceKind) -> UsedFor:
    """What a file's name says, else the nearest folder that says something."""
    parts = path.rpartition(".")[0].split("/") if "." in path else path.split("/")
    for above, part in enumerate(reversed(parts)):
        role = role_of_words(set(words_of(part)), kind)
        if role is UsedFor.EVALUATION and kind is not ReferenceKind.DATASET and above > _NEAR:
            continue
        if role is not UsedFor.UNKNOWN:
            return role
    return UsedFor.UNKNOWN


_NEAR = 2
"""Folders above a file that say of a model that it is evaluated; farther ones say what all is."""


_LAUNCHERS = frozenset({"torchrun", "accelerate", "deepspeed", "srun", "python", "python3", "uv"})
"""Programs whose flags go before the program that they start."""


_TRAINS = re.compile(
    r"--(?:learning[-_]rate|lr|num[-_](?:train[-_])?epochs|epochs|do[-_]train|train[-_]split(?:[-_]name)?|"
    r"per[-_]device[-_]train[-_]batch[-_]size|gradient[-_]accumulation[-_]steps|train[-_]file|"
    r"warmup[-_](?:steps|ratio)|lora[-_](?:r|rank|alpha))(?:=.*)?"
)
"""Flags of a command that trains."""


def role_of_command(texts: list[str], kind: ReferenceKind) -> UsedFor:
    """What the program and its subcommand say; arguments after the first flag are not looked at."""
    if any(_TRAINS.fullmatch(text) for text in texts):
        return UsedFor.TRAINING
    words: set[str] = set()
    launched = bool(texts) and texts[0].rpartition("/")[2] not in _LAUNCHERS
    for text, before in zip(texts, ["", *texts], strict=False):
        launched = launched or text.endswith(".py") or before in {"-m", "--module"}
        if text.startswith("-") and text not in {"-m", "-u", "--module"}:
            if launched:
                break
            continue
        if not launched and before.startswith("-") and before != "-u":
            continue
        words |= set(words_of(text.rpartition("/")[2]))
    if words & {"vllm", "sglang", "ollama"} and not words & _TRAINING:
        return UsedFor.INFERENCE if kind is not ReferenceKind.DATASET else UsedFor.UNKNOWN
    return role_of_words(words, kind)


def with_roles(references: Iterable[Reference]) -> list[Reference]:
    """References with a role where nothing near them said one: by their file's name, or usual."""
    return [_with_role(r) if r.role is UsedFor.UNKNOWN else r for r in references]


def _with_role(reference: Reference) -> Reference:
    kind = ReferenceKind.MODEL if reference.kind is ReferenceKind.API else reference.kind
    named = role_of_path(reference.file, kind)
    if named is not UsedFor.UNKNOWN:
        return replace(reference, role=named, role_by=RoleBasis.SCRIPT)
    return replace(reference, role=usual_role(kind, reference.id), role_by=RoleBasis.DEFAULT)


_BENCHMARKS = frozenset({"mmlu", "gpqa", "humaneval", "aime", "hellaswag", "truthfulqa", "ifeval"})
"""Words of ids of sets that nobody means to train on."""
_SPLITS = frozenset({"dev", "test", "tests", "val", "valid", "validation"})
_DIGITS = "0123456789"


def usual_role(kind: ReferenceKind, identifier: str) -> UsedFor:
    """What an id is mostly used for, where nothing around it tells."""
    if kind is not ReferenceKind.DATASET:
        return UsedFor.INFERENCE
    words = {word.strip(_DIGITS) for word in words_of(identifier.partition("/")[2])}
    if words & _BENCHMARKS or role_of_words(words - _SPLITS, kind) is UsedFor.EVALUATION:
        return UsedFor.EVALUATION
    return UsedFor.TRAINING
