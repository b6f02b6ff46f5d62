"""A link under a name that is searched leads to what is searched, or is said."""

from __future__ import annotations

import subprocess
from pathlib import Path

from provenance.checking.base import open_base, scan_base
from provenance.checking.references.files import open_repository, tracked_links
from provenance.checking.references.links import link_problems
from provenance.checking.references.rules_files import load_rules


def test_a_link_to_what_is_searched_is_nothing_to_say() -> None:
    assert link_problems({"a/t.py": "../lib/t.py"}, ["lib/t.py"]) == []


def test_a_link_to_what_is_not_searched_is_said() -> None:
    links = {"t.py": "t.txt", "u.py": "/etc/u.py", "v.yaml": "gone.yaml", "w.sh": "../w.sh"}
    said = [p.file for p in link_problems(links, ["t.txt"])]
    assert said == ["t.py", "u.py", "v.yaml", "w.sh"]


def test_links_of_folders_and_of_files_that_hold_no_code_are_not_said() -> None:
    assert link_problems({"data": "/mnt/data", "logo.png": "/x.png", "n.txt": "/n"}, []) == []


def test_a_link_to_a_link_is_said_once() -> None:
    said = link_problems({"a.py": "b.py", "b.py": "/elsewhere.py"}, [])
    assert [p.file for p in said] == ["b.py"]


def test_links_are_the_same_in_the_work_tree_and_in_a_commit(tmp_path: Path) -> None:
    (tmp_path / "hidden.txt").write_text("load_dataset('acme/set-1')\n")
    (tmp_path / "train.py").symlink_to("hidden.txt")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    repository = open_repository(tmp_path)
    assert tracked_links(repository, everything=False) == {"train.py": "hidden.txt"}
    assert tracked_links(repository, everything=True) == {"train.py": "hidden.txt"}
    scan = scan_base(open_base(repository, "HEAD"), load_rules(), ())
    assert [(p.file, p.message) for p in scan.problems] == [
        ("train.py", "a link to hidden.txt: not searched")
    ]
