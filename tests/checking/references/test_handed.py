"""Loaders given to what calls them, addresses that are put together, and data outside the Hub."""

from __future__ import annotations

import pytest
from tests.checking.references.test_kinds import found, one, scan

LOAD = "from datasets import load_dataset\n"
FIELD = "from dataclasses import dataclass, field\n@dataclass\nclass A:\n"
ROWS = "https://datasets-server.huggingface.co"


def _names(name: str, text: str) -> set[str]:
    return {key for key, _ in one(name, text)}


@pytest.mark.parametrize(
    "call",
    [
        "list(map(load_dataset, ['org/none']))",
        "pool.map(load_dataset, ['org/none'])",
        "pool.imap_unordered(load_dataset, NAMES)",
        "pool.starmap(load_dataset, [('org/none', 'en')])",
        "pool.submit(load_dataset, 'org/none', split='train')",
        "pool.apply_async(load_dataset, ('org/none',))",
        "pool.apply_async(load_dataset, kwds={'path': 'org/none'})",
        "threading.Thread(target=load_dataset, args=('org/none',)).start()",
        "loop.run_in_executor(None, load_dataset, 'org/none')",
        "asyncio.to_thread(load_dataset, 'org/none')",
        "Parallel(n_jobs=2)([delayed(load_dataset)('org/none')])",
        "[partial(load_dataset, 'org/none'), 1]",
        "partial(load_dataset, split='train')('org/none')",
        "[f('org/none') for f in [load_dataset]]",
        "ray.remote(load_dataset).remote('org/none')",
        "ray.remote(num_cpus=1)(load_dataset).remote('org/none')",
        "Retrying(stop=s)(load_dataset, 'org/none')",
        "pd.Series(['org/none']).map(load_dataset)",
        "NAMES.map(load_dataset)",
        "T = {'a': load_dataset}\nT[kind]('org/none')",
        "def f():\n    T = dict(a=load_dataset, b=print)\n    T.get(kind)('org/none')",
        "[print, load_dataset][1]('org/none')",
        "import datasets\nf = getattr(datasets, 'load_dataset')\nf('org/none')",
    ],
)
def test_a_loader_that_is_given_to_what_calls_it(call: str) -> None:
    assert _names("a.py", f"{LOAD}NAMES = ['org/none']\n{call}\n") == {"datasets/org/none"}


@pytest.mark.parametrize("call", ["submit(load_dataset, name)", "strange(load_dataset, 'x')"])
def test_a_loader_that_is_given_what_is_not_known_is_said(call: str) -> None:
    assert [n.line for n in scan({"a.py": f"{LOAD}pool.{call}\n"}).notes] == [2]


@pytest.mark.parametrize(
    "call", ["isinstance(x, load_dataset)", "print(load_dataset)", "pool.map(other, ['org/none'])"]
)
def test_a_loader_that_nothing_calls_says_nothing(call: str) -> None:
    result = scan({"a.py": f"{LOAD}{call}\n"})
    assert (result.references, result.notes) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        f"{FIELD}    datasets: list = field(default_factory=lambda: ['org/none'])\n",
        f"{LOAD}{FIELD}    sources: list = field(default_factory=lambda: ['org/none'])\n"
        "for s in A().sources:\n    load_dataset(s)\n",
        "import yaml\nyaml.safe_load('dataset: org/none')\n",
        'import json\njson.loads(\'{"dataset": "org/none"}\')\n',
        "from huggingface_hub import HfFileSystem\nHfFileSystem().open('datasets/org/none/a')\n",
        "from huggingface_hub import HfFileSystem\nfs = HfFileSystem()\n"
        "fs.glob('datasets/org/none/**.csv')\n",
        "import fsspec\nfs = fsspec.filesystem('hf')\nfs.ls('datasets/org/none/x')\n",
    ],
)
def test_what_is_made_or_read_inside_python(text: str) -> None:
    assert _names("a.py", text) == {"datasets/org/none"}


@pytest.mark.parametrize(
    "address",
    [
        "BASE + 'org/none/resolve/main/a.csv'",
        "f'{BASE}org/none/resolve/main/a.csv'",
        "urljoin(BASE, 'org/none/resolve/main/a.csv')",
        "'{}org/none/resolve/main/a.csv'.format(BASE)",
        "'hf://datasets/' + 'org/none/a.csv'",
        f"'{ROWS}/rows?dataset=org/none&config=x'",
        f"'{ROWS}/first-rows?config=x&dataset=org%2Fnone'",
        "'https://huggingface.co/api/datasets/org/none/parquet'",
    ],
)
def test_addresses_that_are_put_together(address: str) -> None:
    head = "import requests\nBASE = 'https://huggingface.co/datasets/'\n"
    assert _names("a.py", f"{head}requests.get({address})\n") == {"datasets/org/none"}


@pytest.mark.parametrize(
    "address", ["f'https://huggingface.co/{x}/resolve/main/a'", "f'hf://datasets/{x}/a.csv'"]
)
def test_an_address_that_is_not_known_is_said(address: str) -> None:
    assert [n.line for n in scan({"a.py": f"\nopen_it({address})\n"}).notes] == [2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.sh", "H=https://huggingface.co/datasets\nwget $H/org/none/resolve/main/a.csv\n"),
        ("a.sh", "H=https://huggingface.co\ngit clone ${H}/datasets/org/none\n"),
        ("a.sh", f'curl "{ROWS}/rows?dataset=org/none&config=x"\n'),
        ("a.js", f'fetch("{ROWS}/rows?dataset=org/none&config=x");\n'),
        ("a.yaml", f"rows: {ROWS}/rows?dataset=org/none&config=x\n"),
        ("a.xml", "<c><dataset>org/none</dataset></c>\n"),
        ("a.xml", '<c><dataset name="org/none"/></c>\n'),
        ("a.fish", "set -x DATASET org/none\n"),
        ("a.csh", "setenv DATASET org/none\n"),
        ("a.wsgi", f"{LOAD}load_dataset('org/none')\n"),
        ("a.pyi", "DATASET: str = 'org/none'\n"),
    ],
)
def test_addresses_and_files_of_other_kinds(name: str, text: str) -> None:
    assert _names(name, text) == {"datasets/org/none"}


@pytest.mark.parametrize(
    "name",
    ["Dockerfile_gpu", "Dockerfile-x", "docker/Dockerfile.cuda", ".bashrc", ".zshrc",
     "Makefile.gpu", ".profile", "x/.tcshrc"],
)  # fmt: skip
def test_files_that_their_name_begins_to_tell(name: str) -> None:
    text = "RUN hf download org/none\n" if "Docker" in name else "x:\n\thf download org/none\n"
    assert {(f, key) for f, key, _ in found({name: text})} == {(name, "models/org/none")}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.py", "pd.read_csv('https://zenodo.org/record/1/files/a.csv')"),
        ("a.py", "urlretrieve(URL := 'https://example.com/data/x.tar.gz', 'x')"),
        ("a.py", "load_dataset('csv', data_files='https://example.com/a')"),
        ("a.py", "load_dataset('json', data_files={'train': 's3://bucket/a.jsonl'})"),
        ("a.py", "MsDataset.load('org/none')"),
        ("a.py", "kagglehub.dataset_download('org/none')"),
        ("a.py", "kagglehub.competition_download('titanic')"),
        ("a.py", "snapshot_download('org/none', repo_type='space')"),
        ("a.sh", "wget https://example.com/d.tar.gz"),
        ("a.sh", "curl -LO http://images.cocodataset.org/zips/train2017.zip"),
        ("a.sh", "aws s3 cp s3://bucket/data.parquet ."),
        ("a.yaml", "url: https://example.com/train.parquet"),
    ],
)
def test_data_of_other_places_is_said(name: str, line: str) -> None:
    head = (
        "from modelscope.msdatasets import MsDataset; import kagglehub; import pandas as pd; "
        "from huggingface_hub import snapshot_download; from datasets import load_dataset\n"
    )
    result = scan({name: (head if name == "a.py" else "\n") + line + "\n"})
    assert not result.references
    assert {n.line for n in result.notes} == {2}


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/a/b/archive/v1.tar.gz",
        "https://github.com/a/b/releases/download/v1/tool.tar.gz",
        "https://example.com/tool-linux-x86_64.tar.gz",
        "https://get.example.com",
        "https://api.example.com/v1/models",
    ],
)
def test_addresses_of_programs_say_nothing(address: str) -> None:
    assert not scan({"a.sh": f"curl -L {address}\n", "a.py": f"get('{address}')\n"}).notes


@pytest.mark.parametrize(
    "path", ["src/metrics/bart/score.py", "evaluate/x/run.py", "pkg/evaluation/inference.py"]
)
def test_models_below_a_folder_of_metrics_are_of_an_evaluation(path: str) -> None:
    text = "from transformers import AutoModel\nAutoModel.from_pretrained('org/none')\n"
    (reference,) = scan({path: text}).references
    assert reference.role.value == "evaluation"


def test_a_file_name_that_is_filled_in_hides_no_repository() -> None:
    hub = "https://huggingface.co"
    shards = f"pipe:curl -sL {hub}/datasets/org/none/resolve/main/part-{{0000..0099}}.tar"
    assert _names("a.py", f"d = wds.WebDataset('{shards}')\n") == {"datasets/org/none"}
    assert not _names("a.py", f"d = wds.WebDataset('pipe:curl {hub}/datasets/{{name}}/x')\n")
    assert not _names("a.py", f"d = wds.WebDataset('pipe:curl {hub}/org/{{name}}/resolve/x')\n")


def test_a_page_for_programs_is_no_repository() -> None:
    assert not _names("a.py", "S = 'curl -LsSf https://hf.co/cli/install.sh | bash -s'\n")
    assert not _names("get.sh", "curl -LsSf https://hf.co/cli/install.sh | bash -s\n")


def test_what_gradio_loads_is_said() -> None:
    result = scan({"a.py": "import gradio as gr\ngr.load('models/org/none').launch()\n"})
    assert [n.line for n in result.notes] == [2]


@pytest.mark.parametrize(("name", "lines"), [("base_path", []), ("base_model_path", [2])])
def test_a_folder_that_others_are_below_is_no_model(name: str, lines: list[int]) -> None:
    text = f"{LOAD}make_builder({name}=args.{name})\n"
    assert [n.line for n in scan({"a.py": text}).notes] == lines


@pytest.mark.parametrize(
    "text",
    [
        "from modelscope import snapshot_download\nsnapshot_download('org/none')\n",
        "from modelscope import MsDataset\nMsDataset.load('org/none')\n",
        "from modelscope.msdatasets import MsDataset\nMsDataset.load('org/none')\n",
    ],
)
def test_what_modelscope_loads_is_said_wherever_it_is_imported_from(text: str) -> None:
    result = scan({"a.py": text})
    assert ([n.line for n in result.notes], result.references) == ([2], ())


def test_a_set_of_the_hub_that_tensorflow_datasets_is_given() -> None:
    text = "import tensorflow_datasets as tfds\ntfds.load('huggingface:org__none/en')\n"
    assert _names("a.py", text) == {"datasets/org/none"}


@pytest.mark.parametrize(
    "text",
    [
        "subprocess.run(shlex.split('python -m train --model org/none'))\n",
        "subprocess.run('python -m train --model org/none'.split())\n",
        "subprocess.run(textwrap.dedent('python -m train --model org/none'), shell=True)\n",
        "exec(compile('from transformers import AutoModel as T\\nT.from_pretrained(\"org/none\")',"
        " 'x', 'exec'))\n",
    ],
)
def test_commands_and_programs_that_are_taken_apart_first(text: str) -> None:
    assert _names("a.py", f"import subprocess\n{text}") == {"models/org/none"}


def test_of_a_table_only_the_function_of_a_known_key_is_called() -> None:
    text = f"{LOAD}from transformers import AutoModel\n"
    table = "T = {'d': load_dataset, 'm': AutoModel.from_pretrained}\n"
    assert _names("a.py", f"{text}{table}T['d']('org/none')\n") == {"datasets/org/none"}
    assert _names("a.py", f"{text}{table}T['m']('org/none')\n") == {"models/org/none"}


def test_a_table_of_other_functions_loads_nothing() -> None:
    result = scan({"a.py": f"{LOAD}T = {{'a': print, 'b': None}}\nT['a']('org/none')\n"})
    assert result.references == ()


def test_a_file_of_this_machine_is_not_outside_the_hub() -> None:
    text = f"{LOAD}load_dataset('csv', data_files='{{}}')\n"
    assert scan({"a.py": text.format("file:///data/x.csv")}).notes == ()
    assert len(scan({"a.py": text.format("https://example.org/x.csv")}).notes) == 1
