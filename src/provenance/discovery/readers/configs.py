"""Configurations and commands of training that a card shows in fenced code.

axolotl (``datasets: - path:``), LLaMA-Factory (``dataset: a,b``), TRL and the alignment handbook
(``dataset_name``, ``dataset_mixer``), ``--dataset_name`` of a command that trains, and
``load_dataset`` beside a trainer.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.document import CodeBlock, Form, Passage
from provenance.discovery.nameless import is_path, names_no_set
from provenance.discovery.prose_items import NamedSet
from provenance.frozen import frozen
from provenance.report.training import DeclaredIn, Role

CONFIG = "config: training data"
"""What is observed of a name in a configuration."""
_TRAINS = re.compile(
    r"(?m)^[ \t]{0,20}[\"']?(?:base_model|model_name_or_path|model_name|finetuning_type|stage|adapter|lora_r|learning_rate"
    r"|micro_batch_size|per_device_train_batch_size|num_epochs|num_train_epochs|output_dir|sequence_len|cutoff_len)[\"']?\s?:"
)
_KEY = re.compile(
    r"(?P<indent>[ \t]{0,40})(?P<dash>-\s)?[\"']?(?P<key>[\w./-]{1,90})[\"']?:(?:\s{1,8}(?P<value>\S.*))?\s*$"
)
_ITEM = re.compile(
    r"(?P<indent>[ \t]{0,40})-\s{1,4}[\"']?(?P<value>[\w][\w./-]{1,120})[\"']?\s*(?:#.*)?$"
)
_LISTS = frozenset(
    [
        "datasets",
        "dataset",
        "pretraining_dataset",
        "train_datasets",
        "training_datasets",
        "train_data",
        "sft_datasets",
    ]
)
_VALUES = frozenset(
    [
        "dataset",
        "datasets",
        "dataset_name",
        "train_dataset",
        "dataset_id",
        "pretraining_dataset",
        "train_data",
        "dataset_path",
    ]
)
_MIXERS = frozenset(["dataset_mixer", "dataset_mixture", "data_mix", "dataset_weights"])
_NAMES = frozenset(["path", "name_or_path", "dataset", "dataset_name", "id", "hf_id", "repo_id"])
_ELEMENT = re.compile(r"[\"']?(?P<name>[A-Za-z\d][\w./-]{1,120})[\"']?")
_COMMAND = re.compile(
    r"--(?:train_)?dataset(?:_name|_id)?(?:s|_names)?[ =]{1,3}[\"']?(?P<names>[A-Za-z\d][\w./,-]*)"
)
_RUNS_TRAINING = re.compile(
    r"--do_train\b|--learning_rate|--lr\b|--num_train_epochs|--max_train_steps|--epochs|train\w{0,30}\.py|accelerate launch|sft\.py|\btrl sft|torchrun"
)
_LOAD = re.compile(
    r"\bload_dataset\(\s{0,4}[\"'](?P<name>[\w./-]{2,120})[\"'](?P<rest>[^)]{0,200})"
)
_TRAINER = re.compile(r"Trainer\(|trainer\.train\(|\.fit\(|TrainingArguments|train_dataset\s{0,2}=")
_NOT_TRAIN = re.compile(r"split\s{0,2}=\s{0,2}[\"'](?:test|valid|dev|eval)")
_HOW_TO = re.compile(
    r"(?i)\bhow to|\busage|\bexample|\bquick ?start|\btry\b|\beval|inference|reproduc|\btest"
)
_FILE = re.compile(r"(?i)\.(?:jsonl?|csv|tsv|txt|parquet|arrow|gz|zip|zst|bin|py)$")


@frozen
class _Entry:
    """A name in a block: its line in the block and what it is for."""

    line: int
    name: str
    role: Role


def read(reading: CardReading) -> Iterator[Candidate]:
    """Sets that configurations, commands and code of training name."""
    for block in reading.document.blocks:
        text = "\n".join(block.lines)
        if "data" not in text:
            continue
        entries = [*_configured(block, text), *_commanded(block, text), *_loaded(block, text)]
        for entry in entries:
            if not _names_a_set(entry.name):
                continue
            line = block.lines[entry.line]
            passage = Passage(Form.TEXT, line, block.line + entry.line, block.headings, False)
            named = NamedSet(entry.name, None, None, True, True, entry.name)
            yield reading.candidate(passage, 0, named, entry.role, DeclaredIn.CONFIG, {CONFIG})


def _names_a_set(name: str) -> bool:
    return not (names_no_set(name) or is_path(name) or _FILE.search(name))


def _configured(block: CodeBlock, text: str) -> Iterator[_Entry]:
    """Values of a configuration's keys for data; lists and mappings under them."""
    if not _TRAINS.search(text):
        return
    under, depth = "", 0
    for number, line in enumerate(block.lines):
        match = _KEY.match(line)
        item = None if match else _ITEM.match(line)
        indent = len(line) - len(line.lstrip())
        if line.strip() and (
            indent < depth or (indent == depth and not line.lstrip().startswith("- "))
        ):
            under = ""
        if item is not None and under in _LISTS:
            yield _Entry(number, item["value"], Role.FINETUNING)
        elif match is not None and under:
            yield from _nested(number, under, match)
        elif match is not None:
            key, value = match["key"].lower(), match["value"] or ""
            if key in _VALUES and value and not value.startswith("#"):
                yield from _elements(number, value)
            elif key in _LISTS | _MIXERS:
                under, depth = key, indent


def _nested(number: int, under: str, match: re.Match[str]) -> Iterator[_Entry]:
    """What a key below a list or a mapping of data names."""
    if under in _LISTS and match["key"].lower() in _NAMES:
        yield from _elements(number, match["value"] or "")
    elif under in _MIXERS and "/" in match["key"]:
        yield _Entry(number, match["key"], Role.FINETUNING)


def _elements(number: int, value: str) -> Iterator[_Entry]:
    """The names of ``a``, ``a,b`` and ``[a, b]``."""
    for part in value.partition(" #")[0].strip(" []").split(","):
        match = _ELEMENT.fullmatch(part.strip())
        if match is not None:
            yield _Entry(number, match["name"], Role.FINETUNING)


def _commanded(block: CodeBlock, text: str) -> Iterator[_Entry]:
    """``--dataset_name X`` of a command that trains."""
    if "--" not in text or not _RUNS_TRAINING.search(text) or _shows_how(block):
        return
    for number, line in enumerate(block.lines):
        match = _COMMAND.search(line)
        if match is not None:
            for name in match["names"].split(","):
                if name:
                    yield _Entry(number, name, Role.FINETUNING)


def _loaded(block: CodeBlock, text: str) -> Iterator[_Entry]:
    """``load_dataset("X")`` in code that trains."""
    if "load_dataset" not in text or not _TRAINER.search(text) or _shows_how(block):
        return
    for number, line in enumerate(block.lines):
        match = _LOAD.search(line)
        if match is not None and not _NOT_TRAIN.search(match["rest"]):
            yield _Entry(number, match["name"], Role.FINETUNING)


def _shows_how(block: CodeBlock) -> bool:
    return bool(block.headings) and _HOW_TO.search(block.headings[-1]) is not None
