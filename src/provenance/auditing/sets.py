"""From a finished walk to nouns: training sets and notes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from provenance import lazy_re as re
from provenance.auditing.examined import (
    NO_PERSONAL_DATA,
    Examined,
    ExaminedDataset,
    ExaminedModel,
    declaration_of,
)
from provenance.auditing.mixture import Mixture, weights
from provenance.auditing.walk import Walk, set_id
from provenance.cards import Card
from provenance.catalog import Catalog
from provenance.discovery import Declaration, DeclaredSet
from provenance.discovery.nameless import EMPTY_WORDS, names_no_model
from provenance.frozen import frozen
from provenance.licensing import conclude, unresolved
from provenance.names import normalize
from provenance.policy import Clarifications
from provenance.report.evidence import excerpt
from provenance.report.license import Cause, LicenseConclusion, LicenseState, Standing
from provenance.report.report import Note
from provenance.report.training import (
    BaseModelMention,
    DeclaredIn,
    PublishedWeight,
    Role,
    TrainingSet,
    Weight,
)
from provenance.vocabulary.keys import NAMED, dataset_key, set_key
from provenance.vocabulary.statuses import Status

NOT_FOLLOWED = "not followed: a bound of the walk was reached"
NAMED_ONLY = "named only in words: no id, link or citation to look it up by, and no curated record"
POINTED_ONLY = (
    "named beside a citation or known by name only: no Hub repository, no curated license"
)
DIGEST_ONLY = "named by a digest of facts that holds no id, link or license for it"
LINKED_ONLY = "linked outside the Hub: no Hub repository and no curated license"


_ID_RUN = re.compile(r"[\w./-]+")


class Written:
    """A model's card, to see which ids it writes; letter case does not count.

    Ids that stand by themselves or at the end of an address are found in one step: a card may name
    thousands.
    """

    def __init__(self, card: Card | None) -> None:
        self._text = "\n".join(card.lines).lower() if card is not None else ""

    @cached_property
    def _ids(self) -> frozenset[str]:
        runs = (run.rstrip(".").rsplit("/", 2) for run in _ID_RUN.findall(self._text))
        return frozenset(end for parts in runs for end in (parts[-1], "/".join(parts[-2:])))

    def writes(self, repo_id: str) -> bool:
        """Whether the card writes the id."""
        wanted = repo_id.lower()
        return wanted in self._ids or wanted in self._text


@frozen
class _Naming:
    """A declared set, the model that declares it and the way there."""

    declared: DeclaredSet
    via: tuple[str, ...]
    owner: str
    index: int
    digest: bool
    """The model's card is a digest: a name in it is not its publisher's only word."""
    card: Written


def training_sets(
    walk: Walk, catalog: Catalog, mixtures: tuple[Mixture, ...], clarifications: Clarifications
) -> tuple[TrainingSet, ...]:
    """The subject's own sets in the order declared, then those that come through base models.

    ``clarifications`` correct sets that no repository stands for; the others were corrected when
    their repository was read.
    """
    if isinstance(walk.root, ExaminedDataset):
        return _itself(walk.root, walk)
    declaration = walk.root.declaration
    names = [s.name for s in declaration.sets] if declaration is not None else []
    sets: list[TrainingSet] = []
    seen: set[str] = set()
    for naming in _namings(walk.root, walk):
        training_set = _training_set(naming, walk, catalog, clarifications)
        same = (training_set.id or f"{NAMED}{normalize(training_set.name)}").lower()
        if not naming.via:
            measures = tuple(weights(mixtures, naming.index, names))
            training_set = replace(training_set, weight=_weigh(training_set.weight, measures))
        elif same in seen:
            continue
        seen.add(same)
        sets.append(training_set)
    return tuple(sets)


def _weigh(weight: Weight, published: tuple[PublishedWeight, ...]) -> Weight:
    if not published:
        return weight
    return replace(weight, published=published[0].value, unit=published[0].unit, measures=published)


def bases_of(walk: Walk) -> Iterator[tuple[ExaminedModel, tuple[str, ...]]]:
    """Base models in breadth-first order, each once, with the way there (nearest first)."""
    seen = {walk.root.path}
    level: list[tuple[Examined, tuple[str, ...]]] = [(walk.root, ())]
    while level:
        following: list[tuple[Examined, tuple[str, ...]]] = []
        for examined, way in level:
            for model in _own_bases(examined, walk):
                if model.path not in seen:
                    seen.add(model.path)
                    step = (model, (*way, model.id))
                    yield step
                    following.append(step)
        level = following


def _own_bases(examined: Examined, walk: Walk) -> Iterator[ExaminedModel]:
    """The models that one declares as its bases, where they were asked for."""
    declaration = declaration_of(examined)
    for base in declaration.base_models if declaration is not None else ():
        model = walk.model(base.id)
        if model is not None:
            yield model


def unknown_bases(walk: Walk) -> int:
    """Base models whose training data is not known: unexamined, undeclared or named in words.

    One that was not read to its end may have been made with more than it was seen to declare.
    """
    models = [model for model, _ in bases_of(walk)]
    unknown = sum(not _is_known(model.declaration) for model in models)
    for examined in (walk.root, *models):
        declaration = declaration_of(examined)
        if declaration is not None:
            unknown += sum(walk.model(base.id) is None for base in declaration.base_models)
            unknown += len(_hidden_bases(declaration))
    return unknown


def _is_known(declaration: Declaration | None) -> bool:
    """Whether a model's own data is known: it may be its base's, for a copy in other numbers."""
    if declaration is None or declaration.truncated:
        return False
    copied = any(base.relation == "quantized" for base in declaration.base_models)
    return copied or not declaration.undeclared


def _hidden_bases(declaration: Declaration) -> tuple[BaseModelMention, ...]:
    """What it was made from, as a value that names no model; a word for none is not one."""
    if declaration.base_models:
        return ()
    return tuple(b for b in declaration.nameless_bases if b.name.lower() not in EMPTY_WORDS)


def _namings(root: ExaminedModel, walk: Walk) -> Iterator[_Naming]:
    for model, way in [(root, ()), *bases_of(walk)]:
        written = Written(model.card)
        for index, declared in enumerate(model.declaration.sets if model.declaration else ()):
            yield _Naming(declared, way, model.path, index, model.digest, written)


def _training_set(
    naming: _Naming, walk: Walk, catalog: Catalog, clarifications: Clarifications
) -> TrainingSet:
    declared = naming.declared
    asked = set_id(declared, catalog)
    examined = walk.dataset(asked)
    certain = declared.id is not None or (examined is not None and examined.found)
    usable = examined if examined is not None and (certain or examined.found) else None
    conclusion, reason = _conclusion(naming, usable, asked, catalog)
    if usable is None or not usable.found:
        key = set_key(declared.id, declared.name)
        conclusion = clarifications.license(conclusion, key, None)
        reason = reason if conclusion.state is LicenseState.UNRESOLVED else None
    standing = _inherited(conclusion, usable, walk)
    set_is = (usable.id if usable is not None else declared.id) if certain else None
    return TrainingSet(
        name=declared.name,
        id=set_is,
        revision=usable.revision if usable is not None else None,
        role=declared.role,
        declared_in=declared.declared_in,
        via=naming.via,
        weight=_sizes(usable),
        evidence=declared.evidence,
        resolved=reason is None,
        unresolved_reason=reason,
        guess=declared.guess,
        confidence=declared.confidence,
        decided=declared.decided,
        license=conclusion,
        inherited_lacking=standing is Standing.LACKING,
        personal_data=usable.personal_data if usable is not None else NO_PERSONAL_DATA,
        derived_from=_derived(usable, walk),
        aliases=_aliases(declared, usable),
        citations=usable.citations if usable is not None else (),
        tag_place=usable.tag_place if usable is not None else None,
        matched=_matched(naming, set_is),
        inherited_not_examined=standing is Standing.NOT_EXAMINED,
    )


def _matched(naming: _Naming, set_is: str | None) -> str | None:
    """Why a set has an id that its subject writes nowhere; ``None`` where it does."""
    declared = naming.declared
    quoted = "\n".join(e.excerpt for e in declared.evidence if e.repo != "catalog").lower()
    if set_is is None or set_is.lower() in quoted or naming.card.writes(set_is):
        return None
    if declared.id is not None and declared.id.lower() != set_is.lower():
        return f"what {declared.id} is called now"
    if all(e.repo == "catalog" for e in declared.evidence):
        return "a catalogued mixture names it"
    return "the catalogue knows the name"


def _conclusion(
    naming: _Naming, examined: ExaminedDataset | None, asked: str | None, catalog: Catalog
) -> tuple[LicenseConclusion, str | None]:
    """The set's license, and why it could not be examined if it could not.

    A set that its subject names by Hub id is judged by that repository alone; one that is named
    otherwise is judged by the curated record when the catalogue knows it.
    """
    declared = naming.declared
    if examined is not None and examined.found:
        unread = examined.license.state is LicenseState.UNRESOLVED
        return examined.license, examined.license.reason if unread else None
    if declared.id is None and declared.record is not None:
        statements = catalog.statements(declared.record)
        if statements:
            return conclude(statements), None
    if examined is not None:
        return examined.license, examined.detail or examined.status
    if asked is not None and declared.id is not None:
        reason, cause = NOT_FOLLOWED, Cause.OVER_BOUND
    elif declared.urls:
        reason, cause = LINKED_ONLY, Cause.OUTSIDE_SOURCES
    elif naming.digest:
        reason, cause = DIGEST_ONLY, Cause.NOT_IN_DIGEST
    elif declared.record is not None or not _only_words(declared):
        reason, cause = POINTED_ONLY, Cause.OUTSIDE_SOURCES
    else:
        reason, cause = NAMED_ONLY, Cause.NOT_LOCATABLE
    return unresolved(reason, cause), reason


_POINTER = re.compile(
    r"\b10\.\d{4,9}/|\bdoi\b|arxiv|https?://|www\.|et al\b|\\cite|\[@|\[\^?\d{1,3}\]"
    r"|\([^()]{2,80},? (?:19|20)\d\d[a-z]?\)",
    re.IGNORECASE,
)
"""A DOI, an arXiv id, an address, a citation by number, key, or author and year."""


def _only_words(declared: DeclaredSet) -> bool:
    """Whether every place that names the set is the card's own and gives nothing to follow."""
    written = [e for e in declared.evidence if e.repo != "catalog"]
    return bool(written) and not any(_POINTER.search(e.excerpt) for e in written)


def _sizes(examined: ExaminedDataset | None) -> Weight:
    if examined is None:
        return Weight()
    sizes = examined.sizes
    return Weight(rows=sizes.rows, bytes=sizes.bytes, sources=sizes.sources)


def _aliases(declared: DeclaredSet, examined: ExaminedDataset | None) -> tuple[str, ...]:
    renamed = {declared.id} if declared.id and examined and examined.id != declared.id else set()
    return tuple(sorted({*declared.aliases, *renamed}))


def _derived(examined: ExaminedDataset | None, walk: Walk) -> tuple[str, ...]:
    if examined is None:
        return ()
    keys = []
    for source in examined.sources:
        target = walk.dataset(source.id)
        keys.append(
            target.path if target else (source.id and dataset_key(source.id)) or source.name
        )
    return tuple(dict.fromkeys(keys))


def _inherited(
    conclusion: LicenseConclusion, examined: ExaminedDataset | None, walk: Walk
) -> Standing:
    """How the set counts with everything it derives from: what is known to lack decides first."""
    standings = {conclusion.standing}
    seen: set[str] = set()
    todo = [examined] if examined is not None else []
    while todo:
        current = todo.pop()
        if current.path in seen:
            continue
        seen.add(current.path)
        standings.add(current.license.standing)
        for source in current.sources:
            target = walk.dataset(source.id)
            if target is None:
                standings.add(Standing.NOT_EXAMINED)
            else:
                todo.append(target)
    most_severe = (Standing.LACKING, Standing.NOT_EXAMINED, Standing.NOT_LACKING)
    return next(standing for standing in most_severe if standing in standings)


def _itself(root: ExaminedDataset, walk: Walk) -> tuple[TrainingSet, ...]:
    """A dataset as subject is its own and only set; of one that was not read, nothing is known."""
    if not root.found and root.license.state is LicenseState.UNRESOLVED:
        return ()
    standing = _inherited(root.license, root, walk)
    itself = TrainingSet(
        name=root.id,
        id=root.id,
        revision=root.revision,
        role=Role.TRAINING,
        declared_in=(DeclaredIn.FRONT_MATTER,) if root.found else (),
        via=(),
        weight=_sizes(root),
        evidence=(),
        resolved=root.found,
        unresolved_reason=None if root.found else (root.detail or root.status),
        guess=False,
        license=root.license,
        inherited_lacking=standing is Standing.LACKING,
        personal_data=root.personal_data,
        derived_from=_derived(root, walk),
        citations=root.citations,
        tag_place=root.tag_place,
        inherited_not_examined=standing is Standing.NOT_EXAMINED,
    )
    return (itself,)


def notes_of(walk: Walk, mixtures: tuple[Mixture, ...]) -> tuple[Note, ...]:
    """What the reader should know that is no finding: what was not read or not examined."""
    notes = [
        Note(problem, examined.path) for examined in _unique(walk) for problem in examined.problems
    ]
    notes += [note for examined in _unique(walk) for note in _nameless(examined)]
    notes += [
        Note(f"could not be reached: {examined.detail}", examined.path)
        for examined in _unique(walk)
        if examined.status is Status.UNREACHABLE
    ]
    for mixture in mixtures:
        if mixture.unattributed > 0:
            notes.append(
                Note(
                    f"{mixture.basis} states {mixture.stated_total:,.0f} {mixture.unit} in total; "
                    f"its rows sum to {mixture.attributed:,.0f}",
                    walk.root.path,
                )
            )
    if walk.skipped:
        notes.append(
            Note(f"{len(walk.skipped)} repositories were not followed: a bound was reached", None)
        )
    return tuple(notes)


def _nameless(examined: Examined) -> Iterator[Note]:
    """What a card gives as its base model and is no model's name."""
    declaration = declaration_of(examined)
    for base in declaration.nameless_bases if declaration is not None else ():
        at = f"{base.evidence.path}:{base.evidence.line}"
        what = names_no_model(base.name)
        message = f'{at}: base_model "{excerpt(base.name, 80)}" names no model: it is {what}'
        yield Note(message, examined.path)


def _unique(walk: Walk) -> Iterator[Examined]:
    seen = set()
    for examined in walk.examined.values():
        if examined.path not in seen:
            seen.add(examined.path)
            yield examined
