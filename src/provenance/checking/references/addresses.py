"""Addresses that point into the Hub, however they are written. Pure.

A user, a token, a port, capitals, ``git+``, ``git@host:``, a mirror and the paths of the Hub's API
change nothing about which repository an address names.
"""

from __future__ import annotations

import re

from provenance.frozen import frozen
from provenance.refs import HUB_HOSTS, RepoKind, is_repo_id, parse_hub_url
from provenance.vocabulary.keys import PUBLIC_HUB


@frozen
class Named:
    """A Hub repository that a string names."""

    id: str
    revision: str | None = None
    kind: RepoKind | None = None
    """Where the string itself says so (``hf://datasets/…``)."""


_NAMES = (*HUB_HOSTS, "hf-mirror.com", "www.hf-mirror.com")
"""The Hub, and the mirror that has the same paths."""
_HOSTS = f"(?i:{'|'.join(map(re.escape, _NAMES))})"
_HUB = re.compile(
    rf"(?P<git>(?i:git\+))?(?i:https?|ssh|git)://(?:[^\s/@]{{0,300}}@)?{_HOSTS}(?::\d{{1,5}})?/+(.*)"
)
_SCP = re.compile(rf"(?:[\w.-]{{1,64}}@){_HOSTS}:/{{0,3}}(.*)")
"""``git@hf.co:owner/name``."""
_INFERENCE = re.compile(
    r"https://(?:api-inference|router)\.huggingface\.co/(?:hf-inference/)?models/([\w.-]+/[\w.-]+)/?"
)
_API = re.compile(r"api/(models|datasets)/([\w.-]+/[\w.-]+)(?:/([\w-]+)(?:/([\w.-]+))?)?.*")
"""``api/models/owner/name/revision/REV``."""
_SERVER = re.compile(
    r"https://datasets-server\.huggingface\.co/[\w/-]{1,40}\?(?:[^#\s]{0,400}&)?"
    r"dataset=([\w.-]+(?:/|%2[Ff])[\w.-]+)(?:[&#].*)?"
)
"""What serves rows of data; its address names them behind ``dataset=``."""
_OF_A_REVISION = frozenset({"revision", "tree", "resolve", "raw"})
_VCS = re.compile(r"((?:datasets/)?[\w.-]+/[\w.-]+?)(?:\.git)?(?:@([\w.-]+))?(?:#.*)?")
"""What pip takes behind ``git+https://host/``."""


SPOKEN = re.compile(rf"hf://|{_HOSTS}[:/]")
"""What a text has that may hold such an address."""


_AT_A_HOST = re.compile(rf"://(?:[^\s/@]{{0,300}}@)?(?i:datasets-server\.)?{_HOSTS}".encode())
"""It begins with what is searched for fastest."""
_COPIED = re.compile(f"@{_HOSTS}:".encode())


def speaks_of_the_hub(data: bytes) -> bool:
    """Whether a file may hold an address of the Hub: a look at its bytes."""
    return _AT_A_HOST.search(data) is not None or (
        b"git@" in data and _COPIED.search(data) is not None
    )


def hub_address(text: str) -> Named | None:
    """The repository in an ``hf://`` path or a Hub URL of a file, else ``None``."""
    if len(text) > 1000 or any(char.isspace() for char in text):
        return None
    if text.startswith("hf://"):
        return _hf_path(text.removeprefix("hf://"))
    if "://" not in text and "@" not in text:
        return None
    served = _INFERENCE.fullmatch(text) if "huggingface.co/" in text else None
    if served is not None and is_repo_id(served[1]):
        return Named(served[1], None, RepoKind.MODEL)
    rows = _SERVER.fullmatch(text) if "datasets-server." in text else None
    if rows is not None:
        named = re.sub("(?i)%2f", "/", rows[1])
        return Named(named, None, RepoKind.DATASET) if is_repo_id(named) else None
    match = _HUB.fullmatch(text)
    if match is not None:
        return _of_git(match[2]) if match["git"] else _of_path(match[2])
    copied = _SCP.fullmatch(text)
    return None if copied is None else _of_git(copied[1])


def _of_path(path: str) -> Named | None:
    """What stands behind the host of an address."""
    asked = _API.fullmatch(path)
    if asked is not None:
        revision = asked[4] if asked[3] in _OF_A_REVISION else None
        return Named(asked[2], revision, RepoKind(asked[1][:-1])) if is_repo_id(asked[2]) else None
    head, marker, rest = path.partition("/resolve/")
    plain = head.rstrip("/").removesuffix(".git") if not marker else head
    ref = parse_hub_url(f"{PUBLIC_HUB}/{plain}{marker}{rest}")
    return None if ref is None else Named(ref.id, ref.revision, ref.kind)


def _of_git(path: str) -> Named | None:
    """What git is given behind the host: ``owner/name.git``, and for pip ``@revision``."""
    match = _VCS.fullmatch(path.rstrip("/"))
    named = None if match is None else _of_path(match[1])
    if match is None or named is None:
        return None
    return Named(named.id, match[2] or named.revision, named.kind)


_ENDS = r"[^\s'\"`,;()<>{}$|]"
_ADDRESS = re.compile(
    rf"hf://{_ENDS}{{3,400}}"
    rf"|(?i:git\+)?(?i:https?|ssh|git)://(?:[^\s/@'\"]{{0,300}}@)?{_ENDS}{{8,600}}"
    rf"|(?<![\w.-])git@{_HOSTS}:{_ENDS}{{3,400}}"
)
_PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|ico)(?:\?|$)")
"""The end of an address that is shown, not learned from."""
_OPENS = frozenset({"{", "<", "$"})
"""What begins a part that is filled in later."""
_IN_A_REPOSITORY = re.compile("/(?:resolve|raw|models|api/datasets|api/models)/|[?&]dataset=")
_BEHIND_THE_NAME = re.compile(r"/[\w.-]{1,96}/[\w.-]{1,96}/(?:resolve|raw)/")
"""What an address has whose repository is whole, whatever is filled in behind it."""
_OF_WEIGHTS = re.compile(
    r"(?i)/tree/[\w.-]{1,100}/?$|/blob/.*\.(?:bin|ckpt|csv|gguf|h5|jsonl?|msgpack|npz|onnx|parquet|pkl|pt|pth|"
    r"safetensors|tar|tar\.gz|tgz|tsv|zip)$"
)
"""What a program takes from a page of the Hub: the whole, or a file of data or weights."""
_OF_GIT = re.compile(r"(?i)git[+@]|ssh:|git:")
_WITH_USER = re.compile(r"https?://[^\s/]{0,300}@", re.IGNORECASE)


def addresses_in(text: str) -> list[str]:
    """``hf://`` paths, and addresses of Hub files and clones, without those that are filled in."""
    addresses: list[str] = []
    if "://" not in text and "git@" not in text:
        return addresses
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip("\\.")
        is_open = text[match.end() : match.end() + 1] in _OPENS
        if _is_taken(address, text, is_open=is_open) and _PICTURE.search(address) is None:
            addresses.append(address)
    return addresses


def _is_taken(address: str, text: str, *, is_open: bool) -> bool:
    """Whether an address in ``text`` says what is taken from there."""
    if address.startswith("hf://"):
        head = address.split("/")
        return not is_open or len(head) > (6 if head[2] in {"datasets", "models", "spaces"} else 4)
    if is_open:  # ``…/owner/name/resolve/main/part-{0000..0099}.tar``
        return _BEHIND_THE_NAME.search(address) is not None and hub_address(address) is not None
    return (
        _IN_A_REPOSITORY.search(address) is not None
        or _OF_GIT.match(address) is not None
        or (address == text and _OF_WEIGHTS.search(address) is not None)
        or (
            "@" in address
            and _WITH_USER.match(address) is not None
            and hub_address(address) is not None
        )
    )


def _hf_path(path: str) -> Named | None:
    """``datasets/owner/name@rev/file``, as HfFileSystem of huggingface_hub reads it."""
    parts = path.split("/")
    kind = RepoKind.MODEL
    if parts[0] in {"datasets", "models"}:
        kind = RepoKind(parts.pop(0)[:-1])
    elif parts[0] in {"spaces", "buckets"}:
        return None
    parts = parts[:2]
    joined, _, revision = "/".join(parts).partition("@")
    return Named(joined, revision or None, kind) if is_repo_id(joined) else None
