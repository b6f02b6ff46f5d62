"""Invented reports: one rich, one hostile, one undeclared, one passing, one large."""

from __future__ import annotations

from dataclasses import replace

from provenance.report.coverage import Coverage, MeasureKind, Reading, StateShare
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity, Verdict, Waiver, fingerprint
from provenance.report.license import (
    Cause,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.lineage import Edge, EdgeKind, Lineage, Node, NodeKind
from provenance.report.report import (
    SCHEMA_VERSION,
    Note,
    PolicyInfo,
    Report,
    Source,
    Stats,
    SubjectInfo,
    Tool,
)
from provenance.report.training import (
    Citation,
    CitationField,
    DeclaredIn,
    EvaluationSet,
    PersonalData,
    PublishedWeight,
    Role,
    TrainingSet,
    Weight,
)
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status

CARD = "models/example-lab/sentence-owl"
MODEL_SHA = "3c1f0a9be7d24b1f8a60c55d1f3a7e9d02b4c6e8"
DATA_SHA = "9ab4410fe1c2d3b4a5968778695a4b3c2d1e0f12"
TABLE = "README.md table, line 60"
CONFIG = "data_config.json"

HOSTILE = (
    "<script>alert(1)</script></style>\"'&lt; \u202eevil\u202c\u200b \x1b[31mred\x1b[0m\x9b2J "
    "| `x` [a](javascript:alert(1)) ![i](https://evil.example/i.png) =cmd()|'/C calc'!A0 @everyone "
    "#1\n--- \r\n::error::x\u2028{{ 7*7 }} {% raw %} www.evil.example ]]> --> \U000e0041\ud800"
)


def statement(
    raw: str,
    expression: str | None,
    repo: str,
    *,
    line: int = 3,
    origin: Origin = Origin.TAG,
    meaning: Meaning = Meaning.NAMES,
    restrictions: tuple[Restriction, ...] = (),
    scope: Scope = Scope.DATA,
    part: str | None = None,
) -> LicenseStatement:
    pointer = "/license" if origin is Origin.TAG else None
    path = "LICENSE" if origin is Origin.LICENSE_FILE else "README.md"
    quoted = f"license: {raw}" if origin is Origin.TAG else f"This data is released under {raw}."
    where = Evidence(repo, DATA_SHA, path, line, pointer, quoted)
    return LicenseStatement(raw, meaning, expression, restrictions, scope, origin, where, part)


def concluded(
    state: LicenseState,
    expression: str,
    reason: str,
    *statements: LicenseStatement,
    declared: tuple[str, ...] = (),
    cause: Cause | None = None,
) -> LicenseConclusion:
    """``unresolved`` without a cause given: not found or private."""
    restrictions = tuple(sorted({r for s in statements for r in s.restrictions}))
    if state is UNRESOLVED and cause is None:
        cause = Cause.NOT_FOUND_OR_PRIVATE
    return LicenseConclusion(
        state, declared, expression, reason, restrictions, statements, cause=cause
    )


EXPLICIT = LicenseState.EXPLICIT
AMBIGUOUS = LicenseState.AMBIGUOUS
CONFLICTING = LicenseState.CONFLICTING
NONE = LicenseState.NONE
UNRESOLVED = LicenseState.UNRESOLVED
WORDS = Cause.NOT_LOCATABLE
ATTRIBUTION = (Restriction.ATTRIBUTION,)
SHARE_ALIKE = (Restriction.ATTRIBUTION, Restriction.SHARE_ALIKE)
NON_COMMERCIAL = (Restriction.ATTRIBUTION, Restriction.NON_COMMERCIAL)
UNKNOWN_PRIVACY = PersonalData("unknown", None)


def citation(
    key: str, repo: str, *, kind: str = "inproceedings", line: int = 140, **fields: str
) -> Citation:
    where = Evidence(repo, DATA_SHA, "README.md", line, None, f"@{kind}{{{key},")
    return Citation(kind, key, tuple(CitationField(n, v) for n, v in fields.items()), where)


def training_set(
    name: str,
    dataset_id: str | None,
    conclusion: LicenseConclusion,
    *,
    pairs: float | None = None,
    sampling: float | None = None,
    line: int = 60,
    declared_in: tuple[DeclaredIn, ...] = (DeclaredIn.FRONT_MATTER, DeclaredIn.TABLE),
    via: tuple[str, ...] = (),
    reason: str | None = None,
    derived_from: tuple[str, ...] = (),
    inherited_lacking: bool | None = None,
    personal_data: PersonalData = UNKNOWN_PRIVACY,
    aliases: tuple[str, ...] = (),
    guess: bool = False,
    citations: tuple[Citation, ...] = (),
) -> TrainingSet:
    measures: tuple[PublishedWeight, ...] = ()
    if pairs is not None:
        measures = (PublishedWeight("pairs", TABLE, pairs),)
    if sampling is not None:
        measures = (*measures, PublishedWeight("sampling weight", CONFIG, sampling))
    owner = f"models/{via[0]}" if via else CARD
    seen = f"| [{name}](https://hub.example/{dataset_id}) | {pairs or ''} |"
    resolved = conclusion.state is not UNRESOLVED
    return TrainingSet(
        name=name,
        id=dataset_id,
        revision=DATA_SHA if resolved and dataset_id else None,
        role=Role.TRAINING,
        declared_in=declared_in,
        via=via,
        weight=Weight(
            published=pairs,
            unit="pairs" if pairs is not None else None,
            rows=pairs,
            measures=measures,
        ),
        evidence=(Evidence(owner, MODEL_SHA, "README.md", line, None, seen),),
        resolved=resolved,
        unresolved_reason=reason,
        guess=guess,
        license=conclusion,
        inherited_lacking=conclusion.lacks if inherited_lacking is None else inherited_lacking,
        personal_data=personal_data,
        derived_from=derived_from,
        aliases=aliases,
        citations=citations,
    )


def _wiki_paper(repo: str) -> Citation:
    return citation(
        "Owls2020",
        repo,
        author=r"Uhu, Ma{\'i}ra and {\v{S}}m{\'\i}d, Ota",
        title="{W}iki pairs: parallel sentences for owls",
        booktitle="Proceedings of the Invented Conference",
        year="2020",
    )


def _own_sets() -> tuple[TrainingSet, ...]:
    talk = "datasets/example-lab/forum-talk"
    wiki = "datasets/open-text/wiki-pairs"
    nli = "datasets/stanford-ish/inference-pairs"
    food = "datasets/cookery/recipes"
    code = "datasets/code-commons/docstrings"
    return (
        training_set(
            "Forum talk (2015–2018)",
            "example-lab/forum-talk",
            concluded(
                NONE,
                "NONE",
                "the tag says unknown and the card says nothing else",
                statement("unknown", None, talk, meaning=Meaning.PLACEHOLDER),
                declared=("unknown",),
            ),
            pairs=726_484_430,
            sampling=50,
            line=60,
            personal_data=PersonalData(
                "stated",
                "contains",
                ("names", "opinions"),
                (Evidence(talk, DATA_SHA, "README.md", 88, None, "Posts hold user names."),),
            ),
        ),
        training_set(
            "Wiki pairs",
            "open-text/wiki-pairs",
            concluded(
                EXPLICIT,
                "CC-BY-SA-3.0",
                "the tag and the Licensing section name the same license",
                statement("cc-by-sa-3.0", "CC-BY-SA-3.0", wiki, restrictions=SHARE_ALIKE),
                statement(
                    "CC BY-SA 3.0",
                    "CC-BY-SA-3.0",
                    wiki,
                    line=120,
                    origin=Origin.BODY,
                    restrictions=SHARE_ALIKE,
                ),
                declared=("CC-BY-SA-3.0",),
            ),
            pairs=284_300_000,
            sampling=300,
            line=61,
            derived_from=("datasets/open-text/wiki-dump",),
            citations=(_wiki_paper(wiki),),
        ),
        training_set(
            "Inference pairs",
            "stanford-ish/inference-pairs",
            concluded(
                CONFLICTING,
                "NOASSERTION",
                "the tag names CC-BY-4.0, the body CC-BY-SA-4.0",
                statement("cc-by-4.0", "CC-BY-4.0", nli, restrictions=ATTRIBUTION),
                statement(
                    "CC-BY-SA-4.0",
                    "CC-BY-SA-4.0",
                    nli,
                    line=97,
                    origin=Origin.BODY,
                    restrictions=SHARE_ALIKE,
                ),
                declared=("CC-BY-4.0",),
            ),
            pairs=91_250_000,
            sampling=620,
            line=62,
        ),
        training_set(
            "Recipes",
            "cookery/recipes",
            concluded(
                AMBIGUOUS,
                "NOASSERTION",
                "cc names a family, not a license",
                statement("cc", "CC", food, meaning=Meaning.FAMILY),
                declared=("cc",),
            ),
            pairs=41_000_512,
            sampling=12,
            line=63,
        ),
        training_set(
            "Docstrings",
            "code-commons/docstrings",
            concluded(
                EXPLICIT,
                "MIT",
                "the tag and LICENSE name the same license",
                statement("mit", "MIT", code, restrictions=ATTRIBUTION),
                statement(
                    "MIT", "MIT", code, line=1, origin=Origin.LICENSE_FILE, restrictions=ATTRIBUTION
                ),
                declared=("MIT",),
            ),
            pairs=20_000_000,
            sampling=18,
            line=64,
            derived_from=("datasets/example-lab/forum-talk",),
            inherited_lacking=True,
            citations=(
                _wiki_paper(code),
                citation(
                    "owls2020",
                    code,
                    kind="misc",
                    line=152,
                    author="{The Docstring Keepers}",
                    title=r"What 100\% of functions say & mean",
                    howpublished=r"\url{https://docstrings.example/all%20of%20them}",
                    month="feb",
                    year="2021",
                ),
            ),
        ),
        training_set(
            "Household questions",
            None,
            concluded(UNRESOLVED, "NOASSERTION", "named only in words", cause=WORDS),
            pairs=4_576_643,
            line=65,
            declared_in=(DeclaredIn.TABLE,),
            reason="named only in words: no Hub repository and no curated record",
        ),
        training_set(
            "a private crawl",
            "example-lab/private-crawl",
            concluded(UNRESOLVED, "NOASSERTION", "the repository could not be examined"),
            line=31,
            declared_in=(DeclaredIn.PROSE,),
            reason="not found or private: the Hub answers 401 for both",
            guess=True,
        ),
    )


def _inherited_sets() -> tuple[TrainingSet, ...]:
    books = "datasets/old-lab/books"
    return (
        training_set(
            "Books",
            "old-lab/books",
            concluded(
                EXPLICIT,
                "CC-BY-NC-4.0",
                "the tag names it",
                statement("cc-by-nc-4.0", "CC-BY-NC-4.0", books, restrictions=NON_COMMERCIAL),
                declared=("CC-BY-NC-4.0",),
            ),
            line=12,
            via=("example-lab/owl-base",),
        ),
        training_set(
            "news crawl",
            None,
            concluded(UNRESOLVED, "NOASSERTION", "named only in words", cause=WORDS),
            line=14,
            declared_in=(DeclaredIn.PROSE,),
            via=("example-lab/owl-base",),
            reason="named only in words: no Hub repository and no curated record",
        ),
    )


def coverage(
    measure: MeasureKind,
    unit: str,
    reading: Reading,
    total: float,
    lacking: float,
    *,
    conflicting: float = 0.0,
    unattributed: float = 0.0,
    unknown: int = 0,
    low: float | None = None,
    high: float | None = None,
    headline: bool = False,
    basis: str = "",
    by_state: tuple[StateShare, ...] = (),
    not_examined: float = 0.0,
) -> Coverage:
    fraction = lacking / total if total else None
    most = (lacking + not_examined) / total if total else 1.0
    return Coverage(
        measure=measure,
        unit=unit,
        reading=reading,
        total=total,
        lacking=lacking,
        conflicting=conflicting,
        unattributed=unattributed,
        unknown=unknown,
        fraction=fraction,
        low=fraction or 0.0 if low is None else low,
        high=most if high is None else high,
        headline=headline,
        basis=basis,
        by_state=by_state,
        not_examined=not_examined,
    )


def _coverage() -> tuple[Coverage, ...]:
    shares = (
        StateShare(EXPLICIT, 2, 304_300_000),
        StateShare(AMBIGUOUS, 1, 41_000_512),
        StateShare(CONFLICTING, 1, 91_250_000),
        StateShare(NONE, 1, 726_484_430),
        StateShare(UNRESOLVED, 2, 4_576_643),
    )
    total = sum(s.weight for s in shares) + 2_448_839
    lacking = total - 304_300_000 - 91_250_000
    sampling = (
        StateShare(EXPLICIT, 2, 318),
        StateShare(AMBIGUOUS, 1, 12),
        StateShare(CONFLICTING, 1, 620),
        StateShare(NONE, 1, 50),
    )
    count = (
        StateShare(EXPLICIT, 2, 2),
        StateShare(AMBIGUOUS, 1, 1),
        StateShare(CONFLICTING, 1, 1),
        StateShare(NONE, 1, 1),
        StateShare(UNRESOLVED, 2, 2, 1),
    )
    inherited = (
        StateShare(EXPLICIT, 3, 3),
        StateShare(AMBIGUOUS, 1, 1),
        StateShare(CONFLICTING, 1, 1),
        StateShare(NONE, 1, 1),
        StateShare(UNRESOLVED, 3, 3, 1),
    )
    table, config = "README.md table, line 60", "data_config.json, key weight"
    direct, through = Reading.DIRECT, Reading.INHERITED
    return (
        coverage(
            MeasureKind.PUBLISHED,
            "pairs",
            direct,
            total,
            lacking,
            conflicting=91_250_000,
            unattributed=2_448_839,
            unknown=1,
            low=lacking / total * 0.99,
            high=1.0,
            headline=True,
            basis=table,
            by_state=shares,
        ),
        coverage(
            MeasureKind.PUBLISHED,
            "sampling weight",
            direct,
            1000,
            62,
            conflicting=620,
            unknown=2,
            low=0.062,
            high=1.0,
            basis=config,
            by_state=sampling,
        ),
        coverage(
            MeasureKind.DATASETS,
            "sets",
            direct,
            7,
            3,
            not_examined=1,
            conflicting=1,
            basis="one each",
            by_state=count,
        ),
        coverage(
            MeasureKind.PUBLISHED,
            "pairs",
            through,
            total,
            lacking + 20_000_000,
            conflicting=91_250_000,
            unattributed=2_448_839,
            unknown=3,
            low=0.6,
            high=1.0,
            basis=table,
            by_state=shares,
        ),
        coverage(
            MeasureKind.DATASETS,
            "sets",
            through,
            9,
            5,
            not_examined=1,
            conflicting=1,
            basis="one each",
            by_state=inherited,
        ),
    )


def node(
    key: str,
    kind: NodeKind = NodeKind.DATASET,
    state: LicenseState = EXPLICIT,
    *,
    status: Status = Status.FOUND,
    expression: str = "MIT",
    detail: str | None = None,
    undeclared: bool = False,
) -> Node:
    node_id = key.partition("/")[2] if "/" in key else key.partition(":")[2]
    revision = DATA_SHA if status is Status.FOUND else None
    cause = None if state is not UNRESOLVED or "named:" not in key else WORDS
    license_ = concluded(state, expression, detail or "because", cause=cause)
    return Node(key, kind, node_id, revision, status, detail, license_, undeclared)


def _lineage() -> Lineage:
    model, base = "models/example-lab/sentence-owl", "models/example-lab/owl-base"
    words = "named only in words"
    nodes = (
        node("datasets/code-commons/docstrings"),
        node("datasets/cookery/recipes", state=AMBIGUOUS, expression="NOASSERTION"),
        node("datasets/example-lab/forum-talk", state=NONE, expression="NONE"),
        node(
            "datasets/example-lab/private-crawl",
            state=UNRESOLVED,
            status=Status.NOT_FOUND_OR_PRIVATE,
            expression="NOASSERTION",
            detail="asked, answered 401",
        ),
        node("datasets/old-lab/books", expression="CC-BY-NC-4.0"),
        node("datasets/open-text/wiki-dump", expression="CC-BY-SA-3.0"),
        node("datasets/open-text/wiki-pairs", expression="CC-BY-SA-3.0"),
        node("datasets/stanford-ish/inference-pairs", state=CONFLICTING, expression="NOASSERTION"),
        node(base, NodeKind.MODEL, expression="Apache-2.0"),
        node(model, NodeKind.MODEL, expression="Apache-2.0"),
        node(
            "named:Household questions",
            NodeKind.NAMED,
            UNRESOLVED,
            status=Status.NAMED,
            detail=words,
        ),
        node("named:news crawl", NodeKind.NAMED, UNRESOLVED, status=Status.NAMED, detail=words),
    )
    inherited = ("datasets/old-lab/books", "datasets/open-text/wiki-dump")
    targets = [n.key for n in nodes if n.kind is NodeKind.DATASET and n.key not in inherited]
    trained = EdgeKind.TRAINED_ON
    edges = (
        Edge(
            "datasets/code-commons/docstrings",
            "datasets/example-lab/forum-talk",
            EdgeKind.DERIVED_FROM,
            None,
            (),
        ),
        Edge(
            "datasets/open-text/wiki-pairs",
            "datasets/open-text/wiki-dump",
            EdgeKind.DERIVED_FROM,
            None,
            (),
        ),
        Edge(base, "datasets/old-lab/books", trained, None, ()),
        Edge(base, "named:news crawl", trained, None, ()),
        *(Edge(model, target, trained, None, ()) for target in targets),
        Edge(model, base, EdgeKind.FINETUNED_FROM, "finetune", ()),
        Edge(model, "named:Household questions", trained, None, ()),
    )
    return Lineage(model, nodes, edges, ("datasets/open-text/wiki-dump",))


def finding(
    code: str,
    severity: Severity,
    subject: str,
    message: str,
    advice: str,
    *evidence: Evidence,
    waiver: Waiver | None = None,
) -> Finding:
    key = fingerprint(code, subject)
    return Finding(code, severity, subject, message, evidence, advice, key, waiver)


def _findings() -> tuple[Finding, ...]:
    nli = "datasets/stanford-ish/inference-pairs"
    talk = "datasets/example-lab/forum-talk"
    return (
        finding(
            "coverage-lacking",
            Severity.ERROR,
            CARD,
            "66.2 % of the published pairs lack an explicit license; the policy allows 10 %",
            "Replace the sets in state none, ambiguous or unresolved, or ask their publishers.",
        ),
        finding(
            "license-none",
            Severity.ERROR,
            talk,
            "Forum talk (2015–2018) has no license",
            "Ask the publisher to name a license, or leave the set out.",
            Evidence(talk, DATA_SHA, "README.md", 3, "/license", "license: unknown"),
            Evidence(CARD, MODEL_SHA, "README.md", 60, None, "| [Forum talk](…) | 726,484,430 |"),
        ),
        finding(
            "set-unresolved",
            Severity.INCOMPLETE,
            "datasets/example-lab/private-crawl",
            "a private crawl could not be examined: not found or private",
            "Log in with a token that may read it, or add a clarification to the policy.",
            Evidence(CARD, MODEL_SHA, "README.md", 31, None, "and a private crawl of our own"),
        ),
        finding(
            "license-conflict",
            Severity.WARNING,
            nli,
            "Inference pairs: the tag names CC-BY-4.0, the body CC-BY-SA-4.0",
            "Ask the publisher which holds; until then keep to the stricter.",
            Evidence(nli, DATA_SHA, "README.md", 3, "/license", "license: cc-by-4.0"),
            Evidence(nli, DATA_SHA, "README.md", 97, None, "This is released under CC-BY-SA-4.0."),
        ),
        finding(
            "personal-data",
            Severity.NOTE,
            talk,
            "Forum talk (2015–2018): the card says that it holds names and opinions",
            "Check that a legal basis exists for your use.",
            Evidence(talk, DATA_SHA, "README.md", 88, None, "Posts hold user names."),
        ),
        finding(
            "license-ambiguous",
            Severity.ERROR,
            "datasets/cookery/recipes",
            "Recipes names a family of licenses, cc, not one of them",
            "Ask the publisher which version.",
            Evidence("datasets/cookery/recipes", DATA_SHA, "README.md", 3, "/license", "cc"),
            waiver=Waiver("publisher asked", "answer due in March", "data-team", "2027-03-31"),
        ),
    )


def report() -> Report:
    own = "models/example-lab/sentence-owl"
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("provenance", "0.1.0"),
        as_of="2026-11-23",
        source=Source("example-snapshot", "2026-11-01"),
        subject=SubjectInfo("model", "example-lab/sentence-owl", MODEL_SHA, Status.FOUND),
        policy=PolicyInfo("builtin:default", "5f" * 32),
        verdict=Verdict.FAIL,
        undeclared=False,
        license=concluded(
            EXPLICIT,
            "Apache-2.0",
            "the tag names it",
            statement("apache-2.0", "Apache-2.0", own, restrictions=ATTRIBUTION),
            declared=("Apache-2.0",),
        ),
        coverage=_coverage(),
        training_sets=(*_own_sets(), *_inherited_sets()),
        evaluation_sets=(
            EvaluationSet(
                "similarity benchmark",
                "bench/similarity",
                (Evidence(CARD, MODEL_SHA, "README.md", 9, "/model-index/0", "name: similarity"),),
            ),
        ),
        lineage=_lineage(),
        findings=_findings(),
        notes=(
            Note("2,448,839 pairs are stated in the total but given to no set", own),
            Note("sizes are as of the snapshot's date", None),
        ),
        stats=Stats(0, 0, None),
        citations=(
            citation(
                "sentence-owl",
                own,
                kind="misc",
                line=210,
                title="Sentence owl: a model that was invented",
                author="{Example Lab}",
                year="2022",
            ),
        ),
    )


def undeclared() -> Report:
    base = report()
    root = node(
        "models/example-lab/quiet", NodeKind.MODEL, NONE, expression="NONE", undeclared=True
    )
    unknown = [
        coverage(MeasureKind.DATASETS, "sets", reading, 0, 0, unknown=1, basis="no set is named")
        for reading in Reading
    ]
    return replace(
        base,
        subject=SubjectInfo("model", "example-lab/quiet", MODEL_SHA, Status.FOUND),
        verdict=Verdict.INCOMPLETE,
        undeclared=True,
        license=concluded(NONE, "NONE", "the card names no license"),
        coverage=(replace(unknown[0], headline=True), unknown[1]),
        training_sets=(),
        evaluation_sets=(),
        lineage=Lineage(root.key, (root,), ()),
        findings=(
            finding(
                "undeclared",
                Severity.INCOMPLETE,
                root.key,
                "the card names no training data",
                "Ask the publisher what the model was trained on.",
            ),
        ),
        notes=(),
        citations=(),
    )


def unread(kind: str = "model") -> Report:
    """A subject that was asked for and not there."""
    why = "snapshot example does not hold it"
    key = f"{kind}s/example-lab/gone"
    root = node(
        key,
        NodeKind(kind),
        UNRESOLVED,
        status=Status.NOT_IN_SNAPSHOT,
        expression="NOASSERTION",
        detail=why,
    )
    return replace(
        undeclared(),
        subject=SubjectInfo(kind, "example-lab/gone", None, Status.NOT_IN_SNAPSHOT),
        undeclared=False,
        license=concluded(UNRESOLVED, "NOASSERTION", "not in the snapshot"),
        coverage=(),
        lineage=Lineage(key, (root,), ()),
        findings=(
            finding(
                "subject-unread",
                Severity.INCOMPLETE,
                key,
                "example-lab/gone cannot be examined: not in snapshot",
                "Check the name with `provenance snapshot`, and `--snapshot`.",
            ),
        ),
    )


def passing() -> Report:
    """One set, explicit, nothing to say."""
    base = report()
    (wiki,) = (s for s in base.training_sets if s.id == "open-text/wiki-pairs")
    shares = (StateShare(EXPLICIT, 1, 284_300_000),)
    full = coverage(
        MeasureKind.PUBLISHED,
        "pairs",
        Reading.DIRECT,
        284_300_000,
        0,
        headline=True,
        basis=TABLE,
        by_state=shares,
    )
    root = node("models/example-lab/sentence-owl", NodeKind.MODEL, expression="Apache-2.0")
    target = node("datasets/open-text/wiki-pairs", expression="CC-BY-SA-3.0")
    return replace(
        base,
        verdict=Verdict.PASS,
        coverage=(full, replace(full, reading=Reading.INHERITED, headline=False)),
        training_sets=(replace(wiki, derived_from=()),),
        evaluation_sets=(),
        lineage=Lineage(
            root.key, (target, root), (Edge(root.key, target.key, EdgeKind.TRAINED_ON, None, ()),)
        ),
        findings=(),
        notes=(),
    )


def large(count: int = 500) -> Report:
    """A model trained on ``count`` sets."""
    base = report()
    examples = base.training_sets[:4]
    sets = []
    nodes = [node(CARD, NodeKind.MODEL, expression="Apache-2.0")]
    edges = []
    for number in range(count):
        example = examples[number % len(examples)]
        name = f"collection-{number:04d}"
        weight = float((number * 7919) % 10_007 + 1) * 1000
        sets.append(
            replace(
                example,
                name=name,
                id=f"org-{number % 37}/{name}",
                evidence=example.evidence * 6,
                aliases=tuple(f"{name}_part_{part}_of_6.jsonl" for part in range(6)),
                license=replace(
                    example.license,
                    statements=(example.license.statements * 3)[:4],
                ),
                weight=Weight(weight, "pairs", measures=(PublishedWeight("pairs", TABLE, weight),)),
                derived_from=(),
            )
        )
        key = f"datasets/org-{number % 37}/{name}"
        nodes.append(node(key, state=example.license.state, expression=example.license.concluded))
        edges.append(Edge(CARD, key, EdgeKind.TRAINED_ON, None, example.evidence))
    ordered = tuple(sorted(nodes, key=lambda n: n.key))
    return replace(base, training_sets=tuple(sets), lineage=Lineage(CARD, ordered, tuple(edges)))


def hostile() -> Report:
    """The rich report with every outside string replaced by a hostile one."""
    bad = HOSTILE
    rich = report()
    where = Evidence(bad, bad, bad, 7, bad, bad)
    said = LicenseStatement(
        bad, Meaning.NAMES, bad, ATTRIBUTION, Scope.PART, Origin.BODY, where, bad
    )
    license_ = LicenseConclusion(CONFLICTING, (bad,), bad, bad, ATTRIBUTION, (said,))
    weight = Weight(5.0, bad, measures=(PublishedWeight(bad, bad, 5.0, (bad,)),), sources=(where,))
    the_set = TrainingSet(
        name=bad,
        id=bad,
        revision=bad,
        role=Role.TRAINING,
        declared_in=(DeclaredIn.PROSE,),
        via=(bad,),
        weight=weight,
        evidence=(where,),
        resolved=True,
        unresolved_reason=bad,
        guess=True,
        license=license_,
        inherited_lacking=True,
        personal_data=PersonalData(bad, bad, (bad,), (where,)),
        derived_from=(bad,),
        aliases=(bad,),
        citations=(
            Citation(bad, bad, (CitationField(bad, bad), CitationField("title", bad)), where),
        ),
    )
    nodes = (
        Node(bad, NodeKind.MODEL, bad, bad, Status.GATED, bad, license_, False, bad),
        Node(bad + "2", NodeKind.DATASET, bad, bad, Status.GATED, bad, license_, False, bad),
    )
    edges = (Edge(bad, bad + "2", EdgeKind.TRAINED_ON, bad, (where,)),)
    waiver = Waiver(bad, bad, bad, bad)
    return replace(
        rich,
        tool=Tool(bad, bad),
        as_of=bad,
        source=Source(bad, bad),
        subject=SubjectInfo(bad, bad, bad, Status.FOUND),
        policy=PolicyInfo(bad, bad),
        license=license_,
        coverage=tuple(replace(c, unit=bad, basis=bad) for c in rich.coverage),
        training_sets=(the_set, replace(the_set, via=())),
        evaluation_sets=(EvaluationSet(bad, bad, (where,)),),
        lineage=Lineage(bad, nodes, edges, (bad,)),
        findings=(
            Finding(bad, Severity.ERROR, bad, bad, (where,), bad, bad, None),
            Finding(bad, Severity.WARNING, bad, bad, (where,), bad, bad, waiver),
        ),
        notes=(Note(bad, bad),),
        citations=the_set.citations,
    )


def hostile_unread() -> Report:
    """The hostile report of a subject that could not be read."""
    base = hostile()
    return replace(base, subject=replace(base.subject, status=Status.GATED))
