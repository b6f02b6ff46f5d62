"""Notebooks, shell, configurations and cards."""

from __future__ import annotations

import json

import pytest

from provenance.checking.references.finders import search_file
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import Scan, scan_files
from provenance.checking.references.sites import Gathered
from provenance.report.checked import UsedFor

RULES = load_rules()


def find(kind: str, text: str, path: str = "x") -> Gathered:
    return search_file(path, kind, text.encode(), RULES)


def places(found: Gathered) -> list[tuple[str, int]]:
    return sorted({(r.key, r.line) for r in found.references})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t --model_id org/m --dataset_name=org/d", ["datasets/org/d", "models/org/m"]),
        ("python t.py \\\n  --model_name_or_path gpt2 \\\n  --x 1", ["models/gpt2"]),
        ("M=org/m\npython t.py --model_name_or_path $M", ["models/org/m"]),
        ("python t.py --model_name_or_path ${M:-org/m}", ["models/org/m"]),
        ("python t.py --model_name_or_path $M", []),
        ("# python t.py --model_name_or_path org/m", []),
        ("python t.py model_name_or_path=org/m", ["models/org/m"]),
        ("python t.py --model ./out/x --dataset data/train", []),
        ("lm_eval --model hf --model_args pretrained=org/m,dtype=auto", ["models/org/m"]),
        ("huggingface-cli download org/d --repo-type dataset", ["datasets/org/d"]),
        ("hf download org/m", ["models/org/m"]),
        ("git clone https://huggingface.co/datasets/org/d", ["datasets/org/d"]),
        ("curl hf://datasets/org/d/x", ["datasets/org/d"]),
        ("train --dataset 'org/a,org/b'", ["datasets/org/a", "datasets/org/b"]),
        ("train --model", []),
        ("DATA := org/d\nrun:\n\ttrain --dataset_name $(DATA)", ["datasets/org/d"]),
    ],
)  # fmt: skip
def test_shell(text: str, expected: list[str]) -> None:
    found = find("shell", text)
    assert sorted({r.key for r in found.references}) == expected


def test_shell_places() -> None:
    (found,) = find("shell", "a\ntrain \\\n  --model_name_or_path=org/m\n").references
    assert (found.line, found.column) == (3, 24)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.yaml", "base_model: org/m\ndatasets:\n  - path: org/d\n    type: x\n",
         [("datasets/org/d", 3), ("models/org/m", 1)]),
        ("a.yaml", "model_name_or_path: gpt2\ndataset: identity\n", [("models/gpt2", 1)]),
        ("a.yaml", "dataset_mixer:\n  org/d: 0.5\n", [("datasets/org/d", 2)]),
        ("a.yaml", "x:\n  _target_: datasets.load_dataset\n  path: a\n", [("datasets/a", 3)]),
        ("a.yaml", "m:\n  class_path: transformers.AutoModel.from_pretrained\n  init_args:\n"
                   "    pretrained_model_name_or_path: gpt2\n", [("models/gpt2", 4)]),
        ("a.yaml", "d:\n  _component_: torchtune.datasets.alpaca_dataset\n  source: org/d\n",
         [("datasets/org/d", 3)]),
        ("dvc.yaml", "stages:\n  t:\n    cmd: t --model_id org/m\n", [("models/org/m", 3)]),
        ("ci.yml", "run: |\n  x\n  hf download org/m\n", [("models/org/m", 3)]),
        ("a.yaml", "a: 1\n---\nbase_model: org/m\n", [("models/org/m", 3)]),
        ("a.yaml", "base_model: ./x\ndataset: data/train\nmodel: openai/gpt-4o\n",
         [("apis/openai/gpt-4o", 3)]),
        ("a.yaml", "model: {name: org/m}\n", [("models/org/m", 1)]),
        ("a.json", '{\n "x": {\n  "hf_hub_url": "org/d"}}', [("datasets/org/d", 3)]),
        ("a.json", '{"base_model": ["o/a",\n "o/b"]}', [("models/o/a", 1), ("models/o/b", 2)]),
        ("a.json", '{"model": 3, // a comment\n}', []),
        ("a.toml", 'x = 1\n[train]\nmodel_name_or_path = "org/m"\n', [("models/org/m", 3)]),
    ],
)  # fmt: skip
def test_configurations(path: str, text: str, expected: list[tuple[str, int]]) -> None:
    assert places(find("config", text, path)) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.yaml", "base_model: ["), ("a.toml", "base_model = ["), ("a.json", '{"base_model": [')],
)
def test_malformed_configurations_are_problems(path: str, text: str) -> None:
    assert len(find("config", text, path).problems) == 1


def test_the_role_of_a_key() -> None:
    found = find("config", "eval_dataset: org/e\ntrain_dataset: org/t\n", "a.yaml")
    assert {r.id: r.role for r in found.references} == {
        "org/e": UsedFor.EVALUATION, "org/t": UsedFor.TRAINING,
    }  # fmt: skip


def notebook(*cells: str | list[str]) -> str:
    made = [{"cell_type": "code", "source": source} for source in cells]
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "x"}, *made]}, indent=1)


def test_notebooks_keep_the_lines_of_the_file() -> None:
    text = notebook(
        ["from datasets import load_dataset\n", "N = 'org/a'"],
        ["%matplotlib inline\n", "!hf download org/m\n", "load_dataset(N)"],
        "load_dataset('org/b')",
    )
    lines = text.split("\n")
    found = places(find("notebook", text))
    assert [k for k, _ in found] == ["datasets/org/a", "datasets/org/b", "models/org/m"]
    assert all(key.partition("/")[2] in lines[line - 1] for key, line in found)


def test_notebooks_with_unreadable_cells() -> None:
    found = find("notebook", notebook("%%bash\nx", "datasets.load_dataset(", "x = 1"))
    assert len(found.problems) == 1
    assert "cell 3" in found.problems[0].message
    assert not find("notebook", notebook("no loader, no Python")).problems


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"cells": 1}', '{"cells": [{"cell_type": "code"}, 1]}']
)
def test_odd_notebooks(text: str) -> None:
    assert not find("notebook", text).references


def test_cards() -> None:
    text = (
        "---\nlicense: mit\ndatasets:\n- org/d\n- Some words\nbase_model: org/m\n"
        "model-index:\n- results:\n  - dataset: {type: org/e, name: E}\n---\n"
    )
    found = find("card", text, "README.md")
    assert places(found) == [("datasets/org/d", 4), ("datasets/org/e", 9), ("models/org/m", 6)]
    assert [r.column for r in found.references if r.id == "org/d"] == [3]


def test_other_markdown_has_no_references() -> None:
    assert not find("card", "# Title\ndatasets: [org/d]\n", "a.md").references


def test_a_broken_card_is_a_problem() -> None:
    assert len(find("card", "---\ndatasets: [\n---\n", "README.md").problems) == 1


@pytest.mark.parametrize(
    ("text", "about", "reason"),
    [
        ("x = 1  # provenance: ignore[LIC001] why", 1, "why"),
        ("# provenance: ignore[LIC001]  why\nx", 2, "why"),
        ("<!-- provenance: ignore[LIC001] why -->\nx", 2, "why"),
    ],
)
def test_ignores(text: str, about: int, reason: str) -> None:
    (found,) = find("python", text).ignores or find("shell", text).ignores
    assert (found.line, found.codes, found.reason) == (about, ("LIC001",), reason)


def test_ignores_in_notebooks() -> None:
    text = notebook(["x = 1  # provenance: ignore[LIC001] why\n", "y"])
    (found,) = find("notebook", text, "x.ipynb").ignores
    assert (found.reason, found.line == found.at) == ("why", True)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements/dev.txt", "constraints.in"])
def test_a_list_that_is_a_pointer_is_said(name: str) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (problem,) = _of({name: pointer}).problems
    assert "Git LFS" in problem.message


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_in_utf_16_is_read_or_said(codec: str) -> None:
    data = "torch\ngit+https://huggingface.co/org/none\n".encode(codec)
    result = _of({"requirements.txt": data})
    if codec == "utf-16":
        assert [r.key for r in result.references] == ["models/org/none"]
    else:
        assert [p.message for p in result.problems] == ["a binary file: not searched"]


def test_a_script_in_utf_16_is_read() -> None:
    result = _of({"run.ps1": "hf download org/none\n".encode("utf-16")})
    assert [r.key for r in result.references] == ["models/org/none"]


def _of(files: dict[str, bytes]) -> Scan:
    return scan_files(sorted(files), files.__getitem__, load_rules(), (), jobs=1)
