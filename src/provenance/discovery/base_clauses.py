"""Bases that a clause names beside words of making, whatever stands between the two.

"We use X and fine-tune it", "X after SFT", "a vision encoder X and the language model Y": the
object is something that is a model by its link, its ``owner/name`` or its family and size; the
subject is this model, we or nobody; and no word gives the object another part (a judge, a tokenizer,
a rival, the source of data).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_mentions import (
    DISTILS,
    OF_ANOTHER_SUBJECT,
    OF_BASE,
    OTHERS,
    mention,
    says_model_and_size,
)
from provenance.discovery.bounds import most
from provenance.discovery.document import MARKS, Form, Passage
from provenance.discovery.labels import LabelTopic, section_topic, topic_of
from provenance.discovery.model_names import NamedModel, id_of, named_by, usable
from provenance.frozen import frozen
from provenance.refs import is_repo_id
from provenance.report.training import BaseModelMention

_MOST = 60
_INTRODUCTION = 4
"""Passages of text in which a card speaks of itself."""
_PATH = re.compile(r"(?<![\w/.:@-])[A-Za-z\d][\w.-]{1,60}/[A-Za-z\d][\w.-]{2,95}(?<![.-])(?![\w/])")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_DIVIDED = re.compile(r"[-_\d]")
_ADJECTIVES = (
    r"(?:\s(?:the|a|an|our|its|their|own|pre-?trained|original|existing|open|public\w{0,3}|available|released|base|foundation|large"
    r"|language|vision|text|speech|multilingual|instruct|instruction-tuned|fine-?tuned|sft|model|checkpoint|weights|from|of|\w{1,20}['’]s"
    r"|\d{1,3}[bm])){0,6}\W{0,3}$"
)
_TAKES = re.compile(
    r"(?i)\b(?:us(?:e|es|ed|ing)|tak(?:e|es|ing|en)|took|employ(?:s|ed|ing)?|adopt(?:s|ed|ing)?|cho(?:ose|oses|osing|se)|select(?:s|ed)?"
    r"|leverag(?:e|es|ed|ing)|pick(?:s|ed)?|load(?:s|ed)?|starts? (?:from|with|at|on)|began|is|was)"
    + _ADJECTIVES
)
_MAKES = re.compile(
    r"(?i)\b(?:fine-?\s?-?tun\w{1,4}|finetun\w{1,4}|(?:further|continu\w{2,4}|re|post|pre)?-?\s?train(?:ed|ing)?\b(?!\s(?:data|set|corp|split|script|code))"
    r"|initiali[sz]\w{1,5}|adapt(?:ed|ing)|(?:sft|dpo|grpo|rlhf|ppo|orpo|kto|q?lora|qat)\b|instruction-?\s?tun\w{2,3}|distill?\w{0,5}"
    r"|heal(?:ed|ing)?|align(?:ed|ing|ment))"
)
_AFTER = re.compile(
    r"(?i)\W{0,3}(?:\w{1,12}\s){0,2}?(?:after|followed by|\+|with)\s(?:\w{1,14}\s){0,3}?(?:sft|dpo|grpo|rlhf|orpo|kto|q?lora|fine-?\s?tuning"
    r"|(?:pre-?|post-?)?training|instruction|abliterat\w{2,4}|quanti[sz]ation)\b"
)
_MADE_OF = re.compile(
    r"(?i)\b(?:(?:depth-?\s?|width-?\s?)?up-?scal|up-?cycl|abliterat|de-?censor|uncensor|stack|prun|shrink|trimm|expand|extend|quanti[sz]"
    r"|fine-?\s?tun|finetun|convert|initiali[sz]|adapt|continu|(?:pre-?|post-?|re)?train|distill?|inherit|bootstrap|heal)\w{0,6}"
    r"(?:\s(?:on top|version|variant|copy|weights|layers?|blocks?|\d{1,3}(?:\s?-\s?\d{1,3})?))?(?:\s(?:of|from|upon|with|on|to|for))?"
    + _ADJECTIVES
)
_OTHER_PART = re.compile(
    r"(?i)\W{0,3}(?:(?:large|language|model|llm|api|v?\d[\w.]*)\s){0,2}(?:(?:is|was|were|are)\s)?(?:(?:used|applied|employed)\s)?(?:to|for|as|by|on|in order to)\s"
    r"(?:(?:a|an|the|our|its)\s)?(?:[\w-]{1,14}\s){0,2}?(?:generat|translat|label|annotat|filter|scor|evaluat|comput|extract|tokeni|embed|creat"
    r"|produc|judg|teach|reward|draft|baselin|referen|critic|synth|transcri|caption|augment|rewrit|clean|rank|min(?:e|ing)|check|verif|compar|test"
    r"|classif(?:y|ies) (?:the )?data|re-?ranker)"
    r"|\W{0,3}(?:['’]s\s)?(?:[\w-]{1,14}\s){0,2}?(?:tokeni[sz]er|embeddings?|architecture|vocabulary|outputs?|generations?|data\w{0,4}|corpus|config\w{0,8}|structure"
    r"|papers?|recipe|code|template|scripts?|benchmark|license|pipeline|logits|responses|repo|prompt|format|style|baseline)"
)
_ELSE = re.compile(
    r"(?i)\b(?:tokeni[sz]|generat|synthe|judg|scor(?:e|ed|es|ing)\b|evaluat|baselin|compar|outperform|surpass|beats?\b|similar|unlike|inspired|architectur"
    r"|available|see\b|newer|successor|predecessor|draft|reward model|embeddings? (?:of|from)|mined|hosted|demo\b|space\b|thank"
    r"|cit(?:e|ation)|licen[cs]|can\b|could\b|may\b|might\b|you\b|your\b|if\b|also\b|other\b|instead|not\b|than\b|reach|achiev|e\.g|such as|detect|example"
    r"|recommend|please|check out|released|annotat|translated|labell?ed|filtered|transcri|rewritten|augment|in contrast|versus|\bvs\b|(?:from|on) (?:it\b|this (?:model|one))|^\W*for \w{3,20} use\b"
    r"|card\b|written by|recipe|follow(?:s|ed|ing)?\b|whereas|while\b|paper\b|introduced|from scratch|random|used by|merged into|dataset of|collected)"
)
_ROLES = re.compile(
    r"(?i)\W{0,3}(?:(?:(?:as|for) (?:its |the |a |our )?)?(?:frozen |trainable |pre-?trained )?(?:vision|visual|image|text|speech|audio|language|video|point cloud)[\s-]"
    r"(?:encoder|decoder|tower|backbone|model)|llm\b|language model|backbone\b|encoder\b|decoder\b)"
)
_FROM_TEACHER = re.compile(
    r"(?i)\b(?:initiali[sz]|cop(?:y|ied)|tak(?:es?|en|ing)|keep(?:s|ing)?|kept)\w{0,4}\b[^.]{0,60}\b(?:layers?|weights|blocks?)\b[^.]{0,20}\bteacher"
)
"""A student that starts from its teacher's weights is made from it."""
_WORDS = re.compile(
    r"(?<![\w/.-])[A-Z][\w.+-]*(?:/\d\w*)?(?:\s(?:[A-Z][\w.+-]*(?:/\d\w*)?|v?\d[\w.]*[BbMm]?|base|large|small|tiny)\b)*"
)
_JOINS = re.compile(
    r"(?i)\b(?:connect|combin|coupl|pair|consist|compris|integrat|compos|built|us(?:e|es|ed|ing)\b|employ|adopt|fus|attach|join|link|made (?:up )?of|bridg|align|initiali[sz])"
)


@frozen
class _Object:
    """A model that a sentence names, and where."""

    start: int
    end: int
    named: NamedModel


def in_a_clause(card: Card, passages: list[Passage]) -> Iterator[BaseModelMention]:
    """The X of "we use X and fine-tune it", "X after SFT", "upcycled X"."""
    for passage in speaking_of_itself(passages):
        for start, sentence in passage.sentences:
            if not _MAKES.search(sentence) and not _MADE_OF.search(sentence):
                continue
            for named in _objects(card, passage, sentence, ids_only=True):
                before = sentence[: named.start][-200:]
                after = sentence[named.end : named.end + 120]
                if (
                    clause_bars(before)
                    or _OTHER_PART.match(after)
                    or (DISTILS.search(before) and not _FROM_TEACHER.search(sentence))
                ):
                    continue
                taken = _TAKES.search(before) and _MAKES.search(after)
                if taken or _AFTER.match(after) or _MADE_OF.search(before):
                    yield mention(card, passage, start + named.start, named.named)


def of_a_merge(card: Card, passages: list[Passage]) -> Iterator[BaseModelMention]:
    """All the models of a sentence on a merge that names two or more by id."""
    for passage in speaking_of_itself(passages):
        for start, sentence in passage.sentences:
            if not _MERGES.search(sentence) or _ELSE.search(sentence):
                continue
            merged = list(_objects(card, passage, sentence, ids_only=True))
            for named in merged if len(merged) > 1 else ():
                yield replace(
                    mention(card, passage, start + named.start, named.named), relation="merge"
                )


_MERGES = re.compile(
    r"(?i)\b(?:franken)?merg(?:e[ds]?|ing)\b(?! request)|\bslerp\b|\bblend(?:ed|s)?\b|\bpassthrough\b"
)


def of_two_parts(card: Card, passages: list[Passage]) -> Iterator[BaseModelMention]:
    """The X and Y of "connects an X vision encoder to the language model Y"."""
    for passage in passages:
        for start, sentence in passage.sentences:
            if not _JOINS.search(sentence) or clause_bars(sentence):
                continue
            parts = [
                part
                for part in _objects(card, passage, sentence, ids_only=False)
                if _ROLES.match(sentence[part.end : part.end + 60])
                or _ROLE_BEFORE.search(sentence[: part.start][-60:])
            ]
            if len(parts) > 1:
                for part in parts:
                    yield mention(card, passage, start + part.start, part.named)


_ROLE_BEFORE = re.compile(
    r"(?i)\b(?:encoder|decoder|tower|backbone|llm|language model)s?,?\s?(?:is |from |of |based on |initiali[sz]ed (?:from|with) )?(?:the |a |an )?\W{0,2}$"
)


def at_first(card: Card, passages: list[Passage]) -> Iterator[BaseModelMention]:
    """The one other model of a first sentence on making that gives it no other part."""
    for passage in islice(speaking_of_itself(passages), _INTRODUCTION):
        if passage.form is not Form.TEXT:
            continue
        for start, sentence in passage.sentences:
            words = passage.words(sentence)
            if not _MAKES.search(words) or _ELSE.search(words) or "distil" in words.lower():
                continue
            objects = list(_objects(card, passage, sentence, ids_only=True))
            if len(objects) != 1 or clause_bars(sentence[: objects[0].start]):
                continue
            if not _OTHER_PART.match(sentence[objects[0].end :][:120]):
                yield mention(card, passage, start + objects[0].start, objects[0].named)


def speaking_of_itself(passages: list[Passage]) -> Iterator[Passage]:
    """Passages outside sections on use, results and data."""
    for passage in passages:
        topic, _ = section_topic(passage.headings[1:])
        label = topic_of(passage.label[0]) if passage.label is not None else LabelTopic.OTHER
        barred = {LabelTopic.USE, LabelTopic.EVALUATION, LabelTopic.ABOUT_DATA}
        if topic not in barred and label not in barred:
            yield passage


def clause_bars(before: str) -> bool:
    """Whether words before a model give it another part than a base's."""
    clause = re.split(r"[;:]\s|,\s(?:and|but|while)\s", before)[-1]
    words = (OTHERS, OF_BASE, OF_ANOTHER_SUBJECT)
    barred = (_ELSE.search(clause), *(pattern.search(before) for pattern in words))
    return any(match is not None for match in barred)


def _may_be_data(name: str, before: str) -> bool:
    """Whether an id without a link stands where data does: "trained on a/b"."""
    return _ON.search(before[-80:]) is not None and not says_model_and_size(name)


_ON = re.compile(
    r"(?i)(?:train|tun|align|distil)\w{0,6}\s(?:[\w-]{1,14}\s){0,4}?(?:on|with|using|over|against)\s(?:[\w-]{1,14}\s){0,3}\W{0,3}$"
)


def _objects(card: Card, passage: Passage, sentence: str, *, ids_only: bool) -> Iterator[_Object]:
    """Models that a sentence names by link, ``owner/name`` or, unless ``ids_only``, by family."""
    taken: list[tuple[int, int]] = []
    for match in most(re.finditer(f"[{MARKS}]", sentence), _MOST, "a sentence on a base"):
        mark = passage.mark(match[0])
        model_id = id_of(mark)
        if model_id is not None:
            taken.append(match.span())
            named = named_by(mark, model_id)
            data = mark.url is None and _may_be_data(model_id, sentence[: match.start()])
            if usable(card, named) and not data:
                yield _Object(*match.span(), named)
    for match in most(_PATH.finditer(sentence), _MOST, "a sentence on a base"):
        name = match[0]
        tail = name.partition("/")[2]
        if is_repo_id(name) and _LETTERS.search(tail) and _DIVIDED.search(tail):
            taken.append(match.span())
            data = _may_be_data(name, sentence[: match.start()])
            if usable(card, NamedModel(name, name, "")) and not data:
                yield _Object(*match.span(), NamedModel(name, name, ""))
    for match in most(
        () if ids_only else _WORDS.finditer(sentence), 4 * _MOST, "a sentence on a base"
    ):
        inside = any(s < match.end() and match.start() < e for s, e in taken)
        if not inside and says_model_and_size(match[0]):
            named = NamedModel(match[0].strip(" .-,"), None, "")
            if usable(card, named):
                yield _Object(*match.span(), named)
