"""Models that a card's body says it was made from.

What is stated most plainly goes first: a label ("Base model: X"), then a sentence that says so
("a fine-tuned version of X"), then weaker words ("based on X"), a command, the title. A teacher
whose outputs were learned is no base, an architecture ("a RoBERTa-like model") is none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_clauses import at_first, in_a_clause, of_a_merge, of_two_parts
from provenance.discovery.base_compounds import in_a_compound
from provenance.discovery.base_configs import commands, keys, loaded_in_code, merged
from provenance.discovery.base_labels import headed, keyed, listed, merged_onto, rows
from provenance.discovery.base_mentions import (
    BILLIONS,
    DISTILS,
    MOST_VERBS,
    OF_ANOTHER_SUBJECT,
    OF_BASE,
    OTHERS,
    mentions,
)
from provenance.discovery.base_parts import lineage, named_after, parts
from provenance.discovery.base_phrases import in_the_east, ways
from provenance.discovery.base_subjects import (
    called,
    halves,
    in_a_role,
    started_from,
    titled,
    tuned,
    used_as_base,
)
from provenance.discovery.bounds import most
from provenance.discovery.document import MARKS, Document, Form, Passage
from provenance.discovery.model_names import (
    ARCHITECTURE,
    MARK,
    id_of,
)
from provenance.discovery.prose_lexicon import MODEL_WORD, holds_any
from provenance.names import normalize, normalize_tail
from provenance.report.training import BaseModelMention

_MOST = 3
"""Most base models taken from one kind of statement."""
_MOST_LISTED = 24
"""The same of a label, a list, a table or a configuration."""
_WORTH = (
    "tun", "train", "initiali", "start", "continu", "adapt", "deriv", "version of", "variant of",
    "checkpoint", "coder is", "backbone", "base", "begin", "began", "applied", "built", "top of", "iteration of", "quanti",
    "merge", "copied", "copy", "convert", "performed on", "微调", "基于", "扩展", "ファインチューニング",
    "ベース", "기반", "дообуч", "на основе", "basiert", "gguf", "quant", "onnx", "export", "port of",
    "mirror", "clone", "evolved from", "grown from", "branched from", "bootstrapped from", "fork", "lora", "weights", "prun", "inherit", "extend", "builds", "auf basis",
    "auf der", "basé", "affin", "partir", "ausgangs", "grundl", "comme", "como", "основ", "качестве", "modelo", "modèle", "layers", "basad", "basead", "basat", "ajust", "inizializz", "obten",
    "base de", "базе", "version", "инициал", "обуч", "файн", "верси", "baut auf", "基", "微調", "量化", "訓練", "训练", "初始化", "から",
    "をもとに", "元に", "upcycl", "베이스", "기본 모델", "追加学習", "に対し", "継続", "파인튜닝", "바탕", "미세", "양자화", "에서",
)  # fmt: skip
"""Words without which a passage names no base model."""
_WORTH_A_CLAUSE = (*_WORTH, "sft", "dpo", "grpo", "cycl", "scal", "encoder", "abliterat")
"""The same where a clause may say it without them."""
_ADVERBS = r"(?:(?:a|an|the|was|is|\w{1,12}ly|both|all|weights|parameters|training|model) ){0,3}"
_STRONG = re.compile(
    r"(?i)\b(?:"
    r"(?:initiali[sz](?:ed?|ing|ation)|warm-?started|resumed|start(?:ed|ing)"
    rf"|continu(?:ed|ing)(?: training| pre-?training)?) {_ADVERBS}(?:[\w ]{{0,40}}?\s)?(?:from|with|using|by|on)"
    r"|(?:fine-?\s?tun\w{1,3}|further (?:pre-?)?trained|adapted|pruned|quanti[sz]ed|compressed|trained|converted|instruct\w*)"
    r"\s(?:[^.;:]{0,100}?\s)?(?:version|variant|checkpoint)s? (?:of|from)"
    r"|fine-?\s?tune[ds]? (?:model )?(?:from|over|upon)|fine-?\s?tuning (?:from|of)|fine-?\s?tuned? of"
    r"|(?:fine-?\s?tuned?|finetuned|trained|adapter|model)(?: [\w-]{1,20}){0,4} on top of"
    r"|(?:trained|fine-?\s?-?tuned) further (?:from|upon)"
    r"|an? version of|(?:is|as) an? (?:instruct )?fine-?\s?tuned(?=\s(?-i:[A-Z]))|an adapted"
    r"|(?:derivative|iteration|adaptation|extension|distillation|quanti[sz]ation|conversion|merge|merging)s? (?:of|between)"
    r"|merging (?=[A-Z])"
    r"|(?:evolved|grown|forked|branched|spun off|bootstrapped) from(?: its predecessor,)?|adapters? for|lora for|lora adapter for|derived from|adapted from|converted from|quanti[sz]ed from|pruned from|merged from"
    r"|(?:copy|copied|copying) [\w\s]{0,30}(?:layers|weights) (?:of|from)"
    r"|on the (?:foundation|basis) of|(?:further|continu\w+) (?:pre-?)?training (?:the|of)(?: pre-?trained)?(?: model)?"
    rf"|(?:adapters?|lora)(?: [{MARKS}]| \S{{1,80}}) for|with an? [\w-]{{2,20}}-based (?:language )?model"
    r"|(?:technique|training|adaptation|tuning) performed on|result of fine-?\s?tuning"
    r"|(?:base|original|parent|starting|foundation|underlying|initial)(?: [\w-]{1,16}){0,2}? (?:model|checkpoint|weights|llm) (?:is|was|are)(?: from)?(?!\s(?:an? )?(?:fine|version|variant|adapt|distil))"
    r"|(?:starting point|point of departure|initial checkpoint) (?:is|was)"
    r"|(?:model|checkpoint|weights)(?: \w{1,12}){0,2} used (?:for|in|as|to) [\w -]{3,30}? (?:is|was|were)"
    r"|(?:we|i|this model|which) (?:adapt|took|take|takes|fine-?tuned?|further pre-?train(?:ed)?)"
    r")\s+"
)
_WEAK = re.compile(
    r"(?i)\b(?:based (?:up)?on|built (?:on|upon|over|with)(?: top of)?|starts? from|top of|basiert auf"
    r"|based off|(?:model|version|it) uses|на основе|на базе)\s+"
)
_ON_MODEL = re.compile(
    r"(?i)\b(?:fine-?\s?tuned|finetuned|trained|training) (?:for [\w ]{1,20} )?(?:on|over|upon|from) "
    r"(?:top of )?(?:the |a )?|\b(?:fine-?\s?tuned|finetuned) (?:using|with) (?:the |an? )"
)
_REST = re.compile(r"[;:]\s|[.,]\s|\s(?:using|on|which|that|for|with|by|to|in|trained|in order)\s")
_CARD = re.compile(r"(?i)\bcards?\b|\blogits\b|latent|embeddings?\b|\bspaces\b")
_ASIDE = re.compile(
    r"(?i)\b(?:see|check out|try|please|prefer|consider|recommend|there (?:is|are)|successor|evaluated?|compare[ds]?"
    rf"|available|also|for (?:a|an|the)|not|judge[ds]?|graded)\b[^.,{MARKS}]{{0,30}}$"
    r"|\b(?:newer|latest|updated|improved|next|smaller|larger|thin|slim\w*|compact|light\w*|tiny|mini|faster|first|early"
    r"|current|beta|new|full|base|original)\s(?:\w{1,20}\s)?$"
)
"""Words after which a version of another model is only pointed to."""
_OWN = ("our ", "this ", "these ", "its ")
_HELPER = re.compile(
    r"(?i)\b(reward|draft|critic|judge|verifier|safety|guard|translation|embedding) models?\b[^.]{0,40}$"
)
"""Models that serve the training of another."""
_OF_DATA = re.compile(
    r"(?i)\b(?:data\w*|corpus|samples|examples|questions|prompts|captions|images|embeddings|tokeni[sz]er|vocabulary"
    r"|code|template|recipe|scripts?|architecture|implementation|demo|labels|annotations|readme|text|repo\w*)"
    r"(?: (?:was|were|is|are|has been|have been))?(?: \w+ly)?\s*$"
)
_OF_A_PART = re.compile(r"(?i)\b(?:split|subset|portion|part|samples?|hours|data\w{0,8})\b")
"""Words between a verb and "version of" with which a part of a set is meant, and no model."""
_LISTED = re.compile(rf"[{MARKS}](?:\s?(?:,|and|&|\+|und|et|y|e|и|,\s?and)\s?[{MARKS}])+")
_COUNTED = re.compile(
    r"(?i)(?:(?:the|these|following|two|three|four|several|other|existing|pre-?trained|open|different|\d) ){0,4}"
    r"(?:models|checkpoints|loras|merges)\s?[(:]\s?([^()]{3,150})"
)
_TUNED = re.compile(r"(?i)\bfine-?\s?-?tuned (?:on|for|with|using|from|to)\b|\blora\b")
_FROM_NOTHING = re.compile(r"(?i)from scratch|random(?:ly)? (?:initiali|weights)")
_ARCHITECTURAL = re.compile(r"(?i)\b(?:architectur\w*|vocabulary|tokeni[sz]er)\s+$")
_ELSEWHERE = re.compile(
    rf"(?i)[^{MARKS}]{{0,80}}\b(?:is|are|was|were|can|available|found|here|at|see)\b[^{MARKS}]{{0,40}}[{MARKS}]|(?:\S+ ){{5}}[^{MARKS}]{{0,100}}[{MARKS}]"
)
"""Words before a link that say where something is kept rather than what it is."""
_SAYS_SIZE = re.compile(r"(?i)\d\s?[bm]\b|base|large|small|tiny|medium|\bx?xl\b")
_SAYS_MODEL = re.compile(
    r"(?i)[\s,]{0,2}(?:(?:pre-?trained|base|language|speech|vision|foundation) ){0,2}(?:models?|checkpoints?|weights|encoder"
    r"|模型|モデル|모델|modell|modèle|modelo|modello|модел)"
)
_PART = re.compile(
    r"(?i)\b(?:encoder|decoder|tokeni[sz]er|vocoder|vae|backbone|head|module|component)s?(?: is| are)?\s*$"
)


def base_models_in(card: Card, document: Document) -> tuple[BaseModelMention, ...]:
    """Base models by the plainest kind of statement the card makes, each name once."""
    structure: tuple[Iterable[BaseModelMention], ...] = (
        keyed(card, document),
        rows(card, document),
        merged(card, document),
        listed(card, document),
        headed(card, document),
        lineage(card, document),
        keys(card, document),
        parts(card, document),
    )
    for mentions_of_way in structure:
        kept = _without_repeats(list(mentions_of_way), _MOST_LISTED)
        if kept:
            kept = _without_repeats([*kept, *merged_onto(card, document)], _MOST_LISTED)
            return kept if any(base.id for base in kept) else _told_apart(card, document, kept)
    return _in_sentences(card, document)


def _told_apart(
    card: Card, document: Document, named: tuple[BaseModelMention, ...]
) -> tuple[BaseModelMention, ...]:
    """What a sentence links, where a label gives no more than a part of its name ("BERT")."""
    linked = [base for base in _in_sentences(card, document) if base.id]
    told = {
        base: [link for link in linked if normalize(base.name) in normalize_tail(link.id or "")]
        for base in named
    }
    return tuple(dict.fromkeys(kept for base in named for kept in (told[base] or [base])))


def _in_sentences(card: Card, document: Document) -> tuple[BaseModelMention, ...]:
    """Bases that the card's sentences, code and titles tell of, by the plainest of these ways."""
    clauses = [
        p
        for p in document.passages
        if p.form is not Form.HEADING and holds_any(p.lower, _WORTH_A_CLAUSE)
    ]
    texts = [p for p in clauses if holds_any(p.lower, _WORTH)]
    titles = [p for p in document.passages if p.form is Form.HEADING and not p.headings][:1]
    merge = _without_repeats(list(of_a_merge(card, texts)), _MOST_LISTED)
    if merge:
        return merge
    sentences: tuple[Iterable[BaseModelMention], ...] = (
        _stated(card, texts, titles),
        (m for p in texts for m in used_as_base(card, p)),
        (m for p in texts for m in halves(card, p)),
        (m for p in [*texts, *titles] for m in tuned(card, p)),
        (m for p in [*texts, *titles] for m in _worded(card, p)),
        (m for p in texts for m in in_a_role(card, p)),
        of_two_parts(card, clauses),
        in_a_clause(card, clauses),
        in_a_compound(card, [*titles, *texts]),
        started_from(card, texts),
        loaded_in_code(card, document),
        commands(card, document),
        (m for p in texts for m in _bases_after(card, p, _WEAK)),
        (m for p in [*titles, *texts] for m in titled(card, p)),
        called(card, titles),
        named_after(card, document),
        at_first(card, clauses),
    )
    for mentions_of_way in sentences:
        kept = _without_repeats(list(mentions_of_way), _MOST)
        if kept:
            return kept
    return ()


def _stated(card: Card, texts: list[Passage], titles: list[Passage]) -> list[BaseModelMention]:
    """Plain statements; none if they name no id and "X fine-tuned on" does."""
    strong = [m for p in [*texts, *titles] for m in _bases_after(card, p, _STRONG)]
    if strong and not any(m.id for m in strong):
        before = (m for p in [*texts, *titles] for m in tuned(card, p))
        return [] if any(m.id for m in before) else strong
    return strong


def _without_repeats(bases: list[BaseModelMention], number: int) -> tuple[BaseModelMention, ...]:
    """The first mentions whose names are no part of one another; those with an id go first.

    In a list, two ids are two models, whatever their names share.
    """
    kept: list[BaseModelMention] = []
    for base in [m for m in bases if m.id] or bases:
        mine = _plain(base)
        whole = number == _MOST_LISTED and base.id is not None
        others = [_plain(k) for k in kept]
        if not any(mine == o or (not whole and (mine in o or o in mine)) for o in others):
            kept.append(base)
    return tuple(most(kept, number, "a list of bases"))


def _plain(base: BaseModelMention) -> str:
    return normalize_tail(base.id or base.name)


def _bases_after(
    card: Card, passage: Passage, pattern: re.Pattern[str]
) -> Iterator[BaseModelMention]:
    """What follows the words of ``pattern``."""
    strong = pattern is _STRONG
    for start, sentence in passage.sentences:
        for match in most(pattern.finditer(sentence), MOST_VERBS, "a sentence on a base"):
            before = sentence[max(0, match.start() - 240) : match.start()]
            rest = _first_of(sentence[match.end() : match.end() + 160])
            if OTHERS.search(before) or OF_BASE.search(before) or DISTILS.search(match[0]):
                continue
            if _OF_DATA.search(before) or _OF_A_PART.search(match[0]) or _of_another(card, before):
                continue
            if not strong and _PART.search(before[-40:]):
                continue
            if (not strong and ARCHITECTURE.search(before[-40:])) or _CARD.search(before[-120:]):
                continue
            if rest.lower().startswith(_OWN):
                continue
            acts = match[0].lower().startswith(("we ", "i ", "this ", "which "))
            if acts and not re.search(r"(?i)tun|train|adapt", sentence):
                continue
            says = strong or re.search(r"(?i)\bmodel\b|\bit\b", before[-40:] + match[0]) is not None
            sure = strong or (says and (_is_tuned(card) or _PRETRAINED.search(rest) is not None))
            yield from mentions(
                card, passage, start + match.end(), rest, several=True, sure=sure, says=says
            )
        if strong:
            yield from _on_model(card, passage, start, sentence)
            yield from _in_wide_script(card, passage, start, sentence)


_PRETRAINED = re.compile(r"(?i)\bpre-?\s?trained\b")
"""Of what a model is based on: its weights are meant, and not its architecture."""


def _is_tuned(card: Card) -> bool:
    """Whether a card speaks of fine-tuning and nowhere of random weights: a family is a base then."""
    return _TUNED.search(card.body) is not None and not _FROM_NOTHING.search(card.body)


def _worded(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """Models after words for what was done to them; in words only if they look like a model's."""
    for start, sentence in passage.sentences:
        for way in ways(sentence):
            before = sentence[max(0, way.start - 240) : way.start]
            if OTHERS.search(before) or _ASIDE.search(before) or OF_BASE.search(before):
                continue
            if DISTILS.search(before) or _OF_DATA.search(before) or _of_another(card, before):
                continue
            rest = _first_of(way.phrase)
            if rest.lower().startswith(_OWN):
                continue
            if _ARCHITECTURAL.search(before) or _ELSEWHERE.match(rest):
                continue
            for base in mentions(card, passage, start + way.at, rest, several=True):
                if base.id or _looks_like_another(card, base.name, rest):
                    yield base


def _of_another(card: Card, before: str) -> bool:
    """Whether the words before speak of a rival, a reward model or the like, and this is none."""
    if OF_ANOTHER_SUBJECT.search(before):
        return True
    helper = _HELPER.search(before)
    return helper is not None and normalize(helper[1]) not in normalize(card.repo)


def _first_of(phrase: str) -> str:
    """A list of links that ``phrase`` starts with, or its words up to the next clause.

    Of "two models (A and B)" what stands in the brackets.
    """
    counted = _COUNTED.match(phrase)
    if counted:
        phrase = counted[1]
    listed = _LISTED.match(phrase)
    return listed[0] if listed else _REST.split(phrase)[0]


def _looks_like_another(card: Card, name: str, rest: str) -> bool:
    """Whether words name a model (by family, size or "model" behind them) that is not this one's.

    A part of this model's own name is its family, unless it says a size.
    """
    this_model = normalize_tail(card.repo)
    if normalize(name) in this_model and not _SAYS_SIZE.search(name):
        return False
    after = rest[rest.find(name) + len(name) :] if name in rest else ""
    return bool(MODEL_WORD.search(name) or BILLIONS.search(name) or _SAYS_MODEL.match(after))


def _on_model(
    card: Card, passage: Passage, start: int, sentence: str
) -> Iterator[BaseModelMention]:
    """The X of "fine-tuned on the X model"."""
    for match in most(_ON_MODEL.finditer(sentence), MOST_VERBS, "a sentence on a base"):
        rest = re.split(r"[;:.,]\s|\sfor\s", sentence[match.end() : match.end() + 160])[0]
        says = re.fullmatch(rf"\s*[{MARKS}]\W*", rest) or re.search(
            r"(?i)\bmodels?\b|checkpoint", rest
        )
        if says and not OTHERS.search(sentence[: match.start()][-240:]):
            for base in mentions(card, passage, start + match.end(), rest, several=False):
                plain = base.id is not None and f"{base.id} model" in rest
                if plain or _model_page(passage, rest) or MODEL_WORD.search(base.name):
                    yield base


def _in_wide_script(
    card: Card, passage: Passage, start: int, sentence: str
) -> Iterator[BaseModelMention]:
    """Bases named in Chinese, Japanese and Korean sentences."""
    for way in in_the_east(sentence):
        yield from mentions(card, passage, start + way.at, way.phrase, several=False)


def _model_page(passage: Passage, rest: str) -> bool:
    """Whether a phrase links a Hub model: a code span alone may be a dataset's id."""
    return any(passage.mark(m).url and id_of(passage.mark(m)) for m in MARK.findall(rest))
