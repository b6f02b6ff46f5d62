"""Models that a command or a configuration shown in a card starts from."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.document import Document
from provenance.discovery.model_names import (
    Named,
    usable,
)
from provenance.refs import is_repo_id
from provenance.report.training import BaseModelMention, DeclaredIn

_COMMAND = re.compile(
    r"--(?:model_name_or_path|bert_model|model|pretrained_model(?:_name_or_path)?"
    r"|student_name_or_path|base_model|init_checkpoint)[ =]+[\"']?(?P<model>[\w./-]{2,90})"
)
_TRAINS = re.compile(r"--do_train|--train|--num_train|--learning_rate")
_HOW_TO = re.compile(r"(?i)\bhow to|\busage|\bexample|\bquick ?start|\btry\b")
_CONFIG = re.compile(
    r"\s{0,8}-?\s{0,4}[\"']?(?:base_model|model|model_name_or_path|base_model_name_or_path)[\"']?:\s*[\"']?(?P<model>[\w./-]{3,120})"
)
_CONFIG_KEYS = re.compile(
    r"(?m)^[ \t]{0,20}[\"']?(?:merge_method|slices|models|datasets|adapter|finetuning_type|lora_r|stage|dataset_mixer|dataset|learning_rate|num_train_epochs|micro_batch_size|peft_type|lora_alpha|do_train)[\"']?:"
)


def commands(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``--model_name_or_path X`` in a command that trains."""
    for block in document.blocks:
        if not any("--" in line and _TRAINS.search(line) for line in block.lines):
            continue
        if block.headings and _HOW_TO.search(block.headings[-1]):
            continue
        for offset, line in enumerate(block.lines):
            match = _COMMAND.search(line[:2000])
            if match is not None:
                yield from _written(card, block.line + offset, match["model"], "finetune")


def merged(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """Models of a merge's or a trainer's configuration that the card shows."""
    for block in document.blocks:
        if not _CONFIG_KEYS.search("\n".join(block.lines)):
            continue
        merges = any("merge_method" in line for line in block.lines)
        for offset, line in enumerate(block.lines):
            match = _CONFIG.match(line[:300])
            if match is not None and "/" in match["model"]:
                relation = "merge" if merges else "finetune"
                yield from _written(card, block.line + offset, match["model"], relation)


def _written(card: Card, line: int, text: str, relation: str) -> Iterator[BaseModelMention]:
    model_id = text if is_repo_id(text) else None
    if model_id is not None and usable(card, Named(text, model_id, "")):
        yield BaseModelMention(text, model_id, relation, DeclaredIn.PROSE, card.quote(line, text))


_OF_ADAPTER = re.compile(
    r"PeftModel|PeftConfig|load_adapter|load_lora_weights|load_attn_procs|set_adapters|LoraModel|AutoPeft"
)
_LOADS = re.compile(
    r"(?P<what>\w{3,60})\.from_pretrained\(\s{0,8}(?:pretrained_model_name_or_path\s{0,2}=\s{0,2})?[\"'](?P<model>[\w./-]{3,120})[\"']"
)
_NAMES = re.compile(
    r"\s{0,8}(?P<what>base_?model(?:_?(?:id|name|path|name_or_path))?|model_?(?:id|name)|base_?(?:id|name)|pretrained_model)"
    r"\s{0,4}[=:]\s{0,4}[\"'](?P<model>[\w./-]{3,120})[\"']",
    re.IGNORECASE,
)
_NO_MODEL_CLASS = re.compile(r"(?i)tokenizer|processor|config|peft|lora|scheduler|extractor|vae")


def adapters_loaded(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """The model that code loads before it puts this adapter on it."""
    own = card.repo.partition("/")[2]
    for block in document.blocks:
        text = "\n".join(block.lines)
        if own not in text or not _OF_ADAPTER.search(text):
            continue
        for offset, line in enumerate(block.lines):
            match = _LOADS.search(line[:500]) or _NAMES.match(line[:500])
            if match is None or _NO_MODEL_CLASS.search(match["what"]) or match["model"] == own:
                continue
            yield from _written(card, block.line + offset, match["model"], "adapter")
            break
