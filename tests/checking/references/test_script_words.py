"""How a line of a script names another file."""

import re

import pytest

from provenance.checking.gate_files import included_by
from provenance.checking.gate_runners import includes_in
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.run_files import search_run
from provenance.checking.references.script_words import INCLUDING, SOURCING, places
from provenance.checking.references.shell_runs import runs_of
from provenance.checking.references.sites import Gathered, Run

_NONE = re.compile(r"(?!)")
WORDS = [
    "lib.sh", '"lib.sh"', "'lib.sh';", "./lib.sh", "$HERE/lib.sh", "${HERE}/lib.sh",
    "$(HERE)lib.sh", '"$(dirname "$0")/lib.sh"', "../ci/lib.sh", "ci/lib.sh", "$ROOT/ci/lib.sh",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_gate_and_search_agree_on_the_file_that_a_line_names(word: str) -> None:
    assert "ci/lib.sh" in places(word, "ci/run")
    assert included_by("ci/run", f"source {word}\n".encode(), {"ci/lib.sh"}) == ["ci/lib.sh"]

    read: list[str] = []

    def reader(path: str) -> bytes:
        read.append(path)
        return b""

    run = Run("ci/run", (word,), "shell", sourced=True)
    search_run(Gathered(runs=[run]), ["ci/lib.sh"], _NONE, reader, load_rules())
    assert read == ["ci/lib.sh"]


@pytest.mark.parametrize("word", [*INCLUDING, *SOURCING])
def test_gate_and_search_agree_on_what_reads_a_file(word: str) -> None:
    line = f"{word} lib.mk"
    assert includes_in(line.encode()) == [line.encode()]
    assert [run.names for run in runs_of(line.split(), "Makefile")] == [("lib.mk",)]


def test_a_word_that_names_no_file_here() -> None:
    assert "ci/lib.sh" not in places("lib.sh", "tools/run")
