"""Addresses however written, files of any name that a command runs, and pins of commands."""

from __future__ import annotations

import json

import pytest
from tests.checking.references.test_kinds import found, one, scan

from provenance.checking.references.first_look import WordsSeen

LOAD = "from datasets import load_dataset\nload_dataset('org/none')\n"
SHA = "0123456789abcdef0123456789abcdef01234567"
MODEL, DATA = "models/org/none", "datasets/org/none"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://user:$TOKEN@huggingface.co/org/none", MODEL),
        ("https://user:${TOKEN}@huggingface.co/datasets/org/none", DATA),
        ("git@hf.co:org/none", MODEL),
        ("git@huggingface.co:datasets/org/none.git", DATA),
        ("ssh://git@hf.co/org/none", MODEL),
        ("https://hf-mirror.com/datasets/org/none", DATA),
        ("HTTPS://HuggingFace.CO/org/none", MODEL),
        ("https://huggingface.co:443/org/none.git", MODEL),
        ("https://huggingface.co/api/models/org/none", MODEL),
        ("https://huggingface.co/api/datasets/org/none/parquet", DATA),
        ("https://huggingface.co/datasets/org/none/resolve/main/a.csv", DATA),
    ],
)
def test_an_address_however_it_is_written(address: str, key: str) -> None:
    assert one("get.sh", f"git clone {address} here\n") == {(key, 1)}
    assert one("get.yaml", f"run: git clone {address} here\n") == {(key, 1)}
    program = f"import subprocess\nsubprocess.run(['git', 'clone', '{address}'])\n"
    assert one("get.py", program) == {(key, 2)}
    assert one(".gitmodules", f'[submodule "m"]\n\tpath = m\n\turl = {address}\n') == {(key, 3)}


@pytest.mark.parametrize(
    "address",
    [
        "git@github.com:org/none",
        "https://hf-mirror.com.example.org/org/none",
        "https://example.org/huggingface.co/org/none",
        "https://huggingface.co/docs/hub",
        "https://huggingface.co/api/models",
        "mail@hf.co",
        "org/none@hf.co",
    ],
)
def test_what_is_no_address_of_the_hub(address: str) -> None:
    for name, text in (
        ("get.sh", f"git clone {address} here\n"),
        ("get.py", f"import subprocess\nsubprocess.run(['git', 'clone', '{address}'])\n"),
        (".gitmodules", f'[submodule "m"]\n\turl = {address}\n'),
    ):
        assert one(name, text) == set()


def test_an_address_whose_repository_is_a_variable_is_a_note() -> None:
    result = scan({"get.sh": "git clone https://huggingface.co/$OWNER/none\nls $OWNER/none\n"})
    assert [(n.line, n.how) for n in result.notes] == [(1, "Hub address")]


def test_what_pip_installs_from_the_hub() -> None:
    text = (
        "torch\n# x @ https://huggingface.co/org/old/resolve/main/x.whl\n"
        f"m @ git+https://huggingface.co/org/none@{SHA}\nn @ https://example.org/org/n.whl\n"
    )
    for name in ("requirements.txt", "requirements/train.txt", "requirements-dev.in"):
        (reference,) = scan({name: text}).references
        assert (reference.line, reference.id, reference.revision) == (3, "org/none", SHA)
    assert not scan({"notes.txt": text}).references


def test_a_page_of_the_hub_is_documentation() -> None:
    assert one("a.py", 'def f():\n    return "see https://huggingface.co/org/none"\n') == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.sh", "python go --lr 1\n"),
        ("run.sh", "cd x && python -u ./go\n"),
        ("run.sh", "torchrun --nproc_per_node 4 go\n"),
        ("run.sh", 'python "$HERE/go"\n'),
        ("Makefile", "all:\n\tpython go\n"),
        ("Dockerfile", 'ENTRYPOINT ["python", "go"]\n'),
        (".github/workflows/a.yml", "jobs:\n  x:\n    steps:\n    - run: python go\n"),
        ("README.md", "```bash\npython go\n```\n"),
        ("a.py", "import subprocess\nsubprocess.run(['python', 'go'])\n"),
        ("a.py", "import subprocess, sys\nsubprocess.run([sys.executable, 'go'])\n"),
        ("a.py", "exec(open('go').read())\n"),
        ("a.py", "import runpy\nrunpy.run_path('go')\n"),
        ("a.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": ["%run go\n"]}]})),
    ],
)
def test_a_program_of_any_name_that_is_run(name: str, text: str) -> None:
    assert found({name: text, "go": LOAD}) == {("go", DATA, 2)}


@pytest.mark.parametrize("target", ["x.txt", "x.dat", "lib/x.inc"])
def test_a_program_of_any_ending_that_is_run(target: str) -> None:
    assert found({"run.sh": f"python {target}\n", target: LOAD}) == {(target, DATA, 2)}


@pytest.mark.parametrize(
    "text", ["cat go\n", "cp . go\n", "python -m go\n", "python -c 'go'\n", "ls python_go go\n"]
)
def test_a_file_that_nothing_runs_is_not_read(text: str) -> None:
    assert found({"run.sh": text, "go": LOAD}) == set()


def test_what_is_run_and_is_no_program_is_not_passed_over() -> None:
    result = scan({"run.sh": "python go\n", "go": "load_dataset(\n"})
    assert [p.file for p in result.problems] == ["go"]
    assert not scan({"run.sh": "python notes.md\n", "notes.md": "load (\n"}).problems


def test_files_that_run_each_other() -> None:
    files = {"run.sh": "bash one\n", "one": "sh two\n", "two": "python go\n", "go": LOAD}
    assert found(files) == {("go", DATA, 2)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.sh", ". vars.inc\nserve\n"),
        ("run.sh", 'source "${HERE}/vars.inc"\nserve\n'),
        ("run.sh", "docker run --env-file vars.inc image\n"),
        ("Makefile", "include vars.inc\nall:\n\tserve\n"),
    ],
)
def test_variables_that_another_file_reads(name: str, text: str) -> None:
    files = {name: text, "vars.inc": "MODEL=org/none-7b\n"}
    assert found(files) == {("vars.inc", "models/org/none-7b", 1)}


def test_a_variable_of_an_upload_that_another_file_reads() -> None:
    upload = "MODEL=org/none-7b\nhf upload $MODEL .\n"
    assert found({"up.sh": upload}) == set()
    assert found({"up.sh": upload, "run.sh": "bash up.sh\n"}) == set()
    read = found({"up.sh": upload, "run.sh": ". ./up.sh\npython t.py --model $MODEL\n"})
    assert read == {("up.sh", "models/org/none-7b", 1)}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.pyx", "cdef int x = 1\nmodel_name = 'org/none-7b'\n", {("models/org/none-7b", 2)}),
        ("a.pyx", LOAD, {(DATA, 2)}),
        ("a.smk", LOAD, {(DATA, 2)}),
        (
            "Snakefile",
            'rule a:\n  shell: """\n    python t.py --model org/none-7b\n  """\n',
            {("models/org/none-7b", 3)},
        ),
        ("a.gin", "Trainer.model_name = 'org/none-7b'\n", {("models/org/none-7b", 1)}),
        ("a.gin", "load_dataset.path = 'org/none'\n", {(DATA, 1)}),
        ("a.gin", "user.name = 'org/none'\ntrain.steps = 'a/b'\n", set()),
        ("a.conf", "[m]\nmodel = org/none-7b\n", {("models/org/none-7b", 2)}),
        (
            "a.conf",
            "t {\n  model {\n    path = 'org/none-7b'\n  }\n}\n",
            {("models/org/none-7b", 3)},
        ),
        ("a.conf", "server {\n  types { text/html html; }\n  root x/y;\n}\n", set()),
        ("a.cfg", "[m]\nmodel = org/none-7b\n", {("models/org/none-7b", 2)}),
        ("a.service", "[Service]\nExecStart=/bin/vllm serve org/none\n", {(MODEL, 2)}),
    ],
)
def test_endings(name: str, text: str, expected: set[tuple[str, int]]) -> None:
    assert one(name, text) == expected


@pytest.mark.parametrize(
    ("command", "pins"),
    [
        (f"python t.py --model_name_or_path org/none-7b --model_revision {SHA}", [SHA]),
        (f"python t.py --model-revision={SHA} --model org/none-7b", [SHA]),
        (f"python t.py model_name_or_path=org/none-7b model_revision={SHA}", [SHA]),
        (f"hf download org/none-7b --revision {SHA}", [SHA]),
        (f"vllm serve org/none-7b --tokenizer org/t --tokenizer-revision {SHA}", [None, SHA]),
        (f"python t.py --model org/none-7b --code_revision {SHA}", [None]),
        (f"python t.py --teacher_model org/none-7b --model_revision {SHA}", [None]),
        ("python t.py --model org/none-7b --model_revision main", [None]),
        ("python t.py --model org/none-7b --model_revision --lr 1", [None]),
    ],
)
def test_a_revision_in_a_command_pins(command: str, pins: list[str | None]) -> None:
    assert [r.revision for r in scan({"run.sh": command + "\n"}).references] == pins
    words = json.dumps(command.split())
    inside = scan({"a.py": f"import subprocess\nsubprocess.run({words})\n"}).references
    assert [r.revision for r in inside] == pins or "--" not in command


def test_columns_of_json_are_those_of_the_id() -> None:
    text = '{\n  "base_model": "org/none-7B",\n"x": [\n"Org/Some-7B"]}\n'
    result = scan({"a.json": text})
    (reference,) = result.references
    lines = text.split("\n")
    assert lines[reference.line - 1][reference.column - 1 :].startswith("org/none-7B")
    (note,) = result.notes
    assert lines[note.line - 1][note.column - 1 :].startswith("Org/Some-7B")


@pytest.mark.parametrize(
    "expression",
    [
        "f'{ORG}/none-7b'",
        "ORG + '/none-7b'",
        "ORG + '/' + 'none-7b'",
        "'%s/none-7b' % ORG",
        "'{}/none-7b'.format(ORG)",
        "TEMPLATE.format(ORG)",
        "PERCENT % ORG",
        "'/'.join([ORG, 'none-7b'])",
        "'/'.join(PARTS)",
        "'ORG/NONE-7B'.lower()",
        "'org/x-7b'.replace('x', 'none')",
        "os.environ.get('NOWHERE', 'org') + '/none-7b'",
        "f\"{os.getenv('NOWHERE') or 'org'}/none-7b\"",
    ],
)
def test_an_id_that_is_put_together(expression: str) -> None:
    head = (
        "import os\nfrom transformers import AutoModel\nORG = 'org'\nPARTS = [ORG, 'none-7b']\n"
        "TEMPLATE = '{}/none-7b'\nPERCENT = '%s/none-7b'\n"
    )
    result = scan({"a.py": f"{head}AutoModel.from_pretrained({expression})\n"})
    assert {r.key for r in result.references} == {"models/org/none-7b"}


def test_an_id_that_is_put_together_under_a_name() -> None:
    head = "from transformers import AutoModel as A; A.from_pretrained(x)\nORG = 'org'\n"
    result = scan({"a.py": head + "MODEL_ID = f'{ORG}/none-7b'\n"})
    assert not result.references
    assert [n.message.split()[0] for n in result.notes][1:] == ["org/none-7b"]
    text = head + "def f(size):\n    model_id = f'org/none-{size}'\n    return model_id\n"
    result = scan({"a.py": text})
    assert [(n.line, n.how) for n in result.notes][1:] == [(4, "model_id")]


@pytest.mark.parametrize(
    "line",
    [
        "model_path = f'{OUT}/step'",
        "model_dir = OUT + '/' + 'step-7b'",
        "title = f'{OUT}/none-7b'",
        "model = f'{OUT} and more'",
    ],
)
def test_what_is_put_together_and_is_no_id(line: str) -> None:
    result = scan({"a.py": f"import transformers\nOUT = 'out'\n{line}\n"})
    assert (result.references, result.notes) == ((), ())


def test_nothing_is_cut_without_a_word() -> None:
    many = ", ".join(f"'org/m{i}-7b'" for i in range(300))
    load = "from transformers import AutoModel\n"
    result = scan({"a.py": f"{load}for m in [{many}]:\n    AutoModel.from_pretrained(m)\n"})
    assert any("more than 200" in n.message for n in result.notes)
    tables = ", ".join(f"dict(pretrained_model_name_or_path='org/m{i}-7b')" for i in range(300))
    result = scan({"a.py": f"{load}for t in [{tables}]:\n    AutoModel.from_pretrained(**t)\n"})
    assert any("more than 200" in n.message for n in result.notes)
    words = " ".join(f"org/m{i}-7b" for i in range(300))
    result = scan({"a.sh": f"for m in {words}; do python t.py --model $m; done\n"})
    assert any("more than 200" in n.message for n in result.notes)
    few = ", ".join(f"'org/m{i}-7b'" for i in range(150))
    assert not scan({"a.py": f"{load}for m in [{few}]:\n    AutoModel.from_pretrained(m)\n"}).notes


def test_a_fence_that_nothing_ends_is_below_its_heading() -> None:
    page = "# Evaluation\n```bash\npython t.py --model org/none-7b\n"
    open_, closed = (scan({"a.md": text}).references for text in (page, page + "```\n"))
    assert [r.role for r in open_] == [r.role for r in closed]


def test_a_long_list_keeps_its_notes() -> None:
    words = [f"word{i}" for i in range(300)]
    for length in (10, 300):
        result = scan({"a.json": json.dumps({"x": [*words[:length], "Org/Some-7B"]}, indent=0)})
        assert [n.line for n in result.notes] == [length + 3]


def test_long_words_are_not_remembered() -> None:
    seen = WordsSeen((b"model",))
    long = b"x" * 500 + b"model"
    assert seen.of(long + b" model_name") == {b"model"}
    assert seen.of(long) == {b"model"}
    assert sum(map(len, (*seen._telling, *seen._plain))) < 500


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("url = 'https://huggingface.co/org/none/blob/main/x.pth'\n", {(MODEL, 1)}),
        ("url = 'https://huggingface.co/org/none/tree/main/'\n", {(MODEL, 1)}),
        ("url = 'https://huggingface.co/org/none/blob/main/README.md'\n", set()),
        ("help = 'see https://huggingface.co/org/none/blob/main/x.pth'\n", set()),
        ("url = 'https://huggingface.co/org/none'\n", set()),
    ],
)
def test_a_page_that_a_program_takes_a_file_from(text: str, expected: set[tuple[str, int]]) -> None:
    assert one("a.py", text) == expected
