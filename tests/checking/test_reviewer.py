"""What a reviewer reads: one item a cause, what is new, formats by file name, nothing to check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.checking.conftest import Checkout

from provenance.cli.exits import Exit

LOAD = "from datasets import load_dataset\n"


def unlicensed(checkout: Checkout, number: int) -> None:
    """A repository that loads some sets without a license."""
    for n in range(number):
        folder = checkout.snapshot / "datasets" / "many" / f"set-{n}"
        folder.mkdir(parents=True)
        (folder / "README.md").write_text("# A set\n")
    lines = "".join(f"load_dataset('many/set-{n}')\n" for n in range(number))
    checkout.write("a.py", LOAD + lines)
    checkout.commit()


def test_one_set_is_one_item(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/none')\nA.from_pretrained('org/lacking')\n")
    checkout.write("b.py", LOAD + "load_dataset('org/none')\n")
    checkout.commit()
    _, out = checkout.check()
    heads = [line for line in out.split("\n") if "datasets/org/none  " in line]
    assert len(heads) == 1
    assert "and 1 more place" in out
    assert "reached through" in out
    assert "seen: " in out
    assert out.count("\n") <= 40


def test_many_items_fit_a_screen(checkout: Checkout) -> None:
    unlicensed(checkout, 40)
    _, out = checkout.check()
    assert out.count("\n") <= 40
    assert "more items (--all)" in out
    assert checkout.check("--all")[1].count("many/set-39") >= 1


def test_nothing_to_check_is_no_pass(checkout: Checkout) -> None:
    checkout.write("a.py", "x = 1\n")
    checkout.commit()
    code, out = checkout.check(snapshot=False)
    assert code == Exit.OK
    assert out.startswith("NOTHING TO CHECK")
    assert "nothing to check" in checkout.check("--format", "markdown", snapshot=False)[1]


@pytest.mark.parametrize(
    ("name", "start"),
    [("x.sarif", '{\n  "$schema"'), ("x.xml", "<?xml"), ("x.md", "<!-- provenance")],
)
def test_the_name_of_the_file_says_the_format(
    checkout: Checkout, tmp_path: Path, name: str, start: str
) -> None:
    checkout.write("a.py", "x = 1\n")
    checkout.commit()
    assert checkout.check("-o", str(tmp_path / name), snapshot=False)[0] == Exit.OK
    assert (tmp_path / name).read_text().startswith(start)
    assert checkout.check("-o", str(tmp_path / "x.what"), snapshot=False)[0] == Exit.USAGE


def test_warnings_can_fail(checkout: Checkout) -> None:
    checkout.write("a.py", "complete(model='gpt-4o')\n")
    checkout.commit()
    assert checkout.check(snapshot=False)[0] == Exit.OK
    assert checkout.check("--fail-on", "warning", snapshot=False)[0] == Exit.VIOLATED


def test_paths_start_at_the_top_in_every_format(checkout: Checkout) -> None:
    checkout.write("sub/a.py", LOAD + "load_dataset('org/research')\n")
    checkout.commit()
    checkout.root = checkout.root / "sub"
    for name in ("text", "concise", "github", "gitlab", "junit", "markdown", "sarif"):
        assert "sub/a.py" in checkout.check("--format", name)[1]


def test_annotations_mind_the_limit(checkout: Checkout) -> None:
    unlicensed(checkout, 30)
    out = checkout.check("--format", "github")[1]
    assert out.count("::error ") == 10
    assert "21 more of this kind" in out


def test_sarif_says_where_help_is(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/research')\n")
    checkout.commit()
    (run,) = json.loads(checkout.check("--format", "sarif")[1])["runs"]
    assert run["automationDetails"]["id"] == "provenance-check/"
    rules = run["tool"]["driver"]["rules"]
    assert all(f"provenance explain {r['id']}" in r["help"]["text"] for r in rules)
    assert not any("helpUri" in r for r in rules), "no page of a rule has an address on the web"
    assert "primaryLocationLineHash" in run["results"][0]["partialFingerprints"]


def test_repositories_missing_for_one_reason_are_one_item(checkout: Checkout) -> None:
    lines = "".join(f"load_dataset('gone/set-{n}')\n" for n in range(5))
    checkout.write("a.py", LOAD + lines)
    checkout.commit()
    _, out = checkout.check()
    assert "5 repositories cannot be examined: not in snapshot" in out
    assert "gone/set-2 and 2 more" in out
    said = " ".join(out.split())
    assert "do: The snapshot does not hold it: add it there, or look it up from the Hub" in said
    assert "sizes" not in said


def test_a_share_over_its_limit_has_the_set_for_its_cause(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "A.from_pretrained('org/lacking')\n")
    checkout.commit()
    _, out = checkout.check()
    heads = [line for line in out.split("\n") if line.startswith("error ")]
    assert heads == ["error datasets/org/none  LIC003, COV001"]
    assert out.index("org/none states no license") < out.index("the policy's limit is")


def test_the_first_line_is_about_data(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    assert checkout.check("--diff-base", "main")[1].startswith(
        "PASS: this change adds no training data\n"
    )
    checkout.write("b.py", LOAD + "load_dataset('gone/set')\nload_dataset('org/none')\n")
    checkout.commit()
    _, out = checkout.check("--diff-base", "main")
    said = " ".join(out.split())
    assert said.startswith(
        "FAIL: this change adds 2 data sets: 1 lacks an explicit license (datasets/org/none), "
        "1 could not be examined (datasets/gone/set)"
    )
    assert (
        "1 of 3 data sets (33.3 % to 66.7 %, 1 not examined), before 0 of 1 data set (0 %)" in said
    )
    added = json.loads(checkout.check("--diff-base", "main", "--format", "json")[1])["comparison"]
    assert added["added_not_examined"] == ["datasets/gone/set"]


def test_a_set_that_was_only_behind_a_model_is_added_by_the_code_that_names_it(
    checkout: Checkout,
) -> None:
    checkout.write("a.py", LOAD + "A.from_pretrained('org/lacking')\n")
    checkout.commit("a model")
    checkout.git("checkout", "-q", "-b", "feature")
    checkout.write("b.py", LOAD + "load_dataset('org/none')\n")
    checkout.commit()
    said = " ".join(checkout.check("--diff-base", "main")[1].split())
    assert "this change adds 1 data set: 1 lacks an explicit license (datasets/org/none)" in said


def test_what_the_lock_does_not_hold_is_named_first(checkout: Checkout) -> None:
    checkout.write("a.py", "x = 1\n")
    checkout.commit("nothing")
    checkout.run("lock")
    checkout.commit("a lock")
    checkout.git("checkout", "-q", "-b", "feature")
    checkout.write("b.py", LOAD + "load_dataset('org/none')\n")
    checkout.commit()
    for options, start in ((["--diff-base", "main"], "this change adds"), ([], "there is")):
        said = " ".join(checkout.check("--locked", *options, snapshot=False)[1].split())
        assert f"{start} 1 reference not in the lock (datasets/org/none)" in said


def test_a_locked_run_says_that_nothing_was_looked_up(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    checkout.run("lock")
    said = " ".join(checkout.check("--locked", snapshot=False)[1].split())
    assert "cards as provenance.lock says, none of them looked up" in said


def test_a_set_under_its_old_and_new_name_is_one_item(checkout: Checkout) -> None:
    text = "load_dataset('bookcorpus')\nload_dataset('bookcorpus/bookcorpus')\n"
    checkout.write("a.py", LOAD + text + "A.from_pretrained('bert-base-uncased')\n")
    checkout.commit()
    _, out = checkout.check("--snapshot", "bundled", "--all", snapshot=False)
    heads = [line for line in out.split("\n") if "  LIC003" in line and "bookcorpus" in line]
    assert heads == ["error datasets/bookcorpus/bookcorpus  LIC003, COV001"]


def test_a_share_of_several_sets_has_the_model_for_its_cause(checkout: Checkout) -> None:
    unlicensed(checkout, 2)
    folder = checkout.snapshot / "models" / "many" / "trained"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(
        "---\nlicense: mit\ndatasets: [many/set-0, many/set-1]\n---\n"
    )
    checkout.write("a.py", "A.from_pretrained('many/trained')\n")
    checkout.commit()
    _, out = checkout.check()
    heads = [line for line in out.split("\n") if line.startswith("error ")]
    assert heads == ["error models/many/trained  LIC003, COV001"]
