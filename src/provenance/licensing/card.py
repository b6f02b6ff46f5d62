"""A card's license: what its front matter and body say, and which files to look at besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import scalars
from provenance.licensing.body import read_body
from provenance.licensing.conclude import conclude
from provenance.licensing.files import UNREADABLE
from provenance.licensing.gate import read_gate
from provenance.licensing.keys import key_statements
from provenance.licensing.saying import NAMING, is_software, symbols_of
from provenance.licensing.scopes import BADGE
from provenance.licensing.tags import tag_statements, tags_cut
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.expressions import MAX_EXPRESSION

MAX_FILES = 10
"""Most license files read for one repository; more of them leave the conclusion truncated."""
_LICENSE_FILE = re.compile(
    r"(?:\w{0,20}[-_. ])?(?:un)?licen[sc]e(?:s)?(?:[-_. ].{0,60})?|copying(?:\..{1,8})?"
    r"|notice(?:\..{1,8})?|(?:usage|use|data|dataset|access)[-_]terms(?:\.\w{1,4})?"
    r"|(?!contribut)(?:\w{1,30}[-_ ])?agreement(?:\.\w{1,4})?"
    r"|(?:terms|tos|eula|legal|copyright|use[-_]?policy|dua)(?:[-_]\w{1,30}){0,3}(?:\.\w{1,4})?",
    re.IGNORECASE,
)
_TEXT = frozenset({"", ".txt", ".md", ".rst", ".html", ".mit", ".apache", ".cc", ".lesser"}) | (
    UNREADABLE
)
_DATA_FILE = re.compile(r"(?<![a-z])(?:data|dataset|corpus|content|annotations?)(?![a-z])", re.I)
_CODE_FILE = re.compile(r"(?<![a-z])(?:code|software|scripts?|src)(?![a-z])", re.IGNORECASE)


def conclude_card(
    card: Card,
    extra: Sequence[LicenseStatement] = (),
    files: Sequence[str] = (),
    truncated: bool = False,
) -> LicenseConclusion:
    """Conclude on what a card's tag, gate and body and the ``extra`` statements say.

    Args:
        card: the card.
        extra: statements of license files and of a Croissant description.
        files: paths of the repository, where they are known.
        truncated: whether something besides the card was not read to its end.

    """
    body = read_body(card)
    gate = read_gate(card)
    tags = (*tag_statements(card), *key_statements(card))
    statements = [*tags, *gate.statements, *body.statements]
    if card.repo.startswith("datasets/") and any(_is_for_data(s) for s in extra):
        statements = [_badge_aside(s) for s in statements]
    cut = truncated or card.truncated or body.truncated or gate.truncated
    conclusion = conclude((*statements, *_scoped(card, statements, extra, files)))
    cut = cut or card.unread or tags_cut(card) or len(conclusion.concluded) > MAX_EXPRESSION
    return replace(conclusion, truncated=True) if cut else conclusion


def _is_for_data(s: LicenseStatement) -> bool:
    """Whether it stands in a file that is named as the license of the data."""
    named_so = _DATA_FILE.search(str(s.evidence.path)) is not None
    return s.origin is Origin.LICENSE_FILE and named_so


def _badge_aside(s: LicenseStatement) -> LicenseStatement:
    """A badge beside a ``DATA_LICENSE`` shows the license of the code."""
    code = s.origin is Origin.BODY and s.scope is Scope.DATA and BADGE.search(s.raw) is not None
    return replace(s, scope=Scope.CODE) if code else s


def license_files(
    card: Card, conclusion: LicenseConclusion, files: Sequence[str] | None
) -> tuple[tuple[str, ...], bool]:
    """Files of the repository to read for its license, best first; whether some were left out.

    Those that the card links to or names, and those that are named so where the repository's
    files are known (``files``; ``None``: not asked for). What they say may be stricter than an
    open tag.
    """
    linked = [_inside(node.text, card.repo) for node in scalars(card.get("license_link"))]
    unread = any(s.meaning is Meaning.UNREAD for s in conclusion.statements)
    if conclusion.state is not LicenseState.CONFLICTING or unread:
        linked += [p for link in _links(card) if (p := _inside(link, card.repo)) is not None]
    known = set(files or ())
    wanted = [name for name in linked if name is not None and (name in known or not known)]
    named = [f for f in files or () if _is_license_file(f)]
    if card.repo.startswith("models/"):
        named = [f for f in named if "/" not in f]
    wanted += sorted(named, key=lambda f: (f.count("/"), not _DATA_FILE.search(f), len(f), f))
    unique = tuple(dict.fromkeys(wanted))
    return unique[:MAX_FILES], len(unique) > MAX_FILES


_BODY_LINK = re.compile(
    r"\]\((?P<a>[^()\s]{1,300})\)|href=[\"'](?P<b>[^\"'\s]{1,300})[\"']", re.IGNORECASE
)


_FILE_NAME = r"(?:[A-Z]{2,12}[-_])?LICEN[SC]ES?(?:[-_][\w-]{1,30})?(?:\.[\w.]{1,12}\w)?"
_BODY_WORDS = re.compile(
    rf"`(?P<a>{_FILE_NAME})`|(?<![\w/.\[-])(?P<b>{_FILE_NAME})\sfile\b"
    rf"|\b[Ss]ee\s(?:the\s)?(?P<c>{_FILE_NAME})(?![\w/\](-])"
)
"""A file named in words: "see `LICENSE`", "the DATA_LICENSE file"."""


def _links(card: Card) -> list[str]:
    """Files named like a license that the body links to or names in words."""
    if "icen" not in card.body and "LICEN" not in card.body and "erms" not in card.body:
        return []
    addresses = [m["a"] or m["b"] for m in _BODY_LINK.finditer(card.body)]
    addresses += [m["a"] or m["b"] or m["c"] for m in _BODY_WORDS.finditer(card.body)]
    return [link for link in addresses if _is_license_file(link.rpartition("/")[2])]


def _scoped(
    card: Card,
    on_card: Sequence[LicenseStatement],
    statements: Sequence[LicenseStatement],
    files: Sequence[str],
) -> list[LicenseStatement]:
    """License files' statements with what they are for: the data, or the code beside it.

    - ``DATA_LICENSE`` beside ``LICENSE``: the first is for the data, the second for the code.
    - A license that the card gives for its code, in a file: the file is the code's.
    - A software license beside data whose card gives it a license of another kind: the code's.
    - A software license in a repository of programs whose card says nothing of the data: the
      code's. On a model card a file is the model's.
    """
    mine = [s for s in statements if s.origin is Origin.LICENSE_FILE]
    if not mine or card.repo.startswith("models/"):
        return list(statements)
    data = {s.evidence.path for s in mine if _is_for_data(s)}
    code = {x for s in on_card if s.scope is Scope.CODE for x in symbols_of(s)}
    of_data = [
        x
        for s in on_card
        if s.scope in {Scope.DATA, Scope.PART} and s.meaning in NAMING
        for x in symbols_of(s)
    ]
    programs = not of_data and (_is_code(card, files) or bool(code))

    def scoped(s: LicenseStatement) -> LicenseStatement:
        symbols = symbols_of(s)
        path = str(s.evidence.path)
        folder = path.rpartition("/")[0]
        if s.scope is Scope.DATA and folder and folder != "LICENSES" and path not in data:
            return replace(s, scope=Scope.PART, part=folder)
        if s.origin is not Origin.LICENSE_FILE or path in data:
            return s
        for_code = (
            bool(data)
            or _CODE_FILE.search(path) is not None
            or (bool(symbols) and set(symbols) <= code and not set(symbols) <= set(of_data))
            or (is_software(symbols) and (programs or _otherwise(symbols, of_data)))
        )
        return replace(s, scope=Scope.CODE) if for_code else s

    return [scoped(s) for s in statements]


def _otherwise(symbols: Sequence[str], of_data: Sequence[str]) -> bool:
    """Whether the data has a license of another kind than a program's."""
    return bool(of_data) and not is_software(of_data) and not set(symbols) & set(of_data)


_PROGRAM = re.compile(
    r"^[ \t]*(?:\$ )?(?:git clone|pip install -[re]|python3? \S+\.py|bash \S+\.sh)", re.M
)
_SOURCE_FILE = re.compile(
    r"(?:^|/)(?:setup\.py|pyproject\.toml|requirements\.txt|src/.+|Makefile)$"
)


def _is_code(card: Card, files: Sequence[str]) -> bool:
    """Whether a repository is one of programs: it tells how to run them, or holds their parts."""
    return _PROGRAM.search(card.body) is not None or any(_SOURCE_FILE.search(f) for f in files)


def _is_license_file(path: str) -> bool:
    """Whether a file is named like a license, at the top or in a folder of no programs."""
    name = PurePosixPath(path)
    folders = name.parts[:-1]
    if len(folders) > MAX_FOLDERS or any(_OF_PROGRAMS.fullmatch(f) for f in folders):
        return False
    plain = name.suffix.lower() in _TEXT | {f".{i}" for i in range(10)}
    if folders and (folders[0] == "LICENSES" or _README.fullmatch(name.name)):
        named = folders[0] == "LICENSES" or _DATA_FOLDER.search(folders[0]) is not None
    else:
        named = _LICENSE_FILE.fullmatch(name.name) is not None
    return named and plain


MAX_FOLDERS = 5
"""Deepest folder that a license file is looked for in; a part of a set has one of its own."""
_DATA_FOLDER = re.compile(
    r"(?<![a-z])(?:data|dataset|corpus|content|annotations?|images?|pictures|photos?|audio|videos?"
    r"|texts?|recordings?|clips?)(?![a-z])",
    re.IGNORECASE,
)
_README = re.compile(r"readme(?:\.\w{1,4})?", re.IGNORECASE)
_OF_PROGRAMS = re.compile(
    r"\..*|src|code|scripts?|third[-_]?party|vendor|node_modules|tests?|docs?|tools?|libs?|examples?"
    r"|notebooks?|eval\w*|utils?|bin|build|packages?|site-packages",
    re.IGNORECASE,
)
"""Folders of programs, whose licenses are of those."""


_HUB_FILE = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?([^/\s]+/[^/\s]+)"
    r"/(?:blob|resolve|raw)/[^/\s]+/([^\s?#]+)"
)


def _inside(link: str, repo: str) -> str | None:
    """The file of this repository that a link names, or ``None``."""
    text = link.strip()
    hub = _HUB_FILE.fullmatch(text)
    if hub is not None:
        same_repository = repo.partition("/")[2].lower() == hub[1].lower()
        return hub[2] if same_repository else None
    if "://" in text or text.startswith(("/", "#", "..")) or not text:
        return None
    path = PurePosixPath(text.removeprefix("./"))
    return None if ".." in path.parts else str(path)
