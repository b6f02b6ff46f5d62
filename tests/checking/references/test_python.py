"""Which references Python code gives, and what stays a note."""

from __future__ import annotations

import pytest

from provenance.checking.references.python import find_in_python, module_of
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.sites import Gathered
from provenance.report.checked import Confidence, UsedFor

RULES = load_rules()


def find(code: str, path: str = "a.py") -> Gathered:
    return find_in_python(code.encode(), path, RULES)


def keys(code: str) -> list[str]:
    return sorted({r.key for r in find(code).references})


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from datasets import load_dataset\nload_dataset('org/a')", ["datasets/org/a"]),
        ("import datasets as d\nd.load_dataset(path='squad')", ["datasets/squad"]),
        ("from datasets import *\nload_dataset('org/a')", ["datasets/org/a"]),
        ("from datasets.load import load_dataset as l\nl('org/a')", ["datasets/org/a"]),
        ("import seaborn as sns\nsns.load_dataset('tips')", []),
        ("def load_dataset(x): ...\nload_dataset('org/a')", []),
        ("from datasets import load_dataset\nload_dataset('json', data_files='x')", []),
        ("from datasets import load_dataset\nload_dataset('./data')", []),
        ("from datasets import load_dataset\nload_dataset('your-org/your-set')", []),
        (
            "from datasets import load_dataset\nload_dataset('org/a', revision='v1')",
            ["datasets/org/a@v1"],
        ),
        ("x.from_pretrained('org/m')", ["models/org/m"]),
        ("x().from_pretrained('gpt2')", ["models/gpt2"]),
        ("from peft import PeftModel\nPeftModel.from_pretrained(base, 'org/m')", ["models/org/m"]),
        ("from transformers import pipeline\npipeline('x', model='org/m')", ["models/org/m"]),
        ("from transformers import pipeline\npipeline('x', 'org/m')", ["models/org/m"]),
        ("from vllm import LLM\nLLM(model='org/m')", ["models/org/m"]),
        (
            "from sentence_transformers import SentenceTransformer as S\nS('all-MiniLM-L6-v2')",
            ["models/sentence-transformers/all-MiniLM-L6-v2"],
        ),
        (
            "from huggingface_hub import hf_hub_download\n"
            "hf_hub_download('org/d', 'f', repo_type='dataset')",
            ["datasets/org/d"],
        ),
        (
            "from huggingface_hub import snapshot_download\nsnapshot_download(repo_id='org/m')",
            ["models/org/m"],
        ),
        (
            "from huggingface_hub import snapshot_download\n"
            "snapshot_download('org/s', repo_type='space')",
            [],
        ),
        (
            "import pandas as pd\npd.read_parquet('hf://datasets/org/d@v2/x.parquet')",
            ["datasets/org/d@v2"],
        ),
        ("duckdb.sql(open('hf://org/m/x.bin'))", ["models/org/m"]),
        (
            "x('https://huggingface.co/datasets/org/d/resolve/main/a.csv')",
            ["datasets/org/d"],
        ),
        ("'hf://datasets/org/d/x'", []),
        (
            "import tensorflow_datasets as tfds\ntfds.load('mnist:3.0.1', split='train')",
            ["tensorflow_datasets:mnist"],
        ),
        (
            "from torchvision import datasets\ndatasets.CIFAR10(root='x')",
            ["torchvision:CIFAR10"],
        ),
        ("from torchvision import datasets\ndatasets.ImageFolder('x')", []),
        ("import timm\ntimm.create_model('resnet50')", []),
        ("import timm\ntimm.create_model('hf_hub:timm/x')", ["models/timm/x"]),
        ("from trl import SFTTrainer\nSFTTrainer('org/m')", ["models/org/m"]),
        (
            "from peft import LoraConfig\nLoraConfig(base_model_name_or_path='org/m')",
            ["models/org/m"],
        ),
        (
            f"T(dataset={{'path': 'org/d', 'revision': '{'a' * 40}'}})",
            [f"datasets/org/d@{'a' * 40}"],
        ),
    ],
)
def test_loaders(code: str, expected: list[str]) -> None:
    assert keys(code) == expected


LOAD = "from datasets import load_dataset\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (LOAD + "N = 'org/a'\nload_dataset(N)", ["datasets/org/a"]),
        (LOAD + "def f(n='org/a'):\n  load_dataset(n)", ["datasets/org/a"]),
        (LOAD + "def f(*, n='org/a'):\n  load_dataset(n)", ["datasets/org/a"]),
        (LOAD + "O = 'org'\nload_dataset(f'{O}/a')", ["datasets/org/a"]),
        (LOAD + "O = 'org/'\nload_dataset(O + 'a')", ["datasets/org/a"]),
        (LOAD + "load_dataset('org/a' if x else 'org/b')", ["datasets/org/a", "datasets/org/b"]),
        (LOAD + "load_dataset(x or 'org/a')", ["datasets/org/a"]),
        (LOAD + "for n in ['org/a', 'org/b']:\n  load_dataset(n)",
         ["datasets/org/a", "datasets/org/b"]),
        (LOAD + "L = ['org/a']\n[load_dataset(n) for n in L]", ["datasets/org/a"]),
        (LOAD + "for n in {'org/a': 1}:\n  load_dataset(n)", ["datasets/org/a"]),
        (LOAD + "T = {'a': 'org/a', 'b': 'org/b'}\nload_dataset(T['a'])", ["datasets/org/a"]),
        (LOAD + "T = {'a': 'org/a', 'b': 'org/b'}\nload_dataset(T[k])",
         ["datasets/org/a", "datasets/org/b"]),
        (LOAD + "T = ['org/a', 'org/b']\nload_dataset(T[0])", ["datasets/org/a"]),
        (LOAD + "import os\nload_dataset(os.environ.get('N', 'org/a'))", ["datasets/org/a"]),
        (LOAD + "load_dataset(str('org/a'))", ["datasets/org/a"]),
        (LOAD + "if (n := 'org/a'):\n  load_dataset(n)", ["datasets/org/a"]),
        (LOAD + "a, b = 'org/a', 'org/b'\nload_dataset(b)", ["datasets/org/b"]),
        (LOAD + "p.add_argument('--n', default='org/a')\nargs = p.parse_args()\n"
                "load_dataset(args.n)", ["datasets/org/a"]),
        (LOAD + "p.add_argument('--x-n', dest='n', default='org/a')\nload_dataset(args.n)",
         ["datasets/org/a"]),
        (LOAD + "@click.option('--n', default='org/a')\ndef f(n):\n  load_dataset(n)",
         ["datasets/org/a"]),
        (LOAD + "def f(n: str = typer.Option('org/a')):\n  load_dataset(n)", ["datasets/org/a"]),
        (LOAD + "class A:\n  n: str = field(default='org/a')\ndef f(a):\n  load_dataset(a.n)",
         ["datasets/org/a"]),
        (LOAD + "class A:\n  N = 'org/a'\nload_dataset(A.N)", ["datasets/org/a"]),
        (LOAD + "class A:\n  def __init__(self, n='org/a'):\n    self.n = n\n"
                "  def f(self):\n    load_dataset(self.n)", ["datasets/org/a"]),
    ],
)  # fmt: skip
def test_what_feeds_a_loader_is_followed(code: str, expected: list[str]) -> None:
    assert keys(code) == expected
    assert {r.confidence for r in find(code).references} <= {
        Confidence.RESOLVED, Confidence.CERTAIN,
    }  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        "load_dataset(name)",
        "load_dataset(f'{name}/a')",
        "load_dataset(get())",
        "def f(n):\n  load_dataset(n)",
        "with open(p) as n:\n  load_dataset(n)",
        "a, b = pair\nload_dataset(a)",
        "n = 'x'\nn += 'y'\nload_dataset(n % 2)",
        "for n in names():\n  load_dataset(n)",
        "for n in later:\n  load_dataset(n)",
        "for n in [a, b]:\n  load_dataset(n)",
        "load_dataset(T['a'])",
        "load_dataset(cfg.data.name)",
    ],
)
def test_what_is_computed_is_a_note_not_a_guess(code: str) -> None:
    found = find(LOAD + code)
    assert not found.references
    assert len(found.notes) == 1


def test_names_of_other_files_are_left_to_the_project() -> None:
    found = find(LOAD + "from .names import N\nload_dataset(N)", "src/pkg/sub/a.py")
    assert [(p.module, p.attribute) for p in found.pending] == [("pkg.sub.names", "N")]


def test_a_reference_stands_at_its_literal() -> None:
    (found,) = find(LOAD + "é = 1; N = 'org/a'\nload_dataset(N)").references
    assert (found.line, found.column) == (2, 12)
    assert found.how == "datasets.load_dataset"


@pytest.mark.parametrize(
    ("call", "role"),
    [
        ("load_dataset('org/a', split='train[:10%]')", UsedFor.TRAINING),
        ("load_dataset('org/a', split='test')", UsedFor.EVALUATION),
        ("load_dataset('org/a', None, None, None, 'validation')", UsedFor.EVALUATION),
        ("load_dataset('org/a', split='train+test')", UsedFor.TRAINING),
        ("load_dataset('org/a', split=s)", UsedFor.TRAINING),
        ("load_dataset('org/a')", UsedFor.TRAINING),
    ],
)
def test_the_split_tells_the_role(call: str, role: UsedFor) -> None:
    assert [r.role for r in find(LOAD + call).references] == [role]


def test_a_model_in_a_file_that_trains_is_for_training() -> None:
    code = "m = A.from_pretrained('org/m')\nTrainer(model=m)"
    assert [r.role for r in find(code).references] == [UsedFor.TRAINING]


def test_defaults_with_telling_names_are_likely() -> None:
    code = (
        "p.add_argument('--model_name_or_path', default='org/m')\np.add_argument('--dataset_name')"
    )
    (found,) = find(code).references
    assert (found.key, found.confidence) == ("models/org/m", Confidence.LIKELY)


@pytest.mark.parametrize("code", ["def f(:", "x = '\0'", "(" * 5000])
def test_malformed_code_is_a_problem(code: str) -> None:
    assert len(find(code).problems) == 1


def test_deep_expressions_are_followed_so_far_and_no_further() -> None:
    chain = "\n".join(f"N{i} = N{i - 1}" for i in range(1, 40))
    found = find(f"{LOAD}N0 = 'org/a'\n{chain}\nload_dataset(N39)")
    assert not found.references
    assert [n.message for n in found.notes] == ["it takes too many steps to follow"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("src/a/b.py", ("a.b", "a")),
        ("a/__init__.py", ("a", "a")),
        ("x.py", ("x", "")),
    ],
)
def test_modules_of_paths(path: str, names: tuple[str, str]) -> None:
    assert module_of(path) == names


@pytest.mark.parametrize(
    "text",
    [
        "x = y\ny = x\n" * 32 + "A.from_pretrained(x)\n",
        "for x in y: pass\nfor y in x: pass\n" * 32 + "A.from_pretrained(x)\n",
    ],
)
def test_names_that_stand_for_each_other_end(text: str) -> None:
    found = find_in_python(text.encode(), "a.py", load_rules())
    assert not found.references
    assert found.notes


@pytest.mark.parametrize(
    "code",
    [
        'for s in [Spec("acme/one"), make_spec(x)]:\n    load_dataset(s.hub)',
        'PAIRS = {"a": ("acme/one", 1), "b": (f(x), 1)}\nrepo, n = PAIRS[k]\nload_dataset(repo)',
        'SETS = ["acme/one"]\nif x:\n    SETS = fetch()\nload_dataset(SETS[i])',
    ],
)
def test_what_is_known_in_part_only_is_said(code: str) -> None:
    head = "from datasets import load_dataset\n\nclass Spec:\n    hub: str\n\n"
    found = find_in_python((head + code).encode(), "x.py", RULES)
    assert [r.id for r in found.references] == ["acme/one"]
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("refused", "problem"),
    [
        ('print "done"', "not Python: Missing parentheses"),
        ("print(f'{d[}')", "not Python: "),
        ("type X[T] = list[T", "not Python: "),
        ("if True:\n    y = x.\n", "not Python: "),
    ],
)
def test_a_file_is_read_but_for_the_lines_that_the_parser_refuses(
    refused: str, problem: str
) -> None:
    code = f"from datasets import load_dataset\n{refused}\nfor x in y:\n    load_dataset('org/a')\n"
    gathered = find(code)
    assert [r.key for r in gathered.references] == ["datasets/org/a"]
    assert gathered.references[0].line == code.count("\n", 0, code.index("load_dataset('")) + 1
    assert [p.message.startswith(problem) for p in gathered.problems] == [True]


def test_a_file_that_is_no_python_throughout_gives_nothing() -> None:
    code = "load_dataset('org/a') and so on:\n" * 60
    gathered = find(f"from datasets import load_dataset\n{code}")
    assert (gathered.references, len(gathered.problems)) == ([], 1)


def test_a_large_file_is_not_parsed_over_and_over() -> None:
    code = "x = 1\n" * 400_000 + "print 'x'\n" + "load_dataset('org/a')\n"
    gathered = find(f"from datasets import load_dataset\n{code}")
    assert (gathered.references, len(gathered.problems)) == ([], 1)


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("SFTTrainer(m, train_dataset=load_dataset('org/a', split='test')).train()", "training"),
        ("ds = load_dataset('org/a', split='dev')\nTrainer(train_dataset=ds)", "training"),
        (
            "ds = load_dataset('org/a', split='test').map(f)\nTrainer(m, train_dataset=ds)",
            "training",
        ),
        (
            "Trainer(train_dataset=x, eval_dataset=load_dataset('org/a', split='test'))",
            "evaluation",
        ),
        ("ds = load_dataset('org/a', split='test')\nTrainer(eval_dataset=ds)", "evaluation"),
    ],
)
def test_what_a_trainer_is_given_to_train_on_is_training_data(code: str, role: str) -> None:
    (reference,) = find(f"from datasets import load_dataset\n{code}").references
    assert reference.role == role
