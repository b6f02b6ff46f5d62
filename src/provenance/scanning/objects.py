"""Datasets that are open in a Python program, as files that can be scanned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import UsageError
from provenance.scanning.layout import DataFile, FileCount, FileFormat

if TYPE_CHECKING:
    import datasets

_HEAVY = frozenset({"Image", "Audio", "Video", "Pdf", "Nifti"})
"""Features whose bytes say nothing of a license."""


def title_of(data: datasets.Dataset | datasets.DatasetDict) -> str:
    """What the dataset calls itself; its class where it has no name."""
    first = next(iter(_splits(data).values()), None)
    name = None if first is None else first.info.dataset_name
    return name or type(data).__name__


def written(
    data: Iterable[datasets.Dataset | datasets.DatasetDict], folder: Path
) -> dict[DataFile, DataFile]:
    """Each split as a Parquet file in ``folder``, and as what a report is to call it.

    Raises:
        UsageError: something else, or a dataset that is streamed.

    """
    made: dict[DataFile, DataFile] = {}
    for given in data:
        title = title_of(given)
        for split, rows in _splits(given).items():
            path = folder / f"{len(made):05d}.parquet"
            light = [c for c, f in rows.features.items() if type(f).__name__ not in _HEAVY]
            rows.select_columns(light).to_parquet(path)
            file = DataFile(
                str(path), FileFormat.PARQUET, folder.as_posix(), path.stat().st_size, ""
            )
            name = f"{title}[{split}]" if split else title
            made[file] = replace(file, path=name, source=name)
    return made


def named(counts: Sequence[FileCount], names: Mapping[DataFile, DataFile]) -> tuple[FileCount, ...]:
    """The counts under the names of the splits: where a copy was written is nobody's concern."""
    return tuple(replace(c, file=names.get(c.file, c.file)) for c in counts)


def _splits(data: datasets.Dataset | datasets.DatasetDict) -> dict[str, datasets.Dataset]:
    import datasets

    if isinstance(data, datasets.DatasetDict):
        return {str(name): split for name, split in data.items()}
    if isinstance(data, datasets.Dataset):
        return {str(data.split) if data.split is not None else "": data}
    raise UsageError(
        f"{type(data).__name__} holds no records that can be counted: give a Dataset or a "
        "DatasetDict; what is streamed is scanned by its name"
    )
