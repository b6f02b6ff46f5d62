"""Words that tell a set's name from a machine, a method, a task, a language or a model."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.knowledge import alternatives, read_words


def words_of(text: str) -> frozenset[str]:
    """The words of a block of text."""
    return frozenset(text.split())


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of ``words`` stands anywhere in ``text``: a filter cheaper than a pattern."""
    for word in words:  # noqa: SIM110 - twice as fast as any() over a generator
        if word in text:
            return True
    return False


LANGUAGES = frozenset(read_words("discovery", "languages"))
"""Languages, adjectives of countries and programming languages: none names a set alone."""

GENERIC = frozenset(read_words("discovery", "generic"))
"""Words that describe data and say nothing of what it is or where it comes from."""

KINDS = frozenset(read_words("discovery", "kinds"))
"""Kinds of material: they describe data, and are no proper names even with a capital."""

DETERMINERS = frozenset(read_words("discovery", "determiners"))
"""Words that never start a name, whatever their case."""

LEADING = frozenset(read_words("discovery", "leading"))
"""Words that, in lower case, lead up to a name without being part of it."""

OPENERS = frozenset(read_words("discovery", "openers"))
"""Words with a capital only because they start a sentence."""

LOWER_NAMES = frozenset(read_words("discovery", "lower_names"))
"""Names that card writers often write in lower case."""

KNOWN_NAMES = re.compile(r"(?i)\b(?:" + alternatives("discovery", "known_names") + r")\b")
"""Names made of general words."""


def any_of(words: str) -> str:
    r"""Alternatives of a regular expression, one after another, from a block of words.

    Outside parentheses, alternatives are separated by ``|`` or white space; a space within one
    is written ``\s``.

    >>> any_of(r"data corpus|(?:train | test)\sset")
    'data|corpus|(?:train|test)\\sset'
    """
    alternatives, word, depth = [], "", 0
    for char in words + " ":
        depth += (char == "(") - (char == ")")
        if char.isspace() or (char == "|" and depth == 0):
            if depth == 0 and word:
                alternatives.append(word)
                word = ""
        else:
            word += char
    return "|".join(alternatives)


SET_WORD = re.compile(r"(?i)\b(?:" + alternatives("discovery", "set_words") + r")\b")
MACHINE = re.compile(r"(?i)\b(?:" + alternatives("discovery", "machines") + r")\b")
METHOD = re.compile(r"(?i)\b(?:" + alternatives("discovery", "methods") + r")\b")
TASK = re.compile(r"(?i)(?:^|\b)(?:" + alternatives("discovery", "tasks") + r")$")
NOT_A_NAME = re.compile(r"(?i)^(?:" + alternatives("discovery", "no_names") + r")$")
MODEL_WORD = re.compile(
    r"(?i)(?:\b|_)(?:" + alternatives("discovery", "model_families") + r")(?:\b|_)"
)
"""Names of model families; a phrase holding one names a model unless it says dataset."""
_ORDERS = (
    r"(?:Unzip|Unpack|Extract|Put|Place|Copy|Move|Clone|Run|Open|Set|Create|Prepare|Replace|Edit|Write|Save|Merge|Call"
    r"|Import|Follow|Try|Visit|Click|Choose|Pass|Specify|Define|Start|Make sure|Please|Refer to|See)\s"
)
IMPERATIVE = re.compile(
    r"(?:Include|Maintain|Ensure|Avoid|Use|Keep|Improve|Provide|Add|Remove|Apply|Reduce|Support|Handle|Generate|Make|Focus"
    r"|Enable|Allow|Filter|Check|Train|Load|Install|Download|Select|Normali[sz]e|Convert)\b(?!-)|"
    + _ORDERS
)
"""A sentence that tells somebody to do something; "Trained on X" and "Training data:" tell none."""
DOES = re.compile(
    r"(?:Includ|Maintain|Ensur|Avoid|Us|Keep|Improv|Provid|Add|Remov|Appl|Reduc|Support|Handl|Generat|Mak|Focus"
    r"|Enabl|Allow|Filter|Check|Load|Install|Download|Select|Normali[sz]|Convert)(?:e|es|s|ed|ing|y|ies)?\b|Train\s|"
    + _ORDERS
)
"""An item that tells what somebody, or the model, does."""
PAPER_HOST = re.compile("(?i)" + alternatives("discovery", "paper_pages"))
NOT_DATA_HOST = re.compile("(?i)" + alternatives("discovery", "pages_of_no_data"))
"""Addresses that are pages about something, code or people; never a set's own page."""
