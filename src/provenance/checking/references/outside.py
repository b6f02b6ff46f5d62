"""Data and weights at addresses that are not of the Hub. Pure.

No card can be looked up there, so that nothing is known of their terms: said in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.checking.references.addresses import SPOKEN

_SCHEMES = r"(?:https?|ftp|s3[an]?|gs|gcs|abfss?|adl|az|wasbs?|oss|kaggle)"
_PACKED = r"zip|tar|tgz|tbz2?|7z|rar|(?:tar\.)?(?:gz|bz2|xz|zst)"
_ENDS = (
    r"(?:csv|tsv|parquet|arrow|feather|avro|orc|jsonl|ndjson|npz|npy|h5|hdf5|tfrecords?|lmdb|sqlite3?|"
    r"pkl|pth|pt|ckpt|safetensors|gguf|ggml|onnx|tflite|msgpack|"
    rf"(?:(?:json|txt)\.(?:gz|bz2|xz|zst))|{_PACKED})"
)
_HOSTS = (
    r"(?:zenodo\.org/(?:records?|api/records)/|(?:\w+\.)?figshare\.com/(?:files|articles|ndownloader)|"
    r"(?:www\.)?kaggle\.com/(?:datasets|c|competitions|models|api)/|(?:www\.|api\.)?openml\.org/|"
    r"archive\.ics\.uci\.edu/(?:ml/|static/|dataset)|data\.mendeley\.com/|physionet\.org/(?:files|content)|"
    r"drive\.google\.com/(?:uc|file|drive|open)|(?:www\.|dl\.)?dropbox\.com/s|dl\.fbaipublicfiles\.com/|"
    r"(?:www\.)?openslr\.org/|images\.cocodataset\.org/|(?:\w+\.)?dataverse\.[\w.]+/|osf\.io/|"
    r"(?:www\.)?modelscope\.c[no]/(?:datasets|models|api)/|data\.commoncrawl\.org/)"
)
"""Hosts of data, with the paths that data is below."""
_ADDRESS = re.compile(
    rf"(?P<scheme>(?i:{_SCHEMES}))://(?:{_HOSTS}\S|[^\s?#'\"<>]{{3,400}}\.{_ENDS}(?=$|[?#&!]))"
    r"[^\s'\"<>]{0,400}"
)
_WORD = re.compile(rf"(?i:{_SCHEMES})://[^\s'\"`<>|;()\\]{{4,600}}")
_TOOL = re.compile(
    r"(?i)github\.com/[^/]+/[^/]+/(?:archive|releases|tarball|zipball)/|codeload\.github|"
    r"(?:^|[-_./])(?:linux|darwin|macos|windows|win64|x86_64|amd64|arm64|aarch64|src|sources?|"
    r"installers?|toolkit|sdk|cmdline-tools|miniconda|anaconda|cudnn|jdk|maven|gradle|node-v[\d.]+|"
    r"go\d[\d.]+|cmake|boost|openssl|python-\d[\d.]+|ffmpeg|nltk_packages)(?=[-_./]|$)"
)
"""Archives of programs."""
_ARCHIVE = re.compile(rf"\.(?:{_PACKED})(?:$|[?#])")
NOT_OF_THE_HUB = (
    "data or weights at an address that is not the Hub's: nothing is known of its terms"
)
MAY_HOLD = re.compile(rf"://(?:[^\s'\"<>]{{0,400}}?\.{_ENDS}(?![\w-])|{_HOSTS})".encode())
"""What a file has that may hold such an address: a look at its bytes."""


def is_outside(text: str) -> bool:
    """Whether a text is the address of data or weights outside the Hub, and of no program."""
    if "://" not in text or SPOKEN.search(text) is not None or _ADDRESS.match(text) is None:
        return False
    return _ARCHIVE.search(text) is None or _TOOL.search(text) is None


def outside_in(text: str) -> Iterator[tuple[int, str]]:
    """Such addresses in a text, each with where it begins."""
    for match in _WORD.finditer(text) if "://" in text else ():
        address = match[0].rstrip(".,")
        if is_outside(address):
            yield match.start(), address
