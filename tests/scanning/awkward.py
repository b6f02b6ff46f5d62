"""Files with everything that engines like to read differently."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_LINES = (
    b'{"license": "mit", "text": "abc", "n_tokens": 2}\n'
    b'{"license": ["cc-by-4.0", null], "text": "x", "n_tokens": 7}\n'
    b"not json\n"
    b'{"license": null, "text": null}\n'
    b'{"license": "mit", "text": "\xff\xfe"}\n'
    b"\n"
    b'{"license": {"name": "k"}, "text": "caf\xc3\xa9", "n_tokens": "many"}\n'
    b'{"text": "no license"}\n'
    b"[1]\n5\nnull\n"
    b'{"license": 3, "text": 7}\n'
    b'{"license": "", "text": ""}'
)
_STORED = b'{"license": "mit", "text": "flip"}\n' * 3
LINES_READABLE, LINES_UNREADABLE = 7, 5


def write(folder: Path) -> Path:
    """Fill ``folder`` with awkward files; returns it."""
    (folder / "deep").mkdir(parents=True)
    text = {"text": ["a", "é", None], "token_count": [1, None, 3]}
    struct = [{"license": "mit", "url": "u"}, {"license": None, "url": "u"}, None]
    pq.write_table(pa.table({"metadata": struct, **text}), folder / "a-struct.parquet")
    lists = pa.table({"max_stars_repo_licenses": [["mit", None], [], None, ["mit", None]],
                      "content": ["a", "bb", None, "ccc"]})  # fmt: skip
    pq.write_table(lists, folder / "deep" / "b[1].parquet")
    pq.write_table(lists.slice(0, 0), folder / "deep" / "b-no-rows.parquet")
    dictionary = pa.array(["mit", "", "mit"]).dictionary_encode()
    pq.write_table(pa.table({"license": dictionary, **text}), folder / "c-dictionary.parquet")
    pq.write_table(pa.table({"other": [1, 2]}), folder / "d-no-column.parquet")
    half = (folder / "c-dictionary.parquet").read_bytes()[:300]
    (folder / "e-corrupt.parquet").write_bytes(half)
    bad = pa.array([b"mit", b"\xff"]).view(pa.string())
    pq.write_table(pa.table({"license": bad, "text": ["x", "y"]}), folder / "f-not-utf8.parquet")
    numbers = {"license": ["mit", None], "text": ["x", "y"], "token_count": [2.5, float("nan")]}
    pq.write_table(pa.table(numbers), folder / "f-nan.parquet")
    (folder / "g.jsonl").write_bytes(_LINES)
    (folder / "h.jsonl.gz").write_bytes(gzip.compress(_LINES))
    noise = bytes(b"".join(_LINES + b"\n" for _ in range(2000)))
    (folder / "i-cut.jsonl.gz").write_bytes(gzip.compress(noise)[:-40])
    (folder / "j-empty.jsonl").write_bytes(b"")
    (folder / "k-empty.csv").write_bytes(b"")
    (folder / "l.csv").write_text('License,text\nmit,"a ""b""\nc"\n,x\n"",y\n"[\'mit\']",z\n')
    (folder / "m-ragged.csv").write_text("license,text\nmit,a\nmit\n")
    (folder / "n-latin1.csv").write_bytes(b"license,text\nmit,caf\xe9\n")
    inside = pa.table(
        {"meta": ['{"a.b": {"license": "mit"}}', "zz", None], "text": ["a", "b", "c"]}
    )
    with (
        pa.OSFile(str(folder / "o.arrow"), "wb") as out,
        pa.ipc.new_stream(out, inside.schema) as w,
    ):
        w.write(inside)
    with pa.OSFile(str(folder / "p.arrow"), "wb") as out, pa.ipc.new_file(out, inside.schema) as w:
        w.write(inside)
    (folder / "r.jsonl.zst").write_bytes(_zstd(_LINES[:180]) + _zstd(_LINES[180:]))
    (folder / "s-cut.jsonl.zst").write_bytes(_zstd(noise)[:-40])
    (folder / "t-none.jsonl.zst").write_bytes(_LINES)
    (folder / "u-flipped.jsonl.gz").write_bytes(_flipped(gzip.compress(_STORED, 0)))
    _columns(folder)
    return folder


def _columns(folder: Path) -> None:
    """Columns that are named, placed or typed so that they are easily taken for others."""
    mit = pa.table({"license": ["mit", None], "text": ["a", "bb"]})
    (folder / "license=gpl-3.0").mkdir()
    pq.write_table(mit, folder / "license=gpl-3.0" / "va-hive.parquet")
    (folder / "license=gpl-3.0" / "vb-hive.csv").write_text("license,text\nmit,a\n")
    binary = pa.table({"license": ["mit", "mit"], "content": [b"ab\xff", None]})
    pq.write_table(binary, folder / "vc-binary.parquet")
    nulls = pa.table({"license": pa.nulls(2), "text": ["a", "bb"]})
    pq.write_table(nulls, folder / "vd-null-type.parquet")
    filled = pa.table({"license": pa.nulls(2, pa.string()), "has_license": ["yes", "yes"],
                       "licenses": [["mit"], []]})  # fmt: skip
    pq.write_table(filled, folder / "ve-filled.parquet")
    pq.write_table(pa.table({"license": [3, 4]}), folder / "vf-numbers.parquet")
    flat = pa.table({"metadata.license": ["mit", None]})
    pq.write_table(flat, folder / "vg-flat.parquet")
    twice = pa.table([pa.array(["mit"]), pa.array(["gpl"])], names=["license", "LICENSE"])
    pq.write_table(twice, folder / "vh-case.parquet")
    (folder / "vi-twice.csv").write_text("license,license,text\nmit,gpl,a\n")
    (folder / "vj-semicolons.csv").write_text("license;text\nmit;a\n")
    (folder / "vk-spaces.csv").write_text("id, license, text\n0,mit,a\n")
    (folder / "vl-blank.csv").write_text("\n\nlicense,text\nmit,a\n")
    (folder / "vn-quote.csv").write_text('license,text\nmit,"a\n' + ",b\n" * 9)
    (folder / "vm-long.csv").write_text(f"license,text\nmit,{'a' * 3_000_000}\n")
    (folder / "vn-late.jsonl").write_text('{"text": "a"}\n' * 300)
    (folder / "vo-array.jsonl").write_text('[{"license": "mit"}]\n')


def _zstd(data: bytes) -> bytes:
    """One frame."""
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def _flipped(data: bytes) -> bytes:
    """One bit of a stored text changed: only the checksum shows it."""
    at = data.index(b"flip")
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


UNREADABLE = ("e-corrupt.parquet", "f-not-utf8.parquet", "i-cut.jsonl.gz", "m-ragged.csv",
              "n-latin1.csv", "s-cut.jsonl.zst", "t-none.jsonl.zst",
              "u-flipped.jsonl.gz", "vh-case.parquet", "vi-twice.csv", "vj-semicolons.csv",
              "vn-quote.csv", "vo-array.jsonl")  # fmt: skip
