"""What the value of a flag, setting or argument of a command is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from provenance.checking.references.addresses import SPOKEN, hub_address
from provenance.checking.references.names import (
    BARE,
    RUN_TIME,
    ids_between_colons,
    is_bare_name,
    is_id,
    is_known,
    is_plain_id,
    is_telling_api,
    is_written_as_a_model,
    listed,
)
from provenance.checking.references.outside import NOT_OF_THE_HUB, is_outside
from provenance.checking.references.roles import role_of_command, role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import Served, names_a_served_model
from provenance.checking.references.shell_flags import NO_ROLE
from provenance.checking.references.shell_pins import pin_of
from provenance.checking.references.shell_programs import OLLAMA, Taken, kind_of_letter
from provenance.checking.references.shell_text import VARIABLE, Token, bare
from provenance.checking.references.shell_variables import Variables
from provenance.checking.references.sites import JSON, Gathered, Inner, Site, weigh
from provenance.frozen import frozen
from provenance.report.checked import (
    Confidence,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    UsedFor,
)

_ARGUMENT = re.compile(r"\$\{?([1-9])\}?")
"""An argument of a function."""


_BASE = frozenset({"base", "model"})
"""Words of a name for the model that another is made from."""


@frozen
class GivenValue:
    """How a value is given: by what, in which command."""

    kind: ReferenceKind
    how: str
    """The flag or key."""
    texts: tuple[str, ...] = ()
    """The words of the command without quotes."""
    strict: bool = False
    """It takes a name without an owner too."""
    exact: bool = False
    """It is known by its whole name."""
    served: Served = Served.UNKNOWN
    """Who answers for the models of the command."""
    revision: str | None = None
    """What the command pins it to."""


@dataclass(slots=True)
class CommandValues:
    """Weighs the values of one script."""

    path: str
    rules: Rules
    gathered: Gathered
    variables: Variables = field(default_factory=Variables)
    functions: dict[int, str] = field(default_factory=dict)
    """The script's own function that each line is in."""
    taken: dict[tuple[str, int], GivenValue] = field(default_factory=dict)
    """Arguments of the script's own functions that a flag takes."""

    def value(self, value: Token, given: GivenValue) -> None:
        """What a flag or key gives: references, notes, or what is read as JSON."""
        raw = bare(value.text)
        if raw.startswith("-"):
            return
        if raw.startswith("{") and '"' in raw:
            self.gathered.inner.append(Inner(JSON, raw.replace('\\"', '"'), value.line))
            return
        confidence = Confidence.RESOLVED if "$" in value.text else Confidence.LIKELY
        for token in self.variables.elements(raw) or [value]:
            for part in listed(self.variables.expanded(bare(token.text))):
                if (
                    VARIABLE.search(part)
                    or part.startswith("$")
                    or (not part and "$" in value.text)
                ):
                    self._handed_on(part, value.line, given)
                    self.note(value, given.how)
                elif part:
                    self._part(token, part, given, confidence)

    def _part(self, token: Token, text: str, given: GivenValue, confidence: Confidence) -> None:
        """One id of a list that a flag takes, or no id."""
        bare_model = given.strict and given.kind is ReferenceKind.MODEL and "_" not in text
        if bare_model or is_id(text, given.kind, self.rules) or self._is_served(text, given):
            self.add(token, text, given, confidence)
        elif named := ids_between_colons(text, self.rules):
            self.add(token, named[0], given, confidence)
        elif given.exact and "--model_args" not in given.texts and is_bare_name(text, self.rules):
            self.note(token, given.how, BARE)

    def _is_served(self, text: str, given: GivenValue) -> bool:
        """Whether a name without an owner is a model that the command asks a service for."""
        return (
            given.served >= Served.BY_MAKER
            and given.kind is ReferenceKind.MODEL
            and names_a_served_model(given.how)
            and is_bare_name(text, self.rules)
        )

    def _handed_on(self, text: str, line: int, given: GivenValue) -> None:
        """``--dataset $2`` inside a function: its second argument is a reference."""
        match = _ARGUMENT.fullmatch(text)
        if match is not None and line in self.functions:
            self.taken.setdefault((self.functions[line], int(match[1])), given)

    def letter(self, flag: str, value: Token, texts: tuple[str, ...]) -> bool:
        """The value of a short flag; whether it is an id."""
        for token in self.variables.elements(bare(value.text)) or [value]:
            text = self.variables.expanded(bare(token.text))
            kind = kind_of_letter(flag, text, texts, self.rules)
            if kind is None:
                return False
            self.add(token, text, GivenValue(kind, flag, texts), Confidence.LIKELY)
        return True

    def by_its_words(self, token: Token, text: str, how: str, texts: tuple[str, ...]) -> None:
        """An id that tells by itself that it is a model's, under a name that says nothing."""
        known = any(r.id == text and r.line == token.line for r in self.gathered.references)
        told = is_written_as_a_model(text, self.rules) or is_telling_api(text, self.rules)
        if not known and told:
            self.add(token, text, GivenValue(ReferenceKind.MODEL, how, texts), Confidence.LIKELY)

    def note(self, token: Token, how: str, message: str = RUN_TIME) -> None:
        """Say that a value is no id that can be looked up."""
        self.gathered.notes.append(ScanNote(self.path, token.line, token.column, how, message))

    def add(self, token: Token, text: str, given: GivenValue, confidence: Confidence) -> None:
        """A reference, if the text is one."""
        how, kind, texts = given.how, given.kind, list(given.texts)
        role, by = role_of_words(set(words_of(how)) - NO_ROLE, kind), RoleBasis.KEY
        if role is UsedFor.UNKNOWN and set(words_of(how)) >= _BASE:
            role = UsedFor.TRAINING
        if role is UsedFor.TRAINING and role_of_command(texts, kind) is UsedFor.INFERENCE:
            role = UsedFor.UNKNOWN
        if role is UsedFor.UNKNOWN:
            role, by = role_of_command(texts, kind), RoleBasis.SCRIPT
        if role is UsedFor.UNKNOWN:
            by = RoleBasis.NONE
        asked = kind is ReferenceKind.MODEL and names_a_served_model(how)
        site = Site(
            self.path, token.line, token.column, kind, how, role, role_by=by,
            revision=given.revision, service=asked and given.served >= Served.BY_MAKER,
            remote=asked and given.served is Served.BY_HOST,
        )  # fmt: skip
        result = weigh(site, text, self.rules, confidence=confidence)
        if isinstance(result, Reference):
            self.gathered.add(result)

    def model_args(self, token: Token, texts: tuple[str, ...]) -> None:
        """``--model_args pretrained=owner/name,dtype=auto`` of lm-evaluation-harness."""
        for part in bare(token.text).split(","):
            key, _, value = part.partition("=")
            if key.strip() in {"pretrained", "peft", "tokenizer", "model_name", "model", "delta"}:
                column = token.column + max(token.text.find(value), 0)
                place = Token(value, token.line, column)
                self.value(place, GivenValue(ReferenceKind.MODEL, f"{key}=", texts, exact=True))

    def address(self, token: Token) -> None:
        """An address of the Hub that a command is given."""
        put = "$" in token.text and "/" in token.text
        if not put and "://" not in token.text and "@" not in token.text:
            return
        text = self.variables.expanded(bare(token.text)).removeprefix("url=").strip("\"'")
        if "://" in text and is_outside(text):
            self.note(token, "address", NOT_OF_THE_HUB)
        if SPOKEN.search(text) is None:
            return
        address = hub_address(text)
        is_open = address is None and VARIABLE.search(text.rpartition("@")[2]) is not None
        if is_open and hub_address(VARIABLE.sub("x", text)):
            self.note(token, "Hub address")
        if address is None or address.kind is None:
            return
        how = "hf://" if text.startswith("hf://") else "Hub address"
        kind = ReferenceKind(address.kind.value)
        site = Site(self.path, token.line, token.column, kind, how)
        self.gathered.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def argument(self, argument: Taken, texts: tuple[str, ...]) -> None:
        """What a program takes without a flag."""
        if not argument.sure:
            given = GivenValue(argument.kind, argument.how, texts, revision=pin_of("", texts))
            self.add(argument.token, bare(argument.token.text), given, Confidence.LIKELY)
            return
        for token in self.variables.elements(bare(argument.token.text)) or [argument.token]:
            self._take(token, argument, list(texts))

    def _take(self, token: Token, argument: Taken, texts: list[str]) -> None:
        text = self.variables.expanded(bare(token.text))
        if VARIABLE.search(text) or text.startswith("$"):
            self.note(token, argument.how)
            return
        role = role_of_command(texts, argument.kind)
        by = RoleBasis.SCRIPT if role is not UsedFor.UNKNOWN else RoleBasis.NONE
        outside = OLLAMA if argument.how.startswith("ollama") else ""
        site = Site(
            self.path, token.line, token.column, argument.kind, argument.how, role, role_by=by,
            outside=outside, revision=pin_of("", texts),
        )  # fmt: skip
        self.gathered.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def named(self, token: Token, text: str, given: GivenValue, known: set[str]) -> None:
        """What a variable is set to whose name says it; ``known``: ids that are found."""
        ids = ids_between_colons(text, self.rules)
        of_model = given.kind is ReferenceKind.MODEL and names_a_served_model(given.how)
        sure = of_model or "name" in words_of(given.how)
        if not ids and sure and is_known(text, given.kind, self.rules):
            ids = (text,)
        for hub_id in ids:
            if hub_id not in known:
                self.add(token, hub_id, given, Confidence.LIKELY)
        if not ids and of_model and is_bare_name(text.partition(":")[0], self.rules):
            self.note(token, given.how, BARE)

    def sent(self, name: str, token: Token, kind: ReferenceKind, served: Served) -> None:
        """What a command sends as JSON, under a key."""
        given = GivenValue(kind, name, served=served)
        if is_id(token.text, kind, self.rules) or self._is_served(token.text, given):
            self.add(token, token.text, given, Confidence.LIKELY)

    def gguf(self, value: Token, flag: str, texts: tuple[str, ...]) -> None:
        """``-hf owner/name:quantization`` of llama.cpp."""
        text = bare(value.text).partition(":")[0]
        if is_plain_id(text, self.rules):
            self.add(value, text, GivenValue(ReferenceKind.MODEL, flag, texts), Confidence.CERTAIN)
