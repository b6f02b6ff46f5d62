"""What a hostile or broken server answers in place of a Hub's answer."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import time
import zlib
from collections.abc import Iterator

from tests.hub.server import MAIN_SHA, Behaviour, Handler, blob_etag

CARD = (
    b"---\nlicense: mit\ndatasets: [acme/words]\n---\n# A card\n\nTrained on data.\n" + b"x" * 500
)
OTHER_SHA = "f" * 40


def raw(
    body: bytes, headers: dict[str, str] | None = None, *, status: int = 200, length: bool = True
) -> Behaviour:
    """Answer these bytes and headers and close; nothing is added but the commit."""

    def behave(handler: Handler) -> bool:
        sent = {"X-Repo-Commit": MAIN_SHA} | (headers or {})
        if length:
            sent = {"Content-Length": str(len(body))} | sent
        handler.send_response(status)
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True
        return True

    return behave


def chunked(pieces: list[bytes], headers: dict[str, str] | None = None, *, ended: bool = True):  # type: ignore[no-untyped-def]
    """Answer in chunks, with or without the last one."""

    def behave(handler: Handler) -> bool:
        handler.send_response(200)
        sent = {"X-Repo-Commit": MAIN_SHA, "Transfer-Encoding": "chunked"} | (headers or {})
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        for piece in [*pieces, *([b""] if ended else [])]:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.close_connection = True
        return True

    return behave


def _brotli(data: bytes) -> bytes:
    """An uncompressed brotli stream (RFC 7932, 9.2): nothing here needs the library."""
    size = len(data) - 1
    head = 0b0 << 0  # window of 16 bits
    bits, at = head, 1
    for value, width in ((0, 1), (0, 2), (size, 16), (1, 1)):
        bits |= value << at
        at += width
    return bits.to_bytes((at + 7) // 8, "little") + data + b"\x03"


def _half(data: bytes) -> bytes:
    packed = gzip.compress(data, mtime=0)
    return packed[: len(packed) // 2]


def _flipped(data: bytes) -> bytes:
    packed = bytearray(gzip.compress(data, mtime=0))
    packed[-6] ^= 1  # the checksum
    return bytes(packed)


PAGE = b"<!DOCTYPE html>\n<html><body>Please log in. License: MIT</body></html>"
GZIP = {"Content-Encoding": "gzip"}
UNWHOLE: dict[str, Behaviour] = {
    "half a gzip stream, its length right": raw(_half(CARD), GZIP),
    "half a gzip stream, no length": raw(_half(CARD), GZIP, length=False),
    "half a gzip stream in chunks": chunked([_half(CARD)], GZIP),
    "a gzip stream without its trailer": raw(gzip.compress(CARD)[:-8], GZIP),
    "a gzip stream whose checksum is wrong": raw(_flipped(CARD), GZIP),
    "a gzip stream and then something else": raw(gzip.compress(CARD) + b"more", GZIP),
    "a second gzip member that breaks off": raw(gzip.compress(CARD) + _half(CARD), GZIP),
    "gzip that is none": raw(CARD, GZIP),
    "gzip of nothing at all": raw(b"", GZIP),
    "brotli, unasked": raw(_brotli(CARD), {"Content-Encoding": "br"}),
    "zstd, unasked": raw(b"\x28\xb5\x2f\xfd" + CARD, {"Content-Encoding": "zstd"}),
    "deflate, unasked": raw(zlib.compress(CARD), {"Content-Encoding": "deflate"}),
    "gzip twice": raw(gzip.compress(gzip.compress(CARD)), {"Content-Encoding": "gzip, gzip"}),
    "a coding nobody knows": raw(CARD, {"Content-Encoding": "x-rot13"}),
    "no length, cut short": raw(CARD[:40], length=False),
    "chunks without the last": chunked([CARD[:40]], ended=False),
    "another file than its ETag": raw(CARD[:40], {"ETag": blob_etag(CARD)}),
    "a weak ETag of another file": raw(CARD[:40], {"ETag": "W/" + blob_etag(CARD)}),
    "another file than its linked hash": raw(
        CARD[:40], {"X-Linked-Etag": f'"{hashlib.sha256(CARD).hexdigest()}"'}
    ),
    "fewer bytes than its linked size": raw(CARD[:40], {"X-Linked-Size": str(len(CARD))}),
    "nothing at all": raw(b""),
    "an error, said to be a file": raw(b'{"error": "Too many requests"}'),
    "an error, as services tell of one": raw(
        b'{ "message": "upstream timed out" }', {"Content-Type": "application/json"}
    ),
    "a page, said to be one": raw(PAGE, {"Content-Type": "text/html; charset=utf-8"}),
    "a page, said to be text": raw(PAGE, {"Content-Type": "text/plain"}),
    "a page after blanks": raw(b"\n \n<HTML>log in", {"Content-Type": "text/plain"}),
}
"""Bodies of a 200 that are not the card."""

WHOLE: dict[str, tuple[Behaviour, bool]] = {
    "plain, with its hash": (raw(CARD, {"ETag": blob_etag(CARD)}), True),
    "no length, with its hash": (raw(CARD, {"ETag": blob_etag(CARD)}, length=False), True),
    "plain SHA-1, as some mirrors": (
        raw(CARD, {"ETag": f'"{hashlib.sha1(CARD).hexdigest()}"'}),  # noqa: S324  a mirror's
        True,
    ),
    "gzip, with its hash": (
        raw(gzip.compress(CARD), GZIP | {"ETag": f"W/{blob_etag(CARD)}"}),
        True,
    ),
    "two gzip members": (raw(gzip.compress(CARD[:9]) + gzip.compress(CARD[9:]), GZIP), True),
    "plain, with a length only": (raw(CARD, {"ETag": '"x"'}), True),
    "chunks, with no hash": (chunked([CARD[:9], CARD[9:]]), False),
}
"""Bodies that are the card, and whether that is certain enough to keep it."""


def wrong_info(**fields: object) -> Behaviour:
    """The API's answer with other fields than those of the repository asked for."""
    info = {"id": "acme/tiny", "sha": MAIN_SHA, "siblings": [{"rfilename": "README.md"}]} | fields
    return raw(json.dumps(info).encode(), {"Content-Type": "application/json"})


def _forever(pieces: Iterator[bytes], pause: float) -> Behaviour:
    def behave(handler: Handler) -> bool:
        handler.close_connection = True
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            handler.server.pieces += 1
            time.sleep(pause)
        return True

    return behave


def _line(*lines: str) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode()


def slow(pause: float = 0.02) -> dict[str, Behaviour]:
    """Answers that go on for ever, each read of them well within any pause that is allowed."""
    head = _line("HTTP/1.1 200 OK", f"X-Repo-Commit: {MAIN_SHA}", "Transfer-Encoding: chunked")
    packed = _line(
        "HTTP/1.1 200 OK",
        f"X-Repo-Commit: {MAIN_SHA}",
        "Content-Encoding: gzip",
        "Transfer-Encoding: chunked",
    )
    empty = gzip.compress(b"", mtime=0)
    early = _line("HTTP/1.1 103 Early Hints", "Link: </x>; rel=preload")
    letters = (bytes([65 + n % 26]) for n in itertools.count())
    return {
        "a header a byte at a time": _forever(
            itertools.chain([b"HTTP/1.1 200 OK\r\nX-A: "], letters), pause
        ),
        "a status line a byte at a time": _forever(
            itertools.chain([b"HTTP/1.1 200 "], itertools.repeat(b"x")), pause
        ),
        "endless 103": _forever(itertools.repeat(early), pause),
        "endless empty gzip members": _forever(
            itertools.chain([packed], itertools.repeat(b"%x\r\n%s\r\n" % (len(empty), empty))),
            pause,
        ),
        "endless empty deflate blocks": _forever(
            itertools.chain(
                [packed, b"a\r\n" + empty[:10] + b"\r\n"],
                itertools.repeat(b"5\r\n\x00\x00\x00\xff\xff\r\n"),
            ),
            pause,
        ),
        "a chunk size a byte at a time": _forever(
            itertools.chain([head, b"5;"], itertools.repeat(b"x")), pause
        ),
        "a body a byte at a time": _forever(
            itertools.chain([head], itertools.repeat(b"1\r\nx\r\n")), pause
        ),
        "a trailer a byte at a time": _forever(
            itertools.chain([head, b"0\r\nX-A: "], itertools.repeat(b"x")), pause
        ),
    }


SLOW = tuple(slow())
