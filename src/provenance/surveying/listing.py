"""Rows from a dump of the Hub's listing API: metadata only, each distinct license read once.

Fields are those of ``GET /api/datasets`` and ``/api/models``
(https://huggingface.co/docs/hub/api): ``id``, ``tags``, ``cardData``, ``downloads``,
``lastModified`` …; the snake case of ``huggingface_hub`` is understood too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provenance.cards import read_card
from provenance.errors import SourceError, UsageError
from provenance.licensing import conclude_card
from provenance.refs import RepoKind
from provenance.scanning.columns import Field
from provenance.scanning.layout import DataFile, FileFormat, Shape
from provenance.scanning.probe import UnreadableFileError, probe
from provenance.scanning.sql import sql_name, sql_text
from provenance.surveying.table import CensusTable, failures

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


def read_listing(table: CensusTable, files: Sequence[DataFile], kind: RepoKind) -> None:
    """Make the view ``census`` of the table from dumps of the listing.

    A row that is no JSON object, has no id, or has tags or card data that cannot be read stays in
    the census as ``unreadable``.

    Raises:
        UsageError: a dump lacks the fields that a listing has.
        SourceError: a dump cannot be read.

    """
    selects = [_select(file) for file in files]
    with failures(files[0].path):
        table.database.execute(f"CREATE TABLE listed AS FROM ({' UNION ALL '.join(selects)})")
    _name_nameless(table)
    _drop_repeated(table)
    values = [str(key) for (key,) in table.ask("SELECT DISTINCT license FROM listed ORDER BY 1")]
    _conclude(table, values, kind)
    with failures(files[0].path):
        table.database.execute(_VIEW.format(kind=sql_text(kind.value)))


def _name_nameless(table: CensusTable) -> None:
    """Give rows without an id a number, so that each is a row of the census."""
    [(nameless,)] = table.ask("SELECT count(*) FROM listed WHERE id IS NULL")
    if nameless:
        table.ask(
            "CREATE OR REPLACE TABLE listed AS SELECT * REPLACE (coalesce(id, '(row without id ' "
            "|| row_number() OVER (PARTITION BY id) || ')') AS id) FROM listed"
        )


def _drop_repeated(table: CensusTable) -> None:
    """Keep one row an id, the one with most downloads; sorting is paid for only when needed."""
    if any(_repeats(table, part) for part in range(_PARTS)):
        table.ask(
            "CREATE OR REPLACE TABLE listed AS SELECT DISTINCT ON (id) * FROM listed "
            "ORDER BY id, problem IS NOT NULL, downloads DESC NULLS LAST, license, year, categories"
        )


_PARTS = 8
"""Ids are compared in so many parts, as all at once would take as much memory as the listing."""


def _repeats(table: CensusTable, part: int) -> bool:
    """Whether an id stands twice in one part of the listing."""
    [(repeated,)] = table.ask(
        "SELECT count(*) > count(DISTINCT id) FROM listed "  # noqa: S608  numbers
        f"WHERE hash(id) % {_PARTS} = {part}"
    )
    return bool(repeated)


_VIEW = """
CREATE VIEW census AS SELECT
  l.id, {kind} AS kind, l.author,
  CASE WHEN bad THEN 'unreadable' ELSE 'listed' END AS status,
  CASE WHEN bad THEN 'unresolved' ELSE c.state END AS state,
  CASE WHEN bad THEN '' ELSE c.declared END AS declared,
  CASE WHEN bad THEN 'NOASSERTION' ELSE c.concluded END AS concluded,
  CASE WHEN bad THEN '' ELSE c.restrictions END AS restrictions,
  CASE WHEN bad THEN l.problem ELSE c.reason END AS reason,
  CASE WHEN bad THEN '' ELSE c.evidence END AS evidence,
  l.categories, 'unknown' AS personal_data,
  NULL::BOOLEAN AS undeclared, NULL::BIGINT AS training_sets, NULL::VARCHAR AS measure,
  NULL::DOUBLE AS lacking, l.year, l.downloads,
  CASE WHEN c.state = 'conflicting' THEN true END AS conflict,
  NULL::DOUBLE AS lacking_low, NULL::DOUBLE AS lacking_high
FROM (SELECT *, problem IS NOT NULL AS bad FROM listed) l
JOIN concluded c ON l.license = c.license
"""


def _conclude(table: CensusTable, values: Sequence[str], kind: RepoKind) -> None:
    """Read each distinct license as the front matter it is: JSON is YAML."""
    import pyarrow as pa

    rows: dict[str, list[str]] = {
        name: []
        for name in ("license", "state", "declared", "concluded", "restrictions", "reason",
                     "evidence")
    }  # fmt: skip
    for value in values:
        card = read_card(f"---\n{value}\n---\n".encode(), f"{kind.folder}/listing")
        conclusion = conclude_card(card)
        pointer = conclusion.statements[0].evidence.pointer if conclusion.statements else None
        rows["license"].append(value)
        rows["state"].append(conclusion.state.value)
        rows["declared"].append("; ".join(conclusion.declared))
        rows["concluded"].append(conclusion.concluded)
        rows["restrictions"].append("; ".join(r.value for r in conclusion.restrictions))
        rows["reason"].append(conclusion.reason.replace(" (line 2)", ""))
        rows["evidence"].append(f"listing {pointer}" if pointer else "")
    table.database.register("concluded_rows", pa.table(rows))
    table.database.execute("CREATE TABLE concluded AS FROM concluded_rows")
    table.database.unregister("concluded_rows")


def _select(file: DataFile) -> str:
    """SQL that brings one dump into the form that all are read in."""
    try:
        fields = {field.name: field for field in probe(file).fields}
    except UnreadableFileError as error:
        raise SourceError(f"{file.path}: cannot be read: {error}") from None
    by_use = {
        name: next((fields[n] for n in names if n in fields), None)
        for name, names in _NAMES.items()
    }
    texts = [fields[n] for n in _NAMES["id"] if n in fields and fields[n].shape is Shape.TEXT]
    identity = texts[0] if texts else None
    if identity is None or (by_use["tags"] is None and by_use["card"] is None):
        raise UsageError(
            f"{file.path} is no listing of the Hub: it has no id in words, or neither tags nor "
            f"cardData; fields: {', '.join(list(fields)[:20])}"
        )
    by_use["id"] = identity
    if file.format is FileFormat.PARQUET:
        return _parquet(file.path, by_use)
    if file.format is FileFormat.JSONL:
        return _json_lines(file.path, by_use)
    raise UsageError(f"{file.path}: a listing is read from Parquet or JSON lines")


def _parquet(path: str, fields: Mapping[str, Field | None]) -> str:
    """SQL over a Parquet dump: columns have their types; text may hold JSON."""
    tags, card = fields["tags"], fields["card"]
    listed = "NULL::VARCHAR[]"
    if tags is not None:
        name = _name(tags)
        as_json = f"CASE WHEN json_valid({name}) THEN TRY_CAST({name}::JSON AS VARCHAR[]) END"
        listed = as_json if tags.shape is Shape.TEXT else f"TRY_CAST({name} AS VARCHAR[])"
    columns = {
        "raw_id": _name(fields["id"]),
        "raw_author": _column(fields["author"]),
        "raw_changed": _column(fields["changed"]),
        "raw_downloads": _column(fields["downloads"]),
        "raw_pipeline": _column(fields["pipeline"]),
        "raw_tags": listed,
        "tags_given": "false" if tags is None else f"{_name(tags)} IS NOT NULL",
    }
    if card is None or card.shape is Shape.TEXT:
        name = "NULL::VARCHAR" if card is None else _name(card)
        columns |= {
            "raw_card": f"CASE WHEN json_valid({name}) THEN {name}::JSON END",
            "card_given": f"trim({name}) NOT IN ('', 'null')",
        }
        own_tags = _OWN_OF_JSON
    else:
        names = {child.name for child in card.children}
        parts = ", ".join(f"'{k}', {_name(card)}['{k}']" for k in _LICENSE_KEYS if k in names)
        stated = f"{_name(card)}['license'] IS NOT NULL" if "license" in names else "false"
        columns |= {
            "raw_card": f"CASE WHEN {stated} THEN to_json(json_merge_patch('{{}}', "
            f"json_object({parts}))) END",
            "card_given": "false",
        }
        own_tags = "raw_card::VARCHAR"
    return _normal(columns, f"read_parquet({sql_text(path)})", own_tags)


def _json_lines(path: str, fields: Mapping[str, Field | None]) -> str:
    """SQL over JSON Lines: every field as JSON, so that one odd line is one odd row."""
    types = ", ".join(f"{sql_text(f.name)}: 'JSON'" for f in fields.values() if f is not None)
    source = (
        f"read_json({sql_text(path)}, format = 'newline_delimited', ignore_errors = true, "
        f"columns = {{{types}}})"
    )

    def words(name: str) -> str:
        field = fields[name]
        return "NULL::VARCHAR" if field is None else f"{_name(field)}->>'$'"

    identity, tags, card = _name(fields["id"]), fields["tags"], fields["card"]
    columns = {
        "raw_id": f"CASE WHEN json_type({identity}) = 'VARCHAR' THEN {identity}->>'$' END",
        "raw_author": words("author"),
        "raw_changed": words("changed"),
        "raw_downloads": words("downloads"),
        "raw_pipeline": words("pipeline"),
        "raw_tags": "NULL::VARCHAR[]" if tags is None else f"TRY_CAST({_name(tags)} AS VARCHAR[])",
        "tags_given": "false" if tags is None else _is_given(_name(tags)),
        "raw_card": "NULL::JSON",
        "card_given": "false",
    }
    if card is not None:
        name = _name(card)
        columns["raw_card"] = (
            f"CASE WHEN json_type({name}) = 'VARCHAR' THEN "
            f"(CASE WHEN json_valid({name}->>'$') THEN ({name}->>'$')::JSON END) ELSE {name} END"
        )
        columns["card_given"] = f"({_is_given(name)} AND trim({name}->>'$') != '')"
    return _normal(columns, source, _OWN_OF_JSON)


def _is_given(name: str) -> str:
    return f"({name} IS NOT NULL AND json_type({name}) != 'NULL')"


_DATE = """CASE
  WHEN substr(raw_changed, 5, 1) = '-' THEN TRY_CAST(left(raw_changed, 4) AS BIGINT)
  WHEN regexp_full_match(raw_changed, '\\d{12,14}')
    THEN year(TRY_CAST(to_timestamp(raw_changed::BIGINT / 1000) AS TIMESTAMP))
  WHEN regexp_full_match(raw_changed, '\\d{9,11}')
    THEN year(TRY_CAST(to_timestamp(raw_changed::BIGINT) AS TIMESTAMP))
  END"""
"""The year of an ISO date, or of a Unix time in seconds or milliseconds."""
_PROBLEM = """CASE
  WHEN coalesce(raw_id, '') = '' THEN 'no JSON object, or one without an id'
  WHEN tags_given AND raw_tags IS NULL THEN 'its tags are no list of words'
  WHEN card_given AND coalesce(json_type(raw_card), '') != 'OBJECT'
    THEN 'its cardData is no JSON object' END"""


def _normal(columns: Mapping[str, str], source: str, own_tags: str) -> str:
    """Rows in the form that all dumps are read in. ``own_tags``: the card's data, as SQL."""
    owner = "CASE WHEN contains(raw_id, '/') THEN split_part(raw_id, '/', 1) ELSE '' END"
    mine = "list_filter(raw_tags, lambda x: starts_with(x, 'license:'))"
    tagged = (
        f"CASE WHEN len({mine}) > 0 THEN json_object('license', "
        f"list_transform({mine}, lambda x: x[9:]))::VARCHAR ELSE '{{}}' END"
    )
    prefix = "task_categories:"
    categories = (
        "coalesce(raw_pipeline, list_aggregate(list_transform(list_filter(raw_tags, "
        f"lambda x: starts_with(x, '{prefix}')), lambda x: x[{len(prefix) + 1}:]), "
        "'string_agg', '; '), '')"
    )
    downloads = "TRY_CAST(raw_downloads AS BIGINT)"
    chosen = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    return (
        f"SELECT nullif(raw_id, '') AS id, coalesce(raw_author, {owner}, '') AS author, "  # noqa: S608
        f"{_DATE} AS year, CASE WHEN {downloads} >= 0 THEN {downloads} END AS downloads, "
        f"coalesce({own_tags}, {tagged}) AS license, {categories} AS categories, "
        f"{_PROBLEM} AS problem FROM (SELECT {chosen} FROM {source})"
    )


_OWN_PARTS = ", ".join(f"'{key}', json_extract(raw_card, '$.{key}')" for key in _LICENSE_KEYS)
_OWN_OF_JSON = (
    "CASE WHEN coalesce(json_type(raw_card, '$.license'), 'NULL') != 'NULL' THEN "
    f"json_merge_patch('{{}}', json_object({_OWN_PARTS}))::VARCHAR END"
)
"""What the card's own data says of the license, NULL when that is nothing."""


def _column(field: Field | None) -> str:
    return "NULL::VARCHAR" if field is None else f"{_name(field)}::VARCHAR"


def _name(field: Field | None) -> str:
    """The column, quoted."""
    return sql_name("" if field is None else field.name)
