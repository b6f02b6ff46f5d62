"""A Hub on localhost: the routes, redirects, headers and error codes of huggingface.co.

Shapes follow what ``huggingface_hub`` reads: ``X-Repo-Commit``, ``X-Error-Code``,
``X-Error-Message``, ``ETag``, ``RateLimit``, relative redirects after a rename.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

MAIN_SHA = "a" * 40


@dataclass
class Repo:
    """One repository of the local Hub."""

    files: dict[str, bytes]
    sha: str = MAIN_SHA
    revisions: tuple[str, ...] = ("main",)
    state: str = "open"
    """``open``, ``private``, ``gated`` or ``disabled``."""
    main_size: int | None = None
    croissant: dict[str, object] | None = None
    """What the Hub says of it in Croissant."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """File → URL on another host that it redirects to."""


@dataclass(frozen=True)
class Seen:
    """One request the Hub was sent."""

    path: str
    headers: dict[str, str]


Behaviour = Callable[["Handler"], bool]
"""Answers a request in an odd way; returns False to let the Hub answer after all."""


class LocalHub(ThreadingHTTPServer):
    """Repositories by ``models/ID`` and ``datasets/ID``."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, latency: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.repos: dict[str, Repo] = {}
        self.renamed: dict[str, str] = {}
        self.token = "hf_right"  # noqa: S105  the only token this Hub knows
        self.latency = latency
        self.cached_redirects = False
        """Whether files redirect to ``/api/resolve-cache/`` first, as on huggingface.co."""
        self.commit_on_head_only = False
        """Whether ``X-Repo-Commit`` is left out of answers to GET, as mirrors do."""
        self.page_size = 1000
        """Entries on a page of a listing."""
        self.script: list[Behaviour] = []
        """What the next requests get; then the Hub answers."""
        self.seen: list[Seen] = []
        self.pieces = 0
        """Pieces that were sent of answers that never end."""
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: LocalHub
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        """``paths-info``: what is at some paths."""
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        with self.server.lock:
            self.server.seen.append(
                Seen(self.path, {k.lower(): v for k, v in self.headers.items()})
            )
        key, _, rest = unquote(self.path).removeprefix("/api/").partition("/paths-info/")
        repo = self._find(key, rest)
        if repo is None:
            return
        form = body.decode()
        asked = json.loads(form)["paths"] if form.startswith("{") else parse_qs(form)["paths"]
        found = [entry for path in asked for entry in _entries(repo, path) if entry["path"] == path]
        self._json(found)

    def do_GET(self) -> None:
        hub = self.server
        with hub.lock:
            hub.seen.append(Seen(self.path, {k.lower(): v for k, v in self.headers.items()}))
            odd = hub.script.pop(0) if hub.script else None
        if hub.latency:
            time.sleep(hub.latency)
        if odd is not None and odd(self):
            return
        if self.headers.get("authorization") not in {None, f"Bearer {hub.token}"}:
            self.fail(401, "", "Invalid credentials in Authorization header")
            return
        path = unquote(urlsplit(self.path).path)
        if path.startswith("/api/resolve-cache/"):
            self._cached_file(path)
        elif path.startswith("/api/"):
            self._api(path)
        else:
            self._file(path)

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        """Answer in full."""
        self.send_response(status)
        sent = {"Content-Type": "text/plain; charset=utf-8", "RateLimit": '"pages";r=99;t=300'}
        sent |= {"Content-Length": str(len(body))} | (headers or {})
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def fail(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        """Answer an error as the Hub does."""
        more = {"X-Error-Message": message} | ({"X-Error-Code": code} if code else {})
        self.send(status, json.dumps({"error": message}).encode(), more | (headers or {}))

    def _find(self, key: str, revision: str) -> Repo | None:
        """The repository if it may be read; else the error has been sent."""
        repo = self.server.repos.get(key)
        authorized = self.headers.get("authorization") is not None
        if repo is None or (repo.state == "private" and not authorized):
            if authorized:
                self.fail(404, "RepoNotFound", "Repository not found")
            else:
                self.fail(401, "RepoNotFound", "Invalid username or password.")
        elif repo.state == "gated":
            status = 403 if authorized else 401
            self.fail(status, "GatedRepo", f"Access to {key} is restricted.")
        elif repo.state == "disabled":
            self.fail(403, "", "Access to this resource is disabled.")
        elif revision not in {*repo.revisions, repo.sha}:
            self.fail(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        else:
            return repo
        return None

    def _file(self, path: str) -> None:
        left, _, right = path.strip("/").partition("/resolve/")
        key = left if left.startswith("datasets/") else f"models/{left}"
        revision, _, name = right.partition("/")
        if key in self.server.renamed:
            new = self.server.renamed[key].removeprefix("models/")
            self.send(307, b"", {"Location": f"/{new}/resolve/{right}"})
            return
        repo = self._find(key, revision)
        if repo is None:
            return
        silent = self.server.commit_on_head_only and self.command != "HEAD"
        commit = {} if silent else {"X-Repo-Commit": repo.sha}
        if name in repo.elsewhere:
            self.send(302, b"", commit | {"Location": repo.elsewhere[name]})
        elif name not in repo.files:
            self.fail(404, "EntryNotFound", "Entry not found", commit)
        elif self.server.cached_redirects:
            place = f"/api/resolve-cache/{key}/{repo.sha}/{name}?etag=%22x%22"
            self.send(307, b"", commit | {"Location": place})
        else:
            self._content(repo.files[name], commit | {"ETag": blob_etag(repo.files[name])})

    def _content(self, data: bytes, headers: dict[str, str]) -> None:
        """The file, or the range of it that is asked for."""
        if self.headers.get("if-none-match") == headers.get("ETag", ""):
            self.send(304, b"", headers)
            return
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        if asked is None:
            self.send(200, data, headers)
            return
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        place = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
        self.send(206, data[first : last + 1], headers | place)

    def _cached_file(self, path: str) -> None:
        key, _, name = path.removeprefix("/api/resolve-cache/").partition(f"/{MAIN_SHA}/")
        data = self.server.repos[key].files[name]
        self.send(200, data, {"ETag": blob_etag(data)})

    def _listing(self, folder: str, query: dict[str, list[str]]) -> None:
        """A page of ids, ``page_size`` at most, with the way to the next."""
        hub = self.server
        author = query.get("author", [""])[0]
        found = [
            key.removeprefix(f"{folder}/")
            for key in hub.repos
            if key.startswith(f"{folder}/{author}") and query.get("search", [""])[0] in key
        ]
        start = int(query.get("cursor", ["0"])[0])
        entries = [
            {"_id": "1", "id": repo_id, "downloads": 10 + n, "lastModified": "2024-05-06T07:08:09Z"}
            for n, repo_id in enumerate(found)
        ][start : start + hub.page_size]
        more: dict[str, str] = {}
        if start + hub.page_size < len(found):
            again = urlencode({**query, "cursor": [str(start + hub.page_size)]}, doseq=True)
            more = {"Link": f'<https://huggingface.co/api/{folder}?{again}>; rel="next"'}
        self._json(entries, more)

    def _json(self, value: object, headers: dict[str, str] | None = None) -> None:
        kind = {"Content-Type": "application/json"}
        self.send(200, json.dumps(value).encode(), kind | (headers or {}))

    def _croissant(self, key: str) -> None:
        """What the Hub makes of a dataset, when it makes anything."""
        repo = self._find(key, "main")
        if repo is None:
            return
        if repo.croissant is None:
            self.fail(400, "", "The croissant format is not available for this dataset.")
        else:
            self._json(repo.croissant)

    def _tree(self, key: str, rest: str) -> None:
        """Every file and folder below a path, as ``list_repo_tree(recursive=True)`` asks."""
        revision, _, below = rest.partition("/")
        repo = self._find(key, revision)
        if repo is not None:
            self._json([e for e in _entries(repo, below) if e["path"] != below])

    def _api(self, path: str) -> None:
        folder = path.removeprefix("/api/")
        if folder in {"models", "datasets"}:
            self._listing(folder, parse_qs(urlsplit(self.path).query))
            return
        if path.endswith("/croissant"):
            self._croissant(path.removeprefix("/api/").removesuffix("/croissant"))
            return
        if "/tree/" in path:
            self._tree(*path.removeprefix("/api/").split("/tree/"))
            return
        key, _, revision = path.removeprefix("/api/").partition("/revision/")
        repo = self._find(key, revision or "main")
        if repo is None:
            return
        info: dict[str, object] = {
            "_id": "1",
            "id": key.partition("/")[2],
            "sha": repo.sha,
            "gated": False,
            "siblings": [{"rfilename": name} for name in [*repo.files, *repo.elsewhere]],
        }
        if repo.main_size is not None:
            info["mainSize"] = repo.main_size
        self._json(info)


def blob_etag(data: bytes) -> str:
    """The ``ETag`` of a file: its git blob's id."""
    return '"' + hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest() + '"'  # noqa: S324


def _entries(repo: Repo, below: str) -> list[dict[str, object]]:
    """The files and folders at and below a path, as the Hub's tree lists them."""
    folders = {
        "/".join(parts[:n]) for name in repo.files for parts in [name.split("/")]
        for n in range(1, len(parts))
    }  # fmt: skip
    entries: list[dict[str, object]] = [
        {"type": "directory", "path": folder, "oid": "0" * 40, "size": 0}
        for folder in sorted(folders)
    ]
    entries += [
        {"type": "file", "path": name, "size": len(data),
         "oid": hashlib.sha1(data).hexdigest()}  # noqa: S324  as git names blobs
        for name, data in repo.files.items()
    ]  # fmt: skip
    return [e for e in entries if not below or f"{e['path']}/".startswith(f"{below}/")]


@contextmanager
def running_hub(latency: float = 0.0) -> Iterator[LocalHub]:
    """A Hub answering on a free port until the end of the block."""
    hub = LocalHub(latency)
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
        thread.join()


def status(code: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Behaviour:
    """Answer with a status and nothing a Hub would add."""

    def behave(handler: Handler) -> bool:
        handler.send(code, body, headers)
        return True

    return behave


def reset(handler: Handler) -> bool:
    """Close the connection with a TCP reset and no answer."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True
    return True


def truncated(handler: Handler) -> bool:
    """Promise more bytes than are sent, then close."""
    promised = {"Content-Length": "1000", "X-Repo-Commit": MAIN_SHA}
    handler.send(200, b"---\nlicense: mit\n", promised)
    handler.close_connection = True
    return True


def stalled(seconds: float) -> Behaviour:
    """Send the headers and then nothing for a while."""

    def behave(handler: Handler) -> bool:
        handler.send(200, b"-", {"Content-Length": "3", "X-Repo-Commit": MAIN_SHA})
        time.sleep(seconds)
        handler.close_connection = True
        return True

    return behave


def dripping(pieces: int, pause: float) -> Behaviour:
    """Send one byte at a time."""

    def behave(handler: Handler) -> bool:
        handler.send(200, b"", {"Content-Length": str(pieces), "X-Repo-Commit": MAIN_SHA})
        for _ in range(pieces):
            time.sleep(pause)
            handler.wfile.write(b"x")
            handler.wfile.flush()
        return True

    return behave
