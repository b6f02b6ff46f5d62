"""Reading and merging policy files into one :class:`Policy`, and fetching what they pin."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path

from provenance.confine import read_inside
from provenance.errors import PolicyError
from provenance.policy.document import (
    Json,
    PolicyDocument,
    Problem,
    dotted,
    evidence_files,
    own_categories,
    own_codes,
    read_document,
)
from provenance.policy.merging import (
    PolicyTree,
    as_list,
    merge,
    origins,
    plain_mapping,
    plain_text,
    sourced,
)
from provenance.policy.model import Policy, Profile
from provenance.policy.pinned import fetch, pinned_from
from provenance.policy.places import PolicyAddress, place_of, preset_place
from provenance.policy.to_policy import build

_LOG = logging.getLogger(__name__)
_MAX_EVIDENCE = 100_000_000
"""Largest document that an exception may rest on, in bytes: a contract as scanned pages."""
_MAX_DEPTH = 16
_NOT_DECIDING = frozenset({"tests", "description", "version", "extends"})
_PROFILES = "profiles"


def load_policy(name_or_path: str | Path | None = None, start: Path | None = None) -> Policy:
    """Load a policy with everything it extends.

    Args:
        name_or_path: ``builtin:commercial@1``, the bare name of a preset, or a file; ``None`` looks
            upward from ``start`` to the repository root for ``provenance.yaml``,
            ``.provenance.yaml``, ``.github/provenance.yaml`` or ``[tool.provenance] policy`` in
            ``pyproject.toml``, and takes ``builtin:default`` when there is none.
        start: folder that discovery and relative paths start from; ``None``: the working directory.

    Raises:
        PolicyError: a file is missing, unreadable or invalid; the message lists every problem of
            every file, each with line and column.

    """
    place = place_of(name_or_path, start or Path.cwd())
    loader = _Loader()
    tree = loader.load(place, None)
    if loader.problems or tree is None:
        raise PolicyError(_message(place, loader))
    policy = _policy(tree, place)
    _LOG.info("policy %s, sha256 %s", policy.name, policy.sha256)
    return policy


def _policy(tree: dict[str, PolicyTree], place: PolicyAddress) -> Policy:
    """The policy that a merged tree stands for, with its profiles laid over it."""
    base = {key: value for key, value in tree.items() if key != _PROFILES}
    digest = hashlib.sha256(_canonical(tree).encode("utf-8", "surrogatepass")).hexdigest()
    profiles = []
    for item in as_list(tree.get(_PROFILES)):
        if isinstance(item, dict):
            over = {key: value for key, value in item.items() if key != "models"}
            models = tuple(plain_text(name) for name in as_list(item.get("models")))
            profiles.append(Profile(models, _built(merge(base, over), digest, place, ())))
    return _built(tree, digest, place, tuple(profiles))


def _built(
    tree: dict[str, PolicyTree], digest: str, place: PolicyAddress, profiles: tuple[Profile, ...]
) -> Policy:
    return build(
        plain_mapping(tree),
        name=place.shown,
        sha256=digest,
        document=_canonical(tree),
        origins=origins(tree),
        directory=str(place.folder),
        profiles=profiles,
    )


def _canonical(tree: dict[str, PolicyTree]) -> str:
    """What a tree decides, as canonical JSON."""
    merged = {k: v for k, v in plain_mapping(tree).items() if k not in _NOT_DECIDING}
    return json.dumps(merged, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fetch_pinned(name_or_path: str | Path | None, start: Path) -> list[str]:
    """Fetch every pinned policy that a policy extends, and what those extend; the only fetching.

    Args:
        name_or_path: as for :func:`load_policy`.
        start: folder that discovery and relative paths start from.

    Returns:
        One line for each, in the order met.

    Raises:
        PolicyError: one cannot be read or fetched, or is not what it is pinned to.

    """
    told: dict[str, str] = {}
    waiting = [place_of(name_or_path, start)]
    while waiting:
        place = waiting.pop(0)
        if place.identity in told and place.pinned is None:
            continue
        try:
            text = place.read()
        except (OSError, UnicodeDecodeError) as error:
            raise PolicyError(f"{place.shown} cannot be read: {error}") from None
        told.setdefault(place.identity, "")
        for name in extended(read_document(text, place.shown)):
            if isinstance(name, str):
                if not name.startswith("builtin:") and place.pinned is None:
                    waiting.append(PolicyAddress(name, place.folder / name, None, place.reach))
                continue
            try:
                pinned = pinned_from(name)
            except PolicyError as error:
                raise PolicyError(f"{place.shown}: {error}") from None
            if told.get(pinned.shown):
                continue
            fetch(pinned)
            told[pinned.shown] = f"fetched {pinned.shown}"
            waiting.append(PolicyAddress(pinned.shown, pinned.copy, None, pinned=pinned))
    return [line for line in told.values() if line]


def extended(document: PolicyDocument) -> list[str | Mapping[str, Json]]:
    """What a file extends, in order: names, files and pinned policies."""
    names = document.data.get("extends")
    listed = names if isinstance(names, list) else [names]
    return [name for name in listed if isinstance(name, str | dict)]


class _Loader:
    """Reads a file and what it extends, collecting problems of all of them."""

    def __init__(self) -> None:
        self.problems: list[tuple[Problem, tuple[str, ...]]] = []
        self._open: list[str] = []
        self.categories: set[str] = set()
        """License categories defined so far."""
        self.codes: set[str] = set()
        """Codes of rules defined so far."""

    def load(
        self, place: PolicyAddress, referrer: tuple[PolicyDocument, int] | None
    ) -> dict[str, PolicyTree] | None:
        if place.identity in self._open or len(self._open) >= _MAX_DEPTH:
            chain = " → ".join([*map(_base_name, self._open), _base_name(place.identity)])
            self._refuse(referrer, place, f"extends itself: {chain}")
            return None
        try:
            document = place.document()
        except FileNotFoundError:
            missing = f"no such file: {place.shown}"
            if place.pinned is not None:
                missing = f"{place.shown} was not fetched yet: run `provenance policy fetch`"
            self._refuse(referrer, place, missing)
            return None
        except PolicyError as error:
            self._refuse(referrer, place, str(error))
            return None
        except (OSError, UnicodeDecodeError) as error:
            reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
            self._refuse(referrer, place, f"{place.shown} cannot be read: {reason}")
            return None
        known = len(self.problems)
        self._open.append(place.identity)
        base: dict[str, PolicyTree] = {}
        for index, name in enumerate(extended(document)):
            layer = self._extended(name, place, document, index)
            base = base if layer is None else merge(base, layer)
        self._open.pop()
        self.categories |= own_categories(document)
        before = frozenset(self.codes)
        self.codes |= own_codes(document)
        wrong: tuple[Problem, ...] = ()
        if not place.shipped:
            from provenance.policy.problems import check  # pydantic is slow to start

            wrong = check(document, frozenset(self.categories), before)
        wrong = wrong or self._wrong_evidence(document, place)
        # the file's own problems first, then those of what it extends
        self.problems[known:known] = [(problem, document.lines) for problem in wrong]
        return None if wrong else merge(base, sourced(document))

    def _wrong_evidence(
        self, document: PolicyDocument, place: PolicyAddress
    ) -> tuple[Problem, ...]:
        """Documents that exceptions rest on and that are not there, or are not what was read."""
        problems = []
        for pointer, file, digest in evidence_files(document):
            wrong: str | None = "no such file"
            if place.path is not None and place.pinned is None:
                wrong = _why_not(digest, place.folder / file, place.reach)
            if wrong is not None:
                mark = document.marks.get(pointer)
                problems.append(Problem(document.file, mark, dotted(pointer), f"{file}: {wrong}"))
        return tuple(problems)

    def _extended(
        self,
        name: str | Mapping[str, Json],
        place: PolicyAddress,
        document: PolicyDocument,
        index: int,
    ) -> dict[str, PolicyTree] | None:
        if not isinstance(name, str):
            try:
                pinned = pinned_from(name)
            except PolicyError:
                return None  # said by the shape's own check
            copy = PolicyAddress(pinned.shown, pinned.copy, None, pinned=pinned)
            return self.load(copy, (document, index))
        if name.startswith("builtin:"):
            try:
                preset = preset_place(name, pinned=True)
            except PolicyError as error:
                self._refuse((document, index), place, str(error))
                return None
            return self.load(preset, (document, index))
        if place.pinned is not None:
            self._refuse((document, index), place, f"{name!r}: a fetched policy extends no files")
            return None
        path = place.folder / name
        base = Path(place.shown).parent
        shown = name if place.path is None else (base / name).as_posix()
        return self.load(PolicyAddress(shown, path, None, place.reach), (document, index))

    def _refuse(
        self, referrer: tuple[PolicyDocument, int] | None, place: PolicyAddress, message: str
    ) -> None:
        if referrer is None:
            self.problems.append((Problem(place.shown, None, "", message), ()))
            return
        document, index = referrer
        pointer = f"/extends/{index}"
        mark = document.marks.get(pointer) or document.marks.get("/extends")
        problem = Problem(document.file, mark, f"extends[{index}]", message)
        self.problems.append((problem, document.lines))

    def rendered(self) -> list[str]:
        """The problems as text, each once."""
        return list(dict.fromkeys(problem.render(lines) for problem, lines in self.problems))


def _why_not(sha256: str, path: Path, root: Path) -> str | None:
    """Why a file is not what was read, in words; ``None``: it is."""
    try:
        now = hashlib.sha256(read_inside(path, _MAX_EVIDENCE, root)).hexdigest()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None if now == sha256 else f"its sha256 is {now}"


def _base_name(identity: str) -> str:
    return identity if identity.startswith("builtin:") else Path(identity).name


def _message(place: PolicyAddress, loader: _Loader) -> str:
    lines = loader.rendered()
    count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    return "\n".join([f"policy {place.shown} has {count}", *lines])
