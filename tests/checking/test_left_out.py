"""What a change hands to, or takes from, files that are not searched."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.checking.conftest import Checkout
from tests.checking.test_self_excuse import GOOD, LOAD, POLICY, check, kinds

from provenance.cli.exits import Exit

HELPER = LOAD + "def get(name):\n    return load_dataset(name)\n"
USED = LOAD + "load_dataset('org/none')\n"


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    checkout.write("train.py", GOOD)
    checkout.write("provenance.yaml", POLICY)
    checkout.write("tests/helper.py", HELPER)
    checkout.write("tests/used.py", USED)
    checkout.write("tests/again.py", "from tests.helper import get\n")
    checkout.write("third_party/lib/__init__.py", HELPER)
    checkout.write("ci/run.sh", "pytest tests\n")
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def by_import(branch: Checkout) -> None:
    branch.write("new.py", "from tests.helper import get\nget('org/none')\n")


def by_an_import_over_lines(branch: Checkout) -> None:
    branch.write("new.py", "from tests.helper import (\n    get as g,\n)\ng('org/none')\n")


def by_the_module(branch: Checkout) -> None:
    branch.write("new.py", "import tests.helper as h\nh.get('org/none')\n")


def by_a_package(branch: Checkout) -> None:
    branch.write("train.py", GOOD + "from third_party.lib import get\nget('org/none')\n")


def by_another_that_is_left_out(branch: Checkout) -> None:
    text = "import tests.helper\ndef more(name):\n    return tests.helper.get(name)\n"
    branch.write("tests/again.py", text)
    branch.write("new.py", "from tests.again import more\nmore('org/none')\n")


def by_a_link(branch: Checkout) -> None:
    (branch.root / "core").symlink_to("tests")
    branch.write("new.py", "from core.helper import get\nget('org/none')\n")


def by_a_link_to_a_part(branch: Checkout) -> None:
    branch.write("lib/a.py", "x = 1\n")
    (branch.root / "lib/core").symlink_to("../third_party/lib")


def by_a_test_that_a_script_runs(branch: Checkout) -> None:
    branch.git("rm", "-q", "tests/used.py")
    branch.write("tests/taking.py", "# another\n" * 40 + USED)
    branch.write("ci/run.sh", "pytest tests\npython tests/taking.py\n")


def by_a_test_that_code_imports(branch: Checkout) -> None:
    branch.git("rm", "-q", "tests/used.py")
    branch.write("tests/again.py", USED)
    branch.write("new.py", "import tests.again\n")


def by_a_folder_of_the_sets_name(branch: Checkout) -> None:
    branch.write("tests/more.py", LOAD + "load_dataset('org/research')\n")
    branch.write("org/research/rows.txt", "a\n")


def by_a_folder_of_a_gated_sets_name(branch: Checkout) -> None:
    place = branch.snapshot / "datasets/org/gated"
    place.mkdir()
    info = {"gated": "auto", "siblings": [{"rfilename": "README.md"}]}
    (place / "info.json").write_text(json.dumps(info))
    branch.write("train.py", LOAD + "load_dataset('org/gated')\n")
    branch.write("org/gated/rows.txt", "a\n")


WAYS = [
    by_import,
    by_an_import_over_lines,
    by_the_module,
    by_a_package,
    by_another_that_is_left_out,
    by_a_link,
    by_a_link_to_a_part,
    by_a_test_that_a_script_runs,
    by_a_test_that_code_imports,
    by_a_folder_of_the_sets_name,
    by_a_folder_of_a_gated_sets_name,
]


@pytest.mark.parametrize("way", WAYS, ids=[w.__name__ for w in WAYS])
def test_ways_through_what_is_left_out(branch: Checkout, way: Callable[[Checkout], None]) -> None:
    way(branch)
    branch.commit()
    code, result = check(branch)
    assert code == Exit.VIOLATED
    assert set(kinds(result)) == {"paths"}


def test_what_hands_nothing_of_this_kind_on(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("uses.py", "from tests.helper import get\nget('org/none')\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("uses.py", "from tests.helper import get\n# said\nget('org/none')\n")
    branch.write("new.py", "from tests.helper import get\nget('org/mit')\nget('data/rows')\n")
    branch.write("data/rows/a.txt", "a\n")
    (branch.root / "docs").mkdir()
    branch.write("docs/a.md", "a\n")
    (branch.root / "texts").symlink_to("docs")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


def test_tests_that_are_parted_or_moved(branch: Checkout) -> None:
    branch.git("rm", "-q", "tests/used.py")
    branch.write("tests/parts/one.py", "# another\n" * 40 + USED)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


def test_names_that_tests_make_up(branch: Checkout) -> None:
    names = {"a/made-up": "not_found", "b/made-up": "not_found_or_private"}
    absent = {f"datasets/{n}": {"why": why, "detail": ""} for n, why in names.items()}
    (branch.snapshot / "snapshot.json").write_text(json.dumps({"absent": absent}))
    lines = "".join(f"load_dataset('{name}')\n" for name in names)
    branch.write("tests/made.py", LOAD + lines)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])
    branch.write("more.py", LOAD + lines)
    branch.commit()
    assert check(branch)[0] != Exit.OK
