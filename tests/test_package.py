"""What a release holds: the wheel from the tree, the sdist, and the wheel from the sdist."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PRESETS = {
    "ca-ab2013", "commercial", "default", "edpb-28-2024", "eu-ai-act", "eu-gpai-summary", "gdpr",
    "open-data", "research", "strict",
}  # fmt: skip


def build(target: str, source: Path, into: Path) -> Path:
    """Build one artefact of the project in ``source`` with the backend that a release uses."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = into.iterdir()
    return built


def files_of(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the sdist unpacks to."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", ROOT, folder / "built")) as archive:
        archive.extractall(folder, filter="data")
    (root,) = (path for path in folder.iterdir() if path.name != "built")
    return root


@pytest.fixture(scope="module")
def wheels(
    unpacked: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Files of the wheel from the tree and of the wheel from the sdist."""
    folder = tmp_path_factory.mktemp("wheels")
    return (
        files_of(build("wheel", ROOT, folder / "tree")),
        files_of(build("wheel", unpacked, folder / "sdist")),
    )


def test_the_wheel_holds_the_package_and_the_policies_and_nothing_else(
    wheels: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    source = {
        path.relative_to(ROOT / "src").as_posix(): path
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".so"}
    }
    source |= {f"provenance/policies/{path.name}": path for path in (ROOT / "policies").iterdir()}
    from_tree, _ = wheels
    held = {name: body for name, body in from_tree.items() if ".dist-info/" not in name}
    assert sorted(held) == sorted(source)
    assert held == {name: path.read_bytes() for name, path in source.items()}


def test_the_wheel_holds_every_preset_by_name(
    wheels: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    wanted = {f"provenance/policies/{name}.yaml" for name in PRESETS}
    for wheel in wheels:
        assert wanted | {"provenance/policies/schema.json", "provenance/py.typed"} <= set(wheel)


def test_the_wheel_from_the_sdist_is_the_wheel_from_the_tree(
    wheels: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    from_tree, from_sdist = wheels
    assert from_sdist == from_tree


def test_the_sdist_holds_what_builds_and_tests_it(unpacked: Path) -> None:
    wanted = {"policies", "src", "tests", "docs", "tasks", "pyproject.toml", "README.md", "LICENSE"}
    assert wanted <= {path.name for path in unpacked.iterdir()}
    assert sorted(p.name for p in (unpacked / "policies").iterdir()) == sorted(
        p.name for p in (ROOT / "policies").iterdir()
    )
    assert not any(path.is_symlink() for path in unpacked.rglob("*"))


def test_no_link_and_no_second_copy_of_the_policies_is_in_the_tree() -> None:
    assert not (ROOT / "policies").is_symlink()
    assert not (ROOT / "src" / "provenance" / "policies").exists()


_SAY_PRESETS = """
import sys
sys.path.insert(0, sys.argv[1])
from provenance.policy.presets import preset_names, preset_text
from provenance.policy.presets import shipped_schema
import provenance
assert provenance.__file__.startswith(sys.argv[1]), provenance.__file__
assert shipped_schema() and all(map(preset_text, preset_names()))
print(*preset_names())
"""


def say_presets(place: Path) -> subprocess.CompletedProcess[str]:
    """Name the presets with the package as it is at ``place``, a folder or an archive."""
    command = [sys.executable, "-c", _SAY_PRESETS, str(place)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("way", ["checkout", "folder", "archive"])
def test_presets_open_in_every_way_of_installing(way: str, tmp_path: Path) -> None:
    wheel = build("wheel", ROOT, tmp_path / "built")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    place = {"checkout": ROOT / "src", "folder": tmp_path / "installed", "archive": wheel}[way]
    found = say_presets(place)
    assert found.stderr == ""
    assert set(found.stdout.split()) == PRESETS


def test_a_folder_of_policies_beside_an_installed_package_is_not_taken(tmp_path: Path) -> None:
    place = tmp_path / "lib" / "installed"
    shutil.unpack_archive(build("wheel", ROOT, tmp_path / "built"), place, "zip")
    shutil.move(place / "provenance" / "policies", tmp_path / "lib" / "policies")
    found = say_presets(place)
    assert found.returncode == 1
    assert "holds no policies: install provenance-audit again" in found.stderr


def direct_requirements() -> Iterator[Requirement]:
    """Everything that pyproject.toml asks for by name, extras and the development group too."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = data["project"]
    extras = itertools.chain.from_iterable(project["optional-dependencies"].values())
    for text in (*project["dependencies"], *extras, *data["dependency-groups"]["dev"]):
        wanted = Requirement(text)
        if wanted.name != project["name"]:
            yield wanted


def test_the_lock_holds_a_release_that_is_allowed_of_all_that_is_asked_for() -> None:
    """``make lock`` was run after the last change of pyproject.toml."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    locked = [Requirement(line) for line in lines if not line.startswith("#")]
    for wanted in direct_requirements():
        pins = [r for r in locked if canonicalize_name(r.name) == canonicalize_name(wanted.name)]
        assert pins, f"{wanted.name} is not in constraints.txt: make lock"
        for pin in pins:
            (exact,) = pin.specifier
            assert exact.operator == "=="
            assert exact.version in wanted.specifier, f"{pin}, asked for is {wanted}: make lock"


def test_the_lock_names_no_place_to_install_from() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert not re.search(r"://|^-|@|--hash", text, re.MULTILINE)


def test_all_is_every_extra_but_spark() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    (every,) = map(Requirement, extras["all"])
    assert every.name == project["name"]
    assert every.extras == set(extras) - {"all", "spark"}
