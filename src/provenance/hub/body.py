"""The bytes of an answer, decoded to the end, and held to what the Hub states of them.

A body is taken for a file only when nothing that was stated of it says otherwise: its coding ended
(RFC 1952 gives a gzip stream an end, a checksum and a size), the connection closed where the
answer's length said, and the hash in ``ETag`` or ``X-Linked-Etag`` is its own. The Hub's ``ETag``
of a file is its git blob's id, that of a large file its SHA-256; some mirrors give its plain SHA-1.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping

from provenance.errors import SourceError
from provenance.frozen import frozen

ACCEPTED = "gzip"
"""The one coding asked for: its end can be told from a break, whatever libraries are installed."""
_PLAIN = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip"})
_HASH = re.compile(r'(?:W/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?')
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}<(?:!doctype\s+)?html", re.IGNORECASE)

_ERROR = re.compile(rb'\s{0,100}\{\s{0,100}"(?:error|errors|message|detail)"\s{0,100}:')
"""How the answer of a service that failed starts, where it was sent as a file."""


class TooLargeError(Exception):
    """The body has more bytes than were allowed."""


class BrokenError(Exception):
    """The body ended before its coding did, or is no such coding."""


class Decoder:
    """Collects an answer's body, never holding more than ``cap`` bytes of it.

    Raises:
        SourceError: the answer is in a coding that was not asked for.

    """

    def __init__(self, url: str, headers: Mapping[str, str], cap: int) -> None:
        coding = headers.get("content-encoding", "").strip().lower()
        if coding not in _PLAIN | _GZIP:
            raise SourceError(
                f"{url} answered in the coding {coding[:40]!r}, which was not asked for: "
                "check HF_ENDPOINT and any proxy in between"
            )
        self.gzip = coding in _GZIP
        """Whether the body carries its own size and checksum."""
        self._cap = cap
        self._raw = 0
        self._body = bytearray()
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16) if self.gzip else None

    def feed(self, piece: bytes) -> None:
        """Take a piece of the answer.

        Raises:
            TooLargeError: more than ``cap`` bytes, as sent or decoded.
            BrokenError: not gzip.

        """
        self._raw += len(piece)
        if self._inflate is None:
            self._body += piece
        else:
            self._unpack(piece)
        if max(self._raw, len(self._body)) > self._cap:
            raise TooLargeError

    def whole(self) -> bytes:
        """The body.

        Raises:
            BrokenError: the gzip stream has not reached its end.

        """
        if self._inflate is not None and not self._inflate.eof:
            raise BrokenError("its gzip stream has no end")
        return bytes(self._body)

    def _unpack(self, piece: bytes) -> None:
        while piece and self._inflate is not None:
            if self._inflate.eof:  # a member after another
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
            room = self._cap + 1 - len(self._body)
            try:
                self._body += self._inflate.decompress(piece, room)
            except zlib.error:
                raise BrokenError("it is no whole gzip stream") from None
            if len(self._body) > self._cap:
                raise TooLargeError
            piece = self._inflate.unused_data


@frozen
class Stated:
    """What the Hub said of a file on the way to it; ``None`` what it did not say."""

    hash: str | None = None
    """SHA-1 of the git blob, or SHA-256 of the bytes, in hexadecimal."""
    size: int | None = None
    """Bytes."""

    def updated(self, headers: Mapping[str, str], *, final: bool) -> Stated:
        """With what one more answer of the Hub's own says; ``final``: the one with the file."""
        linked = _hash_in(headers.get("x-linked-etag", ""))
        etag = _hash_in(headers.get("etag", "")) if final else None
        size = headers.get("x-linked-size", "")
        return Stated(
            self.hash or linked or (etag if etag is not None and len(etag) == 40 else None),
            self.size if self.size is not None else _number(size),
        )


def proven(body: bytes, headers: Mapping[str, str], stated: Stated, *, framed: bool) -> bool:
    """Whether ``body`` is certainly the file that was meant, so that it may be kept.

    ``framed``: the answer said where it ends, and ended there.

    Raises:
        BrokenError: it is certainly not, or nothing tells whether it is whole.

    """
    if stated.size is not None and stated.size != len(body):
        raise BrokenError(f"it has {len(body):,} bytes instead of {stated.size:,}")
    if stated.hash is not None:
        if stated.hash not in hashes(body):
            raise BrokenError("its content is not what its ETag says")
        return True
    if headers.get("content-type", "").lower().startswith("text/html") or _PAGE.match(body):
        raise BrokenError("it is a web page (a login page, a proxy?)")
    if not body or _ERROR.match(body):
        raise BrokenError(
            "it is empty, and no hash says so" if not body else "it tells of an error"
        )
    if not framed:
        raise BrokenError("nothing says whether it is whole: no length, no hash")
    sized = "content-length" in headers and "transfer-encoding" not in headers
    return sized or stated.size is not None or "content-encoding" in headers


def hashes(body: bytes) -> tuple[str, str, str]:
    """Names that a server may know ``body`` by: git blob id, SHA-1, SHA-256."""
    blob = hashlib.sha1(b"blob %d\0" % len(body), usedforsecurity=False)
    blob.update(body)
    plain = hashlib.sha1(body, usedforsecurity=False)
    return blob.hexdigest(), plain.hexdigest(), hashlib.sha256(body).hexdigest()


def _hash_in(header: str) -> str | None:
    match = _HASH.fullmatch(header.strip())
    return None if match is None else match[1]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
