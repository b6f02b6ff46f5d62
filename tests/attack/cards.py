"""Cards and files made to stop whoever reads them; one folder of a snapshot each."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

DIGITS = "9" * 400
GOOD = b"---\nlicense: mit\ndatasets:\n- acme/words\n---\n# Good\n\nTrained on words.\n"


def front(yaml: str, body: str = "# A card\n") -> bytes:
    return f"---\n{yaml}\n---\n{body}".encode()


def table(*cells: str, head: str = "| Dataset | Tokens | Share |") -> bytes:
    rows = "\n".join(f"| set{n} | {cell} | {cell} |" for n, cell in enumerate(cells))
    return front("license: mit", f"## Training data\n\n{head}\n|---|---|---|\n{rows}\n")


def _aliases(depth: int, width: int, key: str = "datasets") -> str:
    lines = ["a0: &a0 [x]"]
    for n in range(1, depth):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]")
    return "\n".join([*lines, f"{key}: *a{depth - 1}", f"license: *a{depth - 1}"])


_DATA = "## Training data\n\n"
CARDS: dict[str, bytes] = {
    "number of 400 digits": table(DIGITS, "1"),
    "number with 400 groups": table(",".join(["999"] * 130), "2"),
    "number of 5,000 digits": table("9" * 5000, "1"),
    "scaled over the top": table("9" * 300 + " TB", "9" * 306 + "T", "1 billion"),
    "fraction of 400 digits": table("0." + DIGITS, "1." + DIGITS, "1"),
    "exponent": table("1e999", "1e-999", "nan", "inf", "-1", "NaN", "Infinity"),
    "percent over the top": table(DIGITS + "%", "100%"),
    "total over the top": table("1", "2") + f"\nIn total {DIGITS} tokens.\n".encode(),
    "rows over the top": front(
        f"license: mit\ndataset_info:\n  splits:\n  - name: train\n    num_examples: {DIGITS}\n"
        f"    num_bytes: {DIGITS}\n  dataset_size: {DIGITS}\n  download_size: 1e999"
    ),
    "many rows": front(
        "license: mit\ndataset_info:\n"
        + "".join(f"- config_name: c{n}\n  dataset_size: {'9' * 18}\n" for n in range(2000))
    ),
    "odd digits": table("٣٣٣", "³²¹", "１２３", "𝟗𝟗", "1²"),
    "binary": b"\x00\x01\x02",
    "lone surrogates": b'---\nlicense: "\\ud800"\n---\n# \xed\xa0\x80\n',
    "surrogate escapes": front('license: "\\ud800"\ndatasets: ["\\udfff", "a/\\ud800"]'),
    "not UTF-8": b"---\nlicense: \xff\xfe\n---\n\x80\x81",
    "UTF-16": front("license: mit").decode().encode("utf-16"),
    "deep flow": front("a: " + "[" * 5000 + "]" * 5000),
    "deep mappings": front("\n".join(" " * n + f"k{n}:" for n in range(900))),
    "deep quotes": front("license: mit", "> " * 20_000 + "x\n"),
    "deep lists": front("license: mit", "\n".join(" " * n + "- x" for n in range(900))),
    "deep brackets": front("license: mit", _DATA + "[" * 20_000 + "x" + "](http://x)" * 20_000),
    "deep HTML": front("license: mit", _DATA + "<div>" * 20_000),
    "deep parentheses": front("license: mit", _DATA + "(" * 30_000),
    "deep license expression": front("license: '" + "(" * 3000 + "MIT" + ")" * 3000 + "'"),
    "long license expression": front("license: '" + " AND ".join(["MIT"] * 4000) + "'"),
    "odd license expressions": front("license: ['()', '(AND 41', 'MIT OR', '((', 'WITH', '+']"),
    "aliases": front(_aliases(9, 9)),
    "aliases of aliases": front(_aliases(30, 2)),
    "aliases, 506 bytes": front(_aliases(12, 3))[:506] + b"\n---\n",
    "alias of itself": front("license: &a [*a]"),
    "merge keys": front("a: &a {x: 1}\nb: {<<: [*a, *a], <<: *a}\nlicense: mit"),
    "odd keys": front("? [a, b]\n: c\n? {d: e}\n: f\n1: 2\nnull: 3\ntrue: 4\nlicense: mit"),
    "tags": front("license: !!python/object/apply:os.system ['true']\ndatasets: !x y"),
    "id of 5,000 characters": front(f"license: mit\ndatasets: [{'a/' + 'b' * 5000}]"),
    "base of 5,000 characters": front(f"base_model: {'a' * 5000}/b\nlicense: mit"),
    "odd ids": front("datasets: ['../..', '/', 'a//b', '.', '..', 'a/..', '%00', 'CON', '-x']"),
    "link of 100,000 characters": front(
        "license: other\nlicense_name: x\nlicense_link: https://x/" + "a" * 100_000
    ),
    "odd links": front(
        "license: other\nlicense_name: x\nlicense_link: 'http://[::1'",
        "[a](http://[) [b](http://x:99999) [c](http://a@b:c) <http://[x]> [d](//[::]) "
        "[e](https://huggingface.co:bad/datasets/x) [f](https://huggingface.co/datasets/%)\n",
    ),
    "odd dates": front("license: mit\ndate: 0000-00-00\nd: 9999-99-99T99:99:99"),
    "own base": front("base_model: evil/own-base\nlicense: mit\ndatasets: evil/own-base"),
    "many fences": front("license: mit", "```\n" * 20_001),
    "odd citations": front("license: mit", "```bibtex\n" + "@misc{" * 5000 + "\n```\n"),
    "many languages": front("license: mit\nlanguage: [" + "x, " * 20_000 + "]"),
    "null everywhere": front(
        "license: ~\ndatasets: [~, [~]]\nbase_model: {a: ~}\nmodel-index: [~]"
    ),
    "mapping for a list": front("license: {a: {b: {c: mit}}}\ndatasets: {a: b}\nlicense_name: [x]"),
}
"""A README.md each, by what is wrong with it."""

SMALL: tuple[bytes, ...] = (
    GOOD,
    front(
        "license: [mit, cc-by-4.0]\nlanguage: en\ntags: [x, synthetic]\ndatasets: [acme/a, squad]\n"
        "base_model: acme/base\nbase_model_relation: finetune",
        "# T\n\n## Training data\n\nFine-tuned on SQuAD 2.0 (100k pairs) and "
        "[a](https://hf.co/datasets/a/b).\n",
    ),
    front(
        "license: other\nlicense_name: acme-1\nlicense_link: LICENSE",
        "## Training Data\n\n| Dataset | Tokens | Share | License |\n|---|---:|---:|---|\n"
        "| C4 | 1.2T | 70% | ODC-By |\n| a/b (`en`) | 300 B | 30 % | MIT |\n"
        "| Total | 1.5T | 100% | |\n",
    ),
    front(
        "license: mit",
        _DATA + "- C4: 50%\n- The Pile, 30 %\n  - Books\n* [x](http://x): 1,000\n1. OSCAR\n",
    ),
    front(
        "license: mit",
        _DATA + "<table><tr><th>Dataset</th></tr><tr><td>C4</td></tr></table>\n<!-- x -->\n",
    ),
    front(
        "model-index:\n- name: m\n  results:\n  - dataset: {name: GLUE, type: glue, args: mrpc}\n"
        "    metrics: [{type: f1, value: 0.9}]",
        "Evaluated on GLUE; it was not trained on GLUE.\n",
    ),
    front(
        "license: cc-by-nc-4.0\nlanguage_creators: [found]\nsource_datasets: [x|squad]\n"
        "size_categories: [1K<n<10K]\ndataset_info:\n  features:\n  - name: email\n"
        "    dtype: string\n"
        "  splits:\n  - name: train\n    num_bytes: 10\n    num_examples: 2\n  dataset_size: 10",
        "# D\n\n### Personal and Sensitive Information\n\n"
        "Names were removed. [More Information Needed]\n\n"
        "### Licensing Information\n\nCC BY-NC 4.0 or MIT, see LICENSE. Contact: a@b.org\n",
    ),
    front(
        "license: llama2\nbase_model: [a/b, c/d]",
        "```yaml\nmodels:\n  - model: a/b\n    parameters: {weight: 0.5}\n"
        "merge_method: slerp\n```\n"
        "```python\nload_dataset('a/b')\n```\n",
    ),
    front(
        "license: mit",
        "@misc{a, title={The {P}ile}, url={https://x.org}}\n\n"
        "DOI: 10.5281/zenodo.1\narXiv:2101.00027\n",
    ),
    front(
        "{}",
        "Training data\n-------------\n\n"
        "Tweets scraped from Twitter in 2021, written by GPT-4, CC0.\n\n"
        "\u8bad\u7ec3\u6570\u636e\uff1aC4\u3001OSCAR\u3002\n",
    ),
    b"# No front matter\n\nThis model was trained on: C4, OSCAR and Wikipedia (20 GB).\n"
    b"License: Apache 2.0\n",
    b"---\nlicense: mit\n...\n\n> **Data** | x\n\n    trained on C4\n\n***\n"
    b"__a__ ~~b~~ `c` <b>d</b> &amp;\n",
)
"""Short cards that reach every reader, so that many can be read in a second."""

PUMPED: tuple[bytes, ...] = tuple(
    front(matter, text)
    for matter, text in (
        ("license: mit", "## " + "# " * 600 + "x\n"),
        ("license: mit", "##" + " #" * 200 + " " * 800 + "x\n"),
        (_aliases(12, 3)[:506], "# x\n"),
        (_aliases(24, 2), "# x\n"),
        ("license: mit", _DATA + "[x AND " + "CC-BY-NC-4.0" * 60 + " AND a\n"),
        ("license: mit", "Trained on " + "a-" * 600 + "x dataset\n"),
        ("license: mit", _DATA + "Trained on C4 (" + "1" * 600 + "x, " + "1" * 590 + "\n"),
        ("license: other", "## License\n\n| Use | " + "_" * 1_200 + "x |\n|---|---|\n"),
        ("license: other", "## License\n\n" + "research purposes " * 70 + "\n"),
        ("license: other", "## License\n\n" + "you may not use it, provided that " * 35 + "\n"),
        ("license: mit\ndatasets: [squad]", "It was not trained on " * 55 + "squad.\n"),
    )
)
"""Short cards of one thing over and over: each was a pattern or a reader that grew out of hand."""

CONFIGS: dict[str, bytes] = {
    "weights without end": b'[{"name": "a", "weight": 1e999}, {"name": "b", "weight": 1}]',
    "weights that are no number": b'[{"name": "a", "weight": NaN}, {"name": "b", "weight": 1}]',
    "negative infinity": b'[{"name": "a", "lines": -Infinity}, {"name": "b", "lines": 2}]',
    "lines of 400 digits": f'[{{"name": "a", "lines": {DIGITS}}}]'.encode(),
    "lines of 5,000 digits": f'[{{"name": "a", "lines": {"9" * 5000}}}]'.encode(),
    "sums over the top": json.dumps([{"name": "a", "tokens": 1e308}] * 9).encode(),
    "deep": b"[" * 50_000 + b"]" * 50_000,
    "odd names": json.dumps([{"name": n, "weight": 1} for n in ["", "/", "\0", "\ud800"]]).encode(),
}
"""A data_config.json each."""

INFOS: dict[str, bytes] = {
    "size of 400 digits": f'{{"mainSize": {DIGITS}}}'.encode(),
    "size that is no number": b'{"mainSize": NaN}',
    "deep": b'{"cardData": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "deep siblings": b'{"siblings": ' + b'[{"a":' * 50_000,
    "not JSON": b"<html>",
    "another kind": b'{"siblings": 3, "gated": [1]}',
}
"""An info.json each."""


def write_snapshot(root: Path) -> list[str]:
    """A snapshot with every one of these as a model and a dataset; returns the models' ids."""
    ids: list[str] = []
    for kind in ("models", "datasets"):
        for group, names in (("cards", CARDS), ("configs", CONFIGS), ("infos", INFOS)):
            for number, name in enumerate(names):
                repo_id = f"evil/{group}-{number}"
                folder = root / kind / repo_id
                folder.mkdir(parents=True)
                (folder / "README.md").write_bytes(CARDS[name] if group == "cards" else GOOD)
                if group == "configs":
                    (folder / "data_config.json").write_bytes(CONFIGS[name])
                if group == "infos":
                    (folder / "info.json").write_bytes(INFOS[name])
                ids += [repo_id] if kind == "models" else []
        folder = root / kind / "acme/good"
        folder.mkdir(parents=True)
        (folder / "README.md").write_bytes(GOOD)
    return ids


def name_of(repo_id: str) -> str:
    """What is wrong with a model of :func:`write_snapshot`."""
    group, _, number = repo_id.removeprefix("evil/").partition("-")
    return list({"cards": CARDS, "configs": CONFIGS, "infos": INFOS}[group])[int(number)]


def broken_zips() -> dict[str, bytes]:
    """Zips whose index can be read and whose card cannot."""
    found: dict[str, bytes] = {}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive:
            archive.writestr("models/acme/bad/README.md", GOOD * 200)
            archive.writestr("models/acme/good/README.md", GOOD)
        data = bytearray(buffer.getvalue())
        start = 30 + len("models/acme/bad/README.md")
        for place in (start, start + 5, start + 40):
            damaged = bytearray(data)
            damaged[place] ^= 0xFF
            found[f"method {method}, byte {place}"] = bytes(damaged)
    return found
