"""Values of ``base_model:`` that name no model: a path of somebody's machine, a flag, a script.

Training tools write into the card what they were started with: ``./out``, ``None``,
``/content/model``. Something was trained further then, and nobody can say what.
"""

from __future__ import annotations

from provenance import lazy_re as re

EMPTY_WORDS = frozenset({"", "null", "none", "n/a", "na", "-", "unknown", "todo", "custom", "~"})
"""Values that name nothing."""

_LOADERS = frozenset(
    ["json", "jsonl", "csv", "tsv", "text", "txt", "parquet", "arrow", "pandas", "generator", "imagefolder", "audiofolder",
     "videofolder", "webdataset", "unnamed dataset", "unnamed", "nan", "undefined", "tbd", "your_dataset", "dataset", "data"]
)  # fmt: skip
"""How data was loaded, which tools write where its name would stand."""


_LICENSE = re.compile(
    r"(?:cc[- ](?:by|0)|cc0|apache|gpl|lgpl|agpl|odc-by|odbl|mpl|bsd)(?:[- ]?(?:by|nc|sa|nd|clause|v?\d[\d.]*)){0,5}|mit"
)


def names_no_set(text: str) -> bool:
    """Whether words stand where a set's name would and name none: ``None``, ``json``."""
    plain = text.strip(" `*_\"'").lower()
    if plain in EMPTY_WORDS or plain in _LOADERS or _LICENSE.fullmatch(plain) is not None:
        return True
    return any(p.search(plain) for p in (_ARCHIVE, _PAGE, _PATH, _BOUND))


_ARCHIVE = re.compile(r"\.(?:tar|tgz|zip|7z|rar|tbz2?|txz)(?:\.(?:gz|bz2|xz|zst))?$")
"""A part of a set as it is downloaded, which names none."""
_PATH = re.compile(
    r"^(?:\.{0,2}/)?(?:data|datasets|corpus|corpora|raw|processed)/[\w.-]{1,60}/(?:[\w.-]{1,60}/?){1,6}$"
)
"""A place on the disk of whoever trained."""
_BOUND = re.compile(r"^(?:least|most|more than|less than|fewer than|up to) \d")
"""The end of "at least 1,200 examples"."""
_PAGE = re.compile(r"\b(?:documentation|details|readme|data sheet|report|guide|lab|laboratory)$")
"""What tells of data, or who made it."""


_SCRIPT = re.compile(r"(?i)\.(?:py|sh|ipynb|ya?ml|json|toml|cfg|md|txt|zip|tar|gz)$")
_WEIGHTS = re.compile(r"(?i)\.(?:bin|pt|pth|ckpt|safetensors|gguf|onnx|h5)$")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_FOLDER = re.compile(
    r"(?i)(?:(?:checkpoint|ckpt|epoch|step|run|model|out|output|result|final|merged?|save|saved|trained"
    r"|finetuned?|weights?|adapter|lora|sft|dpo|best|last|latest|tmp|temp|dir|folder|full|new|my|the"
    r"|remerge|v?\d+)s?(?:[-_.]|$)){1,12}"
)
"""The name of a folder that holds any model: ``checkpoint-500``, ``final_model``, ``output``."""


_KAGGLE = "/kaggle/input/"
"""Where Kaggle mounts a model (``<model>/<framework>/<variant>/<version>``): the path names it."""


def is_path(text: str) -> bool:
    """Whether a value is a path of a machine: absolute, at home, relative, on a drive."""
    return text.startswith(("/", "~", "./", "../", ".\\", "..\\")) or _DRIVE.match(text) is not None


def path_tail(text: str) -> str:
    """The last two parts of a path, which may be an owner and a name; of Kaggle's, the whole."""
    if text.startswith(_KAGGLE):
        return text.removeprefix(_KAGGLE).strip("/")
    parts = [p for p in text.replace("\\", "/").split("/") if p not in {"", ".", ".."}]
    return "/".join(parts[-2:])


def names_no_model(text: str) -> str | None:
    """What a value of ``base_model:`` is, where it is no model's name; ``None``: it may be one.

    A path whose last part may be a model's name (``/data/models/Qwen3-14B``) names that model in
    words.
    """
    if text.lower() in EMPTY_WORDS:
        return "a word for none"
    if text.startswith("-"):
        return "an option of a command"
    if text.startswith(_KAGGLE):
        return None
    path = is_path(text)
    if _SCRIPT.search(text) or (_WEIGHTS.search(text) and (path or "/" not in text)):
        return "a file"
    tail = path_tail(text).rpartition("/")[2]
    relative = text.startswith(".")
    if path and (relative or _FOLDER.fullmatch(tail) or not re.search(r"[A-Za-z]{2}", tail)):
        return "a folder on the publisher's machine"
    return None
