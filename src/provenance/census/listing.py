"""Rows from a dump of the Hub's listing API: metadata only, each distinct license read once.

Fields are those of ``GET /api/datasets`` and ``/api/models``
(https://huggingface.co/docs/hub/api): ``id``, ``tags``, ``cardData``, ``downloads``,
``lastModified`` …; the snake case of ``huggingface_hub`` is understood too.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.cards import read_card
from provenance.census.table import Table, failures, literal
from provenance.corpus.columns import Field
from provenance.corpus.layout import DataFile, FileFormat, Shape
from provenance.corpus.probe import UnreadableFileError, probe
from provenance.errors import SourceError, UsageError
from provenance.licensing import conclude_card
from provenance.refs import RepoKind

_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "modelId", "repo_id"),
    "author": ("author",),
    "changed": ("lastModified", "last_modified", "createdAt", "created_at"),
    "downloads": ("downloads", "downloadsAllTime", "downloads_all_time"),
    "tags": ("tags",),
    "card": ("cardData", "card_data"),
    "pipeline": ("pipeline_tag",),
}
_LICENSE_KEYS = ("license", "license_name", "license_link", "license_details")


def read_listing(table: Table, files: Sequence[DataFile], kind: RepoKind) -> None:
    """Make the view ``census`` of the table from dumps of the listing.

    Raises:
        UsageError: a dump lacks the fields that a listing has.
        SourceError: a dump cannot be read.

    """
    selects = [_select(file) for file in files]
    with failures(files[0].path):
        table.database.execute(
            f"CREATE TABLE listed AS FROM ({' UNION ALL '.join(selects)}) WHERE id IS NOT NULL"
        )
    _drop_repeated(table)
    values = [str(key) for (key,) in table.ask("SELECT DISTINCT license FROM listed ORDER BY 1")]
    _conclude(table, values, kind)
    with failures(files[0].path):
        table.database.execute(_VIEW.format(kind=literal(kind.value)))


def _drop_repeated(table: Table) -> None:
    """Keep one row an id, the one with most downloads; sorting is paid for only when needed."""
    [(repeated,)] = table.ask("SELECT count(*) > count(DISTINCT id) FROM listed")
    if repeated:
        table.ask(
            "CREATE OR REPLACE TABLE listed AS SELECT DISTINCT ON (id) * FROM listed "
            "ORDER BY id, downloads DESC NULLS LAST, license, year, categories"
        )


_VIEW = """
CREATE VIEW census AS SELECT
  l.id, {kind} AS kind, l.author, 'listed' AS status, c.state, c.declared, c.concluded,
  c.restrictions, c.reason, c.evidence, l.categories, 'unknown' AS personal_data,
  NULL::BOOLEAN AS undeclared, NULL::BIGINT AS training_sets, NULL::VARCHAR AS measure,
  NULL::DOUBLE AS lacking, l.year, l.downloads
FROM listed l JOIN concluded c ON l.license = c.license
"""


def _conclude(table: Table, values: Sequence[str], kind: RepoKind) -> None:
    """Read each distinct license as the front matter it is: JSON is YAML."""
    import pyarrow as pa

    rows: dict[str, list[str]] = {
        name: []
        for name in ("license", "state", "declared", "concluded", "restrictions", "reason",
                     "evidence")
    }  # fmt: skip
    for value in values:
        card = read_card(f"---\n{value}\n---\n".encode(), f"{kind.folder}/listing")
        found = conclude_card(card)
        said = found.statements[0].evidence.pointer if found.statements else None
        rows["license"].append(value)
        rows["state"].append(found.state.value)
        rows["declared"].append("; ".join(found.declared))
        rows["concluded"].append(found.concluded)
        rows["restrictions"].append("; ".join(r.value for r in found.restrictions))
        rows["reason"].append(found.reason.replace(" (line 2)", ""))
        rows["evidence"].append(f"listing {said}" if said else "")
    table.database.register("concluded_rows", pa.table(rows))
    table.database.execute("CREATE TABLE concluded AS FROM concluded_rows")
    table.database.unregister("concluded_rows")


def _select(file: DataFile) -> str:
    """SQL that brings one dump into the form that all are read in."""
    try:
        fields = {field.name: field for field in probe(file).fields}
    except UnreadableFileError as error:
        raise SourceError(f"{file.path}: cannot be read: {error}") from None
    found = {
        name: next((fields[n] for n in names if n in fields), None)
        for name, names in _NAMES.items()
    }
    if found["id"] is None or (found["tags"] is None and found["card"] is None):
        raise UsageError(
            f"{file.path} is no listing of the Hub: it has no id, or neither tags nor cardData; "
            f"fields: {', '.join(list(fields)[:20])}"
        )
    path = literal(file.path)
    if file.format is FileFormat.PARQUET:
        source = f"read_parquet({path})"
    elif file.format is FileFormat.JSONL:
        types = {"downloads": "BIGINT", "tags": "VARCHAR[]", "card": "JSON"}
        columns = ", ".join(
            f"{literal(f.name)}: '{types.get(name, 'VARCHAR')}'"
            for name, f in found.items()
            if f is not None
        )
        source = f"read_json({path}, format = 'newline_delimited', columns = {{{columns}}})"
    else:
        raise UsageError(f"{file.path}: a listing is read from Parquet or JSON lines")
    identity = _name(found["id"])
    owner = f"CASE WHEN contains({identity}, '/') THEN split_part({identity}, '/', 1) ELSE '' END"
    author = owner if found["author"] is None else f"coalesce({_name(found['author'])}, {owner})"
    changed = "NULL" if found["changed"] is None else f"{_name(found['changed'])}::VARCHAR"
    downloads = "NULL" if found["downloads"] is None else _name(found["downloads"])
    return (
        f"SELECT {identity} AS id, {author} AS author, "  # noqa: S608  quoted names
        f"TRY_CAST(left({changed}, 4) AS BIGINT) AS year, "
        f"TRY_CAST({downloads} AS BIGINT) AS downloads, "
        f"{_license(found['card'], found['tags'], file.format)} AS license, "
        f"{_categories(found['tags'], found['pipeline'])} AS categories FROM {source}"
    )


def _license(card: Field | None, tags: Field | None, file_format: FileFormat) -> str:
    """JSON object of what is said of the license: the card's own words before the tags."""
    tagged = "'{}'"
    if tags is not None:
        mine = f"list_filter({_name(tags)}, lambda x: starts_with(x, 'license:'))"
        tagged = (
            f"CASE WHEN len({mine}) > 0 THEN json_object('license', "
            f"list_transform({mine}, lambda x: x[9:]))::VARCHAR ELSE '{{}}' END"
        )
    if card is None:
        return tagged
    if file_format is FileFormat.JSONL or card.shape is Shape.TEXT:
        reads = [(key, f"json_extract({_name(card)}, '$.{key}')") for key in _LICENSE_KEYS]
        said = f"json_extract({_name(card)}, '$.license') IS NOT NULL"
    else:
        there = {child.name for child in card.children}
        reads = [(key, f"to_json({_name(card)}['{key}'])") for key in _LICENSE_KEYS if key in there]
        said = f"{_name(card)}['license'] IS NOT NULL" if "license" in there else "false"
    parts = ", ".join(f"'{key}', {value}" for key, value in reads)
    own = f"json_merge_patch('{{}}', json_object({parts}))::VARCHAR"
    return f"CASE WHEN {said} THEN {own} ELSE {tagged} END"


def _categories(tags: Field | None, pipeline: Field | None) -> str:
    if pipeline is not None:
        return f"coalesce({_name(pipeline)}, '')"
    if tags is None:
        return "''"
    prefix = "task_categories:"
    return (
        f"coalesce(list_aggregate(list_transform(list_filter({_name(tags)}, "
        f"lambda x: starts_with(x, '{prefix}')), lambda x: x[{len(prefix) + 1}:]), "
        "'string_agg', '; '), '')"
    )


def _name(field: Field | None) -> str:
    """The column, quoted."""
    name = "" if field is None else field.name
    return '"' + name.replace('"', '""') + '"'
