"""Models that a command or a configuration shown in a card starts from."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.document import Document
from provenance.discovery.model_names import (
    NamedModel,
    usable,
)
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
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


_KEY = re.compile(
    r"(?<![\w./-])[\"']?(?P<key>[A-Za-z][\w.-]{2,60})[\"']?\s{0,4}:\s{0,4}[\"']?(?P<model>[\w.-]{2,60}/[\w.-]{2,95})[\"']?(?=[\s,}\]]|$)"
)
_STARTING = re.compile(
    r"(?i)base_?model|init|pre-?trained|backbone|foundation|parent|warm_?start|start(?:ing)?_|resume|upstream|fine-?_?tuned?_from|student"
)
_OTHER_KEY = re.compile(
    r"(?i)tokeni|judge|eval|teacher|draft|reward|ref_|reference|output|push|save|data|processor|critic|embed|baseline|url|path_to|repo_id"
)
_GGUF = re.compile(
    r"general\.base_model\.\d{1,3}\.repo_url\W{0,6}(?:str(?:ing)?\b)?[\s=:|`\"']{0,20}(?P<model>https://[^\s|`\"',]{5,200})"
)
"""Keys of GGUF files (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""


def keys(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """A key of any configuration that says what was started from, and a GGUF file's own keys."""
    for number, line in enumerate(card.lines, 1):
        match = _GGUF.search(line) if "general.base_model." in line else None
        ref = parse_hub_url(match["model"]) if match is not None else None
        if ref is not None and ref.kind is RepoKind.MODEL:
            quoted = card.quote(number, ref.id)
            yield BaseModelMention(ref.id, ref.id, "quantized", DeclaredIn.PROSE, quoted)
    for block in document.blocks:
        if block.headings and _HOW_TO.search(block.headings[-1]):
            continue
        for offset, line in enumerate(block.lines):
            for match in _KEY.finditer(line) if "/" in line else ():
                if _STARTING.search(match["key"]) and not _OTHER_KEY.search(match["key"]):
                    yield from _written(card, block.line + offset, match["model"], "finetune")


def commands(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``--model_name_or_path X`` in a command that trains."""
    for block in document.blocks:
        if not any("--" in line and _TRAINS.search(line) for line in block.lines):
            continue
        if block.headings and _HOW_TO.search(block.headings[-1]):
            continue
        for offset, line in enumerate(block.lines):
            match = _COMMAND.search(line)
            if match is not None:
                yield from _written(card, block.line + offset, match["model"], "finetune")


def merged(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """Models of a merge's or a trainer's configuration that the card shows."""
    for block in document.blocks:
        if not _CONFIG_KEYS.search("\n".join(block.lines)):
            continue
        merges = any("merge_method" in line for line in block.lines)
        for offset, line in enumerate(block.lines):
            match = _CONFIG.match(line)
            if match is not None and "/" in match["model"]:
                relation = "merge" if merges else "finetune"
                yield from _written(card, block.line + offset, match["model"], relation)


def _written(card: Card, line: int, text: str, relation: str) -> Iterator[BaseModelMention]:
    model_id = text if is_repo_id(text) else None
    if model_id is not None and usable(card, NamedModel(text, model_id, "")):
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
_TRAINS_IN_CODE = re.compile(r"\.(?:train|fit)\(\)|Trainer\(|\.fit\(")
_NO_MODEL_CLASS = re.compile(r"(?i)tokenizer|processor|config|peft|lora|scheduler|extractor|vae")


def loaded_in_code(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """The model that code loads before it puts this adapter on it or trains this model from it."""
    this_model = card.repo.partition("/")[2]
    for block in document.blocks:
        text = "\n".join(block.lines)
        trains = _TRAINS_IN_CODE.search(text) is not None and "push_to_hub" in text
        if this_model not in text or not (trains or _OF_ADAPTER.search(text)):
            continue
        for offset, line in enumerate(block.lines):
            match = _LOADS.search(line) or _NAMES.match(line)
            if match is None or match["model"] == this_model:
                continue
            if _NO_MODEL_CLASS.search(match["what"]):
                continue
            relation = "finetune" if trains else "adapter"
            yield from _written(card, block.line + offset, match["model"], relation)
            break
