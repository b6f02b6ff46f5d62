"""One small fixture for each way in which repositories name models and data."""

from __future__ import annotations

import json

import pytest

from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import Scan, scan_files
from provenance.report.checked import ReferenceKind, RoleBasis, UsedFor

LOAD = "from datasets import load_dataset\n"


def scan(files: dict[str, str]) -> Scan:
    data = {name: text.encode() for name, text in files.items()}
    return scan_files(sorted(data), data.__getitem__, load_rules(), (), jobs=1)


def found(files: dict[str, str]) -> set[tuple[str, str, int]]:
    return {(r.file, r.key, r.line) for r in scan(files).references}


def one(name: str, text: str) -> set[tuple[str, int]]:
    return {(key, line) for _, key, line in found({name: text})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('S=("a/b-1" "c/d-2")\npython x.py --model ${S[$i]}\n',
         {("models/a/b-1", 1), ("models/c/d-2", 1)}),
        ("for m in a/b-1 c/d-2; do\n  python x.py --model_name $m\ndone\n",
         {("models/a/b-1", 1), ("models/c/d-2", 1)}),
        ("x --datasets a/b+c/d\n", {("datasets/a/b", 1), ("datasets/c/d", 1)}),
        ("x --teacher_checkpoint a/b\n", {("models/a/b", 1)}),
        ("x --lora_weights a/b --aux-model=c/d\n", {("models/a/b", 1), ("models/c/d", 1)}),
        ('MODEL="${1:-a/gpt}"\nx --model $MODEL\n', {("models/a/gpt", 2)}),
        ("MODEL_ID=a/b\nserve\n", {("models/a/b", 1)}),
        ("hf download --quiet a/b\n", {("models/a/b", 1)}),
        ("huggingface-cli download --repo-type dataset --local-dir x a/b\n",
         {("datasets/a/b", 1)}),
        ("python train.py a/b-1 out\n", {("models/a/b-1", 1)}),
        ("python - <<'EOF'\nfrom datasets import load_dataset\nload_dataset('a/b')\nEOF\n",
         {("datasets/a/b", 3)}),
        ("python -c \"from datasets import load_dataset; load_dataset('a/b')\"\n",
         {("datasets/a/b", 1)}),
        ("llama-server -hf a/b-GGUF:Q4_K_M\n", {("models/a/b-GGUF", 1)}),
        ("ollama run hf.co/a/b-GGUF:Q8_0\n", {("models/a/b-GGUF", 1)}),
        ("run model.path=a/b-1\n", {("models/a/b-1", 1)}),
        ("x --output_model a/b --hub_model_id c/d --save-path e/f\n", set()),
        ("x --platform linux/amd64 --data-dir train/images\n", set()),
    ],
)  # fmt: skip
def test_shell(text: str, expected: set[tuple[str, int]]) -> None:
    assert one("run.sh", text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", "model_name_or_path: {value: a/b}\n", {("models/a/b", 1)}),
        ("a.yaml", "parameters:\n  model_name:\n    values: [a/b, c/d]\n",
         {("models/a/b", 3), ("models/c/d", 3)}),
        ("a.yaml", "model:\n  name_or_path: a/b\n", {("models/a/b", 2)}),
        ("a.yaml", "teacher:\n  model:\n    path: a/b\n", {("models/a/b", 3)}),
        ("a.yaml", "args: [--model, a/b, --port, '80']\n", {("models/a/b", 1)}),
        ("a.yaml", "command:\n  - python\n  - --model\n  - a/b\n", {("models/a/b", 4)}),
        ("c.yaml", "environment:\n  - MODEL_ID=a/b\n", {("models/a/b", 2)}),
        ("k.yaml", "env:\n  - name: MODEL_ID\n    value: a/b\n", {("models/a/b", 3)}),
        (".github/workflows/x.yml", "env:\n  DATASET: a/b\nrun: x\n", {("datasets/a/b", 2)}),
        ("a.yaml", "x: hf://datasets/a/b/c.parquet\n", {("datasets/a/b", 1)}),
        ("a.json", '{"model_name": "a/b", "revision": null}', {("models/a/b", 1)}),
        ("a.json", '{\n // why\n "model_name": "a/b",\n}\n', {("models/a/b", 3)}),
        ("a.yaml", "model_name: a/b\nmodel_revision: abcdef1\n", {("models/a/b@abcdef1", 1)}),
        ("a.yaml", "model_name: a/b\nrevision: main\n", {("models/a/b", 1)}),
        ("bom.json", '{"components": {"data": [{"name": "a/b"}]}}', set()),
        ("rules.json", '{"models": ["gpt-4*", "anthropic/claude*"]}', set()),
        ("a.yaml", "matrix:\n  model: linux/amd64\ndataset: train/images\n", set()),
    ],
)  # fmt: skip
def test_configurations(name: str, text: str, expected: set[tuple[str, int]]) -> None:
    assert one(name, text) == expected


def test_json_that_cannot_be_read_is_a_problem() -> None:
    assert scan({"a.json": '{"model": "a/b", oops}'}).problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LOAD + "f = load_dataset\nf('a/b')\n", {("datasets/a/b", 3)}),
        (LOAD + "from functools import partial\nf = partial(load_dataset, 'a/b')\n",
         {("datasets/a/b", 3)}),
        (LOAD + "cfg = {'path': 'a/b', 'name': 'x'}\nload_dataset(**cfg)\n",
         {("datasets/a/b", 2)}),
        (LOAD + "T = {'x': {'path': 'a/b'}}\nload_dataset(T[n]['path'])\n",
         {("datasets/a/b", 2)}),
        ("from transformers import pipeline\npipeline('x', model=m, tokenizer='a/b')\n",
         {("models/a/b", 2)}),
        ("from vllm import LLM\nLLM(m, speculative_model='a/b')\n", {("models/a/b", 2)}),
        ("def main(base_model: str = 'a/b'):\n    pass\n", {("models/a/b", 1)}),
        ("dbutils.widgets.text('model_name', 'a/b')\n", {("models/a/b", 1)}),
        ("x = Thing(embedding_model='a/b')\n", {("models/a/b", 1)}),
        ("TEACHER_MODEL = 'a/b'\n", {("models/a/b", 1)}),
        ("def f(path=None):\n    path = path if path else 'a/b'\n", {("models/a/b", 2)}),
        ("def f(path=None):\n    return {'path': path or 'a/b'}\n", {("models/a/b", 2)}),
        ("path = 'a/b'\n", set()),
        ("p.add_argument('--model-name-or-path', default='a/b')\n", {("models/a/b", 1)}),
        ("OUTPUT_MODEL = 'a/b'\npush(hub_model_id='c/d')\n", set()),
        ("class M:\n    @classmethod\n    def from_pretrained(cls, n):\n        pass\n"
         "M.from_pretrained('a/b')\n", set()),
    ],
)  # fmt: skip
def test_python(text: str, expected: set[tuple[str, int]]) -> None:
    assert one("a.py", text) == expected


WRAPPER = """from transformers import AutoModel
class Loader:
    def __init__(self, model_name, device=None):
        self.model_name = model_name
    def load(self):
        return AutoModel.from_pretrained(self.model_name)
def outer(name):
    return inner(name)
def inner(name):
    return AutoModel.from_pretrained(name)
"""


def test_the_projects_own_wrappers_are_loaders() -> None:
    files = {
        "pkg/load.py": WRAPPER,
        "pkg/__init__.py": "from .load import Loader, outer\n",
        "run.py": "from pkg import Loader, outer\nLoader('a/b')\nouter('c/d')\nouter('x')\n",
        "own.py": "def outer(n): pass\nouter('e/f')\n",
    }
    assert found(files) == {("run.py", "models/a/b", 2), ("run.py", "models/c/d", 3)}


def test_a_base_class_of_a_library_is_a_loader() -> None:
    text = (
        "from sentence_transformers import SentenceTransformer\n"
        "class Ours(SentenceTransformer):\n"
        "    def __init__(self, name):\n        super().__init__(name)\n"
        "Ours('a-b/c')\n"
    )
    assert one("a.py", text) == {("models/a-b/c", 5)}


@pytest.mark.parametrize(
    "text",
    [
        LOAD + "def f(n=None):\n    load_dataset(n)\n",
        LOAD + "import os\nload_dataset(os.environ.get('X', ''))\n",
        LOAD + "load_dataset(**opts())\n",
        LOAD + "load_dataset(cfg.name)\n",
    ],
)
def test_nothing_is_missed_in_silence(text: str) -> None:
    assert len(scan({"a.py": text}).notes) == 1


def test_run_time_values_of_commands_and_keys_are_notes() -> None:
    assert [n.line for n in scan({"a.sh": "x --model_name_or_path $1\n"}).notes] == [1]
    assert [n.line for n in scan({"a.yaml": "base_model: ${oc.env:M}\n"}).notes] == [1]


def cell(*sources: str) -> str:
    cells = [{"cell_type": "code", "source": s, "metadata": {}, "outputs": []} for s in sources]
    return json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}, indent=1)


@pytest.mark.parametrize(
    "source",
    [
        "files = !ls\n" + LOAD + "load_dataset('a/b')",
        "load_dataset?\n" + LOAD + "load_dataset('a/b')",
        "%%bash\nx --dataset_name a/b",
        "%%writefile t.py\n" + LOAD + "load_dataset('a/b')",
        "!python x.py --dataset_name a/b",
    ],
)
def test_notebooks(source: str) -> None:
    assert {key for key, _ in one("a.ipynb", cell(source))} == {"datasets/a/b"}


def test_commands_in_fences_of_a_readme() -> None:
    text = "# A\n\n```bash\n$ x --model_name_or_path a/b\n```\n\n```python\nload('c/d')\n```\n"
    assert one("README.md", text) == {("models/a/b", 4)}


def test_a_dockerfile() -> None:
    text = 'FROM x/y\nENV MODEL_ID=a/b\nCMD ["serve", "--model", "c/d"]\n'
    assert one("Dockerfile", text) == {("models/a/b", 2), ("models/c/d", 3)}


def test_models_behind_an_api_are_of_their_own_kind() -> None:
    (reference,) = scan({"a.py": "complete(model='gpt-4o')\n"}).references
    assert (reference.kind, reference.key) == (ReferenceKind.API, "apis/gpt-4o")


@pytest.mark.parametrize(
    ("name", "text", "role", "by"),
    [
        (
            "a.py",
            LOAD + "load_dataset('a/b', split='test')\n",
            UsedFor.EVALUATION,
            RoleBasis.CALL,
        ),
        (
            "a.py",
            LOAD + "load_dataset('a/b')\nx.backward()\n",
            UsedFor.TRAINING,
            RoleBasis.TRAINER,
        ),
        ("finetune.py", "A.from_pretrained('a/b')\n", UsedFor.TRAINING, RoleBasis.SCRIPT),
        ("evaluate.py", LOAD + "load_dataset('a/b')\n", UsedFor.EVALUATION, RoleBasis.SCRIPT),
        ("serve.py", "A.from_pretrained('a/b')\n", UsedFor.INFERENCE, RoleBasis.SCRIPT),
        ("a.py", LOAD + "load_dataset('a/b')\n", UsedFor.TRAINING, RoleBasis.DEFAULT),
        (
            "a.yaml",
            "model_name: a/b\nlearning_rate: 1\n",
            UsedFor.TRAINING,
            RoleBasis.TRAINER,
        ),
        ("a.yaml", "eval_dataset: a/b\n", UsedFor.EVALUATION, RoleBasis.KEY),
        (
            "a.yaml",
            "dataset_path: a/b\nmetric_list: []\n",
            UsedFor.EVALUATION,
            RoleBasis.TRAINER,
        ),
        (
            "a.sh",
            "accelerate launch train.py --model a/b\n",
            UsedFor.TRAINING,
            RoleBasis.SCRIPT,
        ),
        ("a.sh", "vllm serve a/b\n", UsedFor.INFERENCE, RoleBasis.SCRIPT),
    ],
)
def test_roles(name: str, text: str, role: UsedFor, by: RoleBasis) -> None:
    (reference,) = scan({name: text}).references
    assert (reference.role, reference.role_by) == (role, by)


def test_one_place_at_two_revisions_is_sorted() -> None:
    text = "N = 'a/b'\nA.from_pretrained(N)\nA.from_pretrained(N, revision='abc1234')\n"
    assert len(scan({"a.py": text}).references) == 2


def test_a_variable_that_names_itself_does_not_grow() -> None:
    text = "A=a/b-1\nB=(c/d-2)\n" + "A=$A\nfor B in $B $B; do x --model $B; done\n" * 60
    assert one("a.sh", text + "x --model $A\n") == {("models/a/b-1", 1), ("models/c/d-2", 2)}
