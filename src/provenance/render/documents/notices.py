"""Which notices a report asks for, and what none can be written for. Texts are not escaped."""

from __future__ import annotations

import re

from provenance import amounts
from provenance.frozen import frozen
from provenance.render import links, origin_words, sentences, set_words
from provenance.render.documents.citations import given
from provenance.report.license import LicenseConclusion, LicenseState, Meaning, Scope
from provenance.report.lineage import EdgeKind, Node, NodeKind
from provenance.report.report import Report
from provenance.report.training import Citation, TrainingSet
from provenance.vocabulary.keys import key_name
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status

DUTY = {
    Restriction.ATTRIBUTION: "name the source and keep its notices",
    Restriction.SHARE_ALIKE: "license adaptations alike",
    Restriction.NO_DERIVATIVES: "share no adaptations",
    Restriction.NON_COMMERCIAL: "no commercial use",
    Restriction.RESEARCH_ONLY: "research use only",
    Restriction.USE_RESTRICTIONS: "pass on the list of forbidden uses",
    Restriction.MODEL_OUTPUT_TERMS: "terms reach what the model makes",
    Restriction.REGISTRATION: "obtained on registration",
    Restriction.ALL_RIGHTS_RESERVED: "all rights are reserved",
    Restriction.DATABASE_ONLY: "gives no rights in the contents",
    Restriction.NO_TRAINING: "no training of models",
}
"""What a restriction obliges an adopter to, in a few words."""
_READ_IT = "see the license text for what it asks"
"""Of a conclusion without statements, as reports of schema 1 hold of models: no terms are known."""
_SYMBOL = re.compile(r"[A-Za-z0-9.+-]+")
_EXPRESSION = re.compile(r"[A-Za-z0-9.+() -]+")
_NO_LICENSE = frozenset({"AND", "OR", "WITH", "NONE", "NOASSERTION"})


@frozen
class Notice:
    """One thing that asks for a notice."""

    name: str
    url: str | None
    license: str
    texts: tuple[tuple[str, str | None], ...]
    """Each license of the expression and where its text is; ``None``: not known."""
    duties: tuple[str, ...]
    cite: tuple[str, ...] = ()
    """Keys of the citations that its card gives."""
    authors: str | None = None
    """As the card's citations name them."""

    @property
    def linked(self) -> list[tuple[str, str]]:
        """The licenses whose text has a known place."""
        return [(symbol, url) for symbol, url in self.texts if url]


@frozen
class Open:
    """One thing that no notice can be written for."""

    name: str
    why: str


@frozen
class Notices:
    """Everything that a notice about one subject holds."""

    kind: str
    """``model`` or ``dataset``."""
    subject: tuple[Notice, ...]
    """The subject's own, if one can be written; a dataset stands among ``sets``."""
    bases: tuple[Notice, ...]
    sets: tuple[Notice, ...]
    sources: tuple[Notice, ...]
    """Of datasets that the training sets derive from."""
    free: tuple[Notice, ...]
    """Of things whose license is explicit and asks for nothing to be carried."""
    open: tuple[Open, ...]

    @property
    def nothing(self) -> bool:
        """Whether no notice at all is due; what is ``open`` may still ask for one."""
        return not (self.subject or self.bases or self.sets or self.sources)


def notices(report: Report) -> Notices:
    """The notices of a report; of a subject that was not read, only that it was not."""
    unread = sentences.unread(report)
    if unread is not None:
        left = Open(report.subject.id, f"not read: {unread}")
        return Notices("model", (), (), (), (), (), (left,))
    kind = "dataset" if report.subject.kind == "dataset" else "model"
    reached = _Found(report)
    subject = [] if kind == "dataset" else reached.subject()
    sets = [notice for item in report.training_sets for notice in reached.set(item)]
    bases = reached.nodes(EdgeKind.FINETUNED_FROM)
    sources = reached.nodes(EdgeKind.DERIVED_FROM)
    if report.undeclared:
        reached.open.append(Open("its training data", "the card names none"))
    reached.open += [Open(_id(key), "not followed: a bound of the walk was reached")
                   for key in report.lineage.truncated]  # fmt: skip
    return Notices(
        kind,
        tuple(subject),
        tuple(bases),
        tuple(sets),
        tuple(sources),
        tuple(reached.free),
        tuple(dict.fromkeys(reached.open)),
    )


class _Found:
    """Notices of one report as they are written; what has none is gathered on the way."""

    def __init__(self, report: Report) -> None:
        self.free: list[Notice] = []
        self.open: list[Open] = []
        self._report = report
        self._citations = given(report)

    def subject(self) -> list[Notice]:
        report = self._report
        url = links.repository_url(report, report.lineage.root)
        why = _why_open(report.license, None)
        if why is not None:
            self.open.append(Open(f"{report.subject.id} itself", why))
            return []
        return self._due(report.subject.id, url, report.license, report.citations)

    def set(self, item: TrainingSet) -> list[Notice]:
        why = _why_open(item.license, item.unresolved_reason)
        if why is not None:
            self.open.append(Open(set_words.named(item), why))
            return []
        url = None if item.guess else links.dataset_url(self._report, item.id)
        return self._due(set_words.named(item), url, item.license, item.citations)

    def _due(
        self,
        name: str,
        url: str | None,
        license_: LicenseConclusion,
        citations: tuple[Citation, ...],
    ) -> list[Notice]:
        keys = tuple(
            citation.key
            for citation in self._citations
            if not {*citations}.isdisjoint(citation.places)
        )
        duties = tuple(DUTY[r] for r in license_.restrictions)
        notice = Notice(
            name,
            url,
            license_.concluded,
            license_texts(license_.concluded),
            duties if duties or license_.statements else (_READ_IT,),
            keys,
            _authors(citations),
        )
        if notice.duties:
            return [notice]
        self.free.append(notice)
        return []

    def nodes(self, kind: EdgeKind) -> list[Notice]:
        """What edges of one kind lead to: base models, or sources of the sets."""
        report = self._report
        known = {report.lineage.root, *(s.key for s in report.training_sets)}
        nodes = {n.key: n for n in report.lineage.nodes}
        targets = dict.fromkeys(e.target for e in report.lineage.edges if e.kind is kind)
        due = []
        for key in targets:
            node = nodes.get(key)
            if key in known or node is None:
                continue
            if node.kind is NodeKind.MODEL and node.status is Status.FOUND and node.undeclared:
                self.open.append(Open(f"the training data of {node.id}", "its card names none"))
            why = _why_node(node)
            if why is None:
                url = links.repository_url(report, key)
                due += self._due(node.id, url, node.license, ())
            elif key not in report.lineage.truncated:
                self.open.append(Open(node.id, why))
        return due


def _why_node(node: Node) -> str | None:
    if node.kind is NodeKind.NAMED or node.status is not Status.FOUND:
        why = node.detail or (
            "named only in words" if node.status is Status.NAMED else node.status.words
        )
        return f"not read: {why}"
    return _why_open(node.license, node.detail)


def _why_open(license_: LicenseConclusion, unresolved: str | None) -> str | None:
    """Why no notice can be written from a license; ``None`` when one can."""
    state = license_.state
    if state is LicenseState.EXPLICIT:
        unknown = "LicenseRef-" in license_.concluded and not license_.restrictions
        return f"what {license_.concluded} asks for is not known" if unknown else None
    if state is LicenseState.CONFLICTING:
        asked = "; ".join(DUTY[r] for r in license_.restrictions)
        rest = f"; all of it together asks: {asked}" if asked else ""
        return f"its license statements disagree: {_claims(license_)}{rest}"
    if state is LicenseState.UNRESOLVED:
        return f"license not known: {unresolved or license_.reason}"
    if state is LicenseState.AMBIGUOUS:
        return f"no specific license is named: {license_.reason}"
    return "no license is given"


def _claims(license_: LicenseConclusion) -> str:
    """What each statement says and where, each license once."""
    claims: dict[str, str] = {}
    for statement in license_.statements:
        if statement.scope is Scope.DATA and statement.meaning is not Meaning.PLACEHOLDER:
            place = statement.evidence
            line = f":{place.line}" if place.line is not None else ""
            where = f"{place.path}{line}"
            if place.source is not None:
                where = origin_words.fact_source(place.source)
            claims.setdefault(statement.expression or f"“{statement.raw}”", where)
    return amounts.listing(f"{what} ({where})" for what, where in claims.items())


def license_texts(expression: str) -> tuple[tuple[str, str | None], ...]:
    """Every license of an SPDX expression with the address of its text, in the order written."""
    if _EXPRESSION.fullmatch(expression) is None:
        return ()
    symbols = dict.fromkeys(s for s in _SYMBOL.findall(expression) if s not in _NO_LICENSE)
    return tuple(
        (s, None if "LicenseRef-" in s else f"https://spdx.org/licenses/{s.rstrip('+')}.html")
        for s in symbols
    )


def _authors(citations: tuple[Citation, ...]) -> str | None:
    """The authors of the citations, where they can be read without TeX; else the key must do."""
    names = []
    for citation in citations:
        author = next((f.value for f in citation.fields if f.name == "author"), "")
        plain = " ".join(author.replace("{", "").replace("}", "").split())
        if plain and "\\" not in plain and "$" not in plain:
            names += re.split(r" and ", plain)
    return "; ".join(dict.fromkeys(names)) or None


def _id(key: str) -> str:
    return key_name(key)
