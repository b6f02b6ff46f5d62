"""A Hub dataset by its name: its files at one commit, else its records as ``datasets`` reads them.

Files come first because a file can be named, left out and gone on from, and because only the wanted
columns of Parquet are fetched; see ``docs/adr/0007-hub-datasets-as-files.md``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from provenance import lazy_re as re
from provenance.cards import read_card
from provenance.cards.yaml_tree import YamlMapping, YamlRefusedError, parse, scalars
from provenance.errors import SourceError, UsageError, missing_extra
from provenance.hub.interface import Absent, CardSource, Repository
from provenance.refs import RepoKind, RepoRef
from provenance.scanning.layout import Columns, DataFile, FileFormat
from provenance.scanning.remote import one_line, store_errors

if TYPE_CHECKING:
    import pyarrow as pa

_SCHEME = "datasets://"
_BATCH = 1000


def at_one_commit(hub: CardSource, repo_id: str, revision: str | None) -> tuple[Repository, str]:
    """A dataset under its canonical id and its commit, so that a scan reads one state of it.

    Raises:
        UsageError: it is not there or not to be had.
        SourceError: the Hub gave no answer.

    """
    repository = hub.fetch(RepoRef(RepoKind.DATASET, repo_id, revision))
    if isinstance(repository, Absent):
        raise UsageError(
            f"{repository.ref}: {repository.why.value}: {repository.detail} (for what is private "
            "or gated, log in with `hf auth login`)"
        )
    if repository.revision is None:
        raise SourceError(f"{repository.ref}: the Hub named no commit: check HF_ENDPOINT")
    return repository, repository.revision


def hold_inside(hub: CardSource, repository: Repository) -> None:
    """Refuse a dataset whose configurations name data elsewhere: `datasets` would go and ask there.

    They stand in its card and in a file beside it
    (https://huggingface.co/docs/hub/datasets-manual-configuration).

    Raises:
        UsageError: they do, or cannot be read.
        SourceError: the Hub gave no answer.

    """
    card = read_card(repository.readme, repository.path)
    beside = hub.read_file(repository, _CONFIGURATIONS)
    try:
        text = "" if beside is None else beside.decode("utf-8")
        trees = [card.front, parse(text)]
    except (YamlRefusedError, UnicodeDecodeError):
        trees = []
    if not trees or card.unread_front_matter is not None:
        raise UsageError(f"{repository.path}: which data its configurations name cannot be read")
    for tree in trees:
        for name, value in tree.entries if isinstance(tree, YamlMapping) else ():
            places = scalars(value) if name.text in {"configs", "<<"} else ()
            away = next((p.text for p in places if _AWAY.search(p.text)), None)
            if away is not None:
                raise UsageError(
                    f"{repository.path}: its configurations name data elsewhere, {away[:80]!r}: "
                    "not read"
                )


_CONFIGURATIONS = ".huggingface.yaml"
_AWAY = re.compile(r"^[\s/~\\]|^[A-Za-z]:|://|::|(?:^|[/\\])\.\.(?:[/\\]|$)")
"""An absolute path, one with a drive, an address, a chain of fsspec's, a way up."""


def list_splits(repo_id: str, commit: str) -> list[DataFile]:
    """Every split of every configuration, as ``datasets`` finds them.

    Raises:
        UsageError: ``datasets`` is not installed, or cannot read this dataset.

    """
    datasets = _datasets(repo_id)
    source = f"hf://datasets/{repo_id}@{commit}"
    files: list[DataFile] = []
    try:
        for config in sorted(datasets.get_dataset_config_names(repo_id, revision=commit)):
            opened = datasets.load_dataset(repo_id, config, revision=commit, streaming=True)
            for split, data in sorted(opened.items()):
                sizes = (data.info.splits or {}).get(split)
                size = getattr(sizes, "num_bytes", None) or 0
                path = f"{_SCHEME}{repo_id}@{commit}/{config}/{split}"
                files.append(DataFile(path, FileFormat.STREAM, source, size, commit))
    except store_errors(ImportError, RuntimeError, TypeError, ValueError) as error:
        raise UsageError(f"{source}: `datasets` cannot read it: {one_line(error)}") from None
    return files


@contextmanager
def split_batches(path: str, columns: Columns | None = None) -> Iterator[pa.RecordBatchReader]:
    """The records of one split, streamed; ``columns`` keeps only what is wanted of them.

    Raises:
        UsageError: ``datasets`` is not installed.

    """
    import pyarrow as pa

    repo_id, commit, config, split = _parts(path)
    opened = _datasets(repo_id).load_dataset(
        repo_id, config, split=split, revision=commit, streaming=True
    )
    if columns is not None and (roots := _roots(columns)):
        opened = opened.select_columns(list(roots))
    tables: Iterator[pa.Table] = iter(opened.with_format("arrow").iter(batch_size=_BATCH))
    first = next(tables, None)
    features = opened.features
    if first is None:
        schema = features.arrow_schema if features is not None else pa.schema([])
        yield pa.RecordBatchReader.from_batches(schema, [])
        return
    schema = features.arrow_schema if features is not None else first.schema
    batches = (
        batch for table in chain([first], tables) for batch in table.cast(schema).to_batches()
    )
    yield pa.RecordBatchReader.from_batches(schema, batches)


def _roots(columns: Columns) -> Sequence[str]:
    read = (columns.license, columns.text, columns.tokens)
    return sorted({column.path.steps[0] for column in read if column is not None})


def _parts(path: str) -> tuple[str, str, str, str]:
    """Repository, commit, configuration and split; no configuration's name holds a slash."""
    place, config, split = path.removeprefix(_SCHEME).rsplit("/", 2)
    repo_id, _, commit = place.rpartition("@")
    return repo_id, commit, config, split


def _datasets(repo_id: str) -> Any:
    try:
        import datasets
    except ImportError:
        raise UsageError(
            missing_extra(
                f"{repo_id} has no Parquet, JSON Lines, CSV or Arrow file: reading what it has "
                "needs `datasets`",
                "scan",
            )
        ) from None
    datasets.disable_progress_bars()
    for name in ("datasets", "huggingface_hub"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return datasets
