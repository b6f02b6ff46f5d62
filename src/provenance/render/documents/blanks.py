"""How drafts of the law's documents ask for what only the provider can say."""

from __future__ import annotations

from markupsafe import Markup

from provenance.escape import markdown


def marked(text: str) -> Markup:
    """Text in which everything from outside passed its boundary: a template places it as it is."""
    return Markup(text)  # noqa: S704  # the one place that vouches for it


def blank(what: str = "") -> str:
    """A blank that says that it is one, and what belongs into it."""
    return f"**[blank: {markdown(what)}]**" if what else "**[blank]**"


def asked(question: str, what: str = "") -> str:
    """A question that is answered by yes or no, and what to say after a yes."""
    follows = f"; if yes, {what}" if what else ""
    return f"{question} {blank(f'yes or no{follows}')}"
