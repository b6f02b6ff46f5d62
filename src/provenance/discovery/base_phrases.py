"""Ways to say in a sentence what a model was made from, in the order of its words.

A way is a word for what was done ("quantized", "adapter", "initialisiert") and what joins it to
the model ("from", "for", "mit"). Between them stand at most a few plain words, none of which
turns the sentence to something else: where a copy is kept, data, a teacher. In Chinese, Japanese
and Korean the words stand around the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.bounds import most
from provenance.discovery.document import MARKS
from provenance.discovery.prose_lexicon import holds_any
from provenance.frozen import frozen

_MOST = 24
_PHRASE = 160
"""Characters after the words in which the model is named."""

_TURNS = (
    r"(?!(?:is|are|was|were|be|available|can|here|found|hosted|at|by|using|see|data\w{0,8}|corpus|corpora|outputs?"
    r"|generated|generations|samples?|examples?|pairs|responses?|knowledge|teacher|logits|texts?|images?|audio"
    r"|speech|scratch|code|scripts?|tokeni[sz]er|results?|paper|licen\w{0,8}|details|information|instructions?)\b)"
)
_FILL = rf"(?:\s{_TURNS}[\w()/+.,-]{{1,20}})"
_ARTICLE = (
    r"(?:(?:the|a|an|original|pre-?trained|base|models?|checkpoint|weights|of|der|die|das|dem|des|den|vom|von"
    r"|modells?|basis|le|la|les|du|de|modèle|el|los|del|modelo|do|da|no|il|lo|i|dello|della|dal|modello|модел\w{1,3}"
    r"|весов|весами|gewichten?|poids|pesos|pesi|gewichtete)\s{1,3}|l['’]|[«„「『\"'(])"
)
_OF_WORDS = re.compile(
    r"(?i)\b(?:versions?|variants?|fine-?\s?tunes?|quants?|quanti[sz]ations?|conversions?|exports?|ports?|cop(?:y|ies)|clones?"
    r"|forks?|mirrors?|re-?uploads?|merges?|blends?|adapters?|q?loras?|weights|ggufs?|checkpoints?|continuations?|derivatives?"
    r"|extensions?|adaptations?|abliterations?|modifications?|refinements?|(?:layers? )?\d{1,3}\s?(?:-|–|to)\s?\d{1,3}(?= of))"
)
_OF = re.compile(rf"(?i)\A{_FILL}{{0,4}}?\s(?:of|from|for)\s{_ARTICLE}{{0,4}}")
_FROM_WORDS = re.compile(
    r"(?i)\b(?:initiali[sz]ed|derived|converted|quanti[sz]ed|exported|ported|pruned|sliced|compressed|merged|adapted"
    r"|fine-?\s?tuned|(?:pre-?|post-?)?trained|continued|start(?:ing|ed|s)|bootstrapped|resumed|built|made|created|developed"
    r"|obtained|forked|cloned|inherits?|inherited|aligned|instruction-?tuned|upcycled|expanded|transferred)"
)
_FROM = re.compile(rf"(?i)\A(?:{_FILL}|\s[{MARKS}]){{0,5}}?\s(?:from|off)\s{_ARTICLE}{{0,4}}")
_ACT_WORDS = re.compile(
    r"(?i)\b(?:(?:by|of|through|after|via|with|further|we|i)\s(?:further\s)?(?:fine-?\s?tuning|quanti[sz]ing|merging|pruning"
    r"|converting|extending|adapting|abliterating|post-?training|instruction-?tuning|aligning|compressing"
    r"|(?:fine-?\s?tune|quanti[sz]e|prune|convert|extend|adapt|post-?train|align|compress)d?)"
    r"|continu(?:e|ed|es|ing|al|ally|ous|ously|ation)(?: of)?(?: the)? (?:pre-?)?train(?:ing|ed)(?: of)?|post-?trained|builds|extends|(?:begin|began|begins|start(?:s|ed|ing)?)(?= with)|(?:we|then|and|i) (?:applied|merged|added|blended)|upgrade to)"
)
_ACT = re.compile(
    rf"(?i)\A\s(?:from |on top of |upon |on |of |with |in |(?:the|this) new (?:model|merge) with )?{_ARTICLE}{{0,4}}"
)
_TOP_WORDS = re.compile(r"(?i)\b(?:(?:fine-?\s?)?tuned|adapters?|lora|trained|built|runs|sits)")
_TOP = re.compile(rf"(?i)\A{_FILL}{{0,3}}?\s(?:up)?on top of\s{_ARTICLE}{{0,4}}")
_EUROPE_WORDS = re.compile(
    r"(?i)\b(?:basier(?:t|end|en)|auf (?:der )?(?:basis|grundlage)|aufbauend|baut"
    r"|(?:feinabgestimmte|fein-?getunte|nachtrainierte|angepasste|quantisierte|trainierte)\s(?:version|variante|fassung)"
    r"|weiterentwicklung|feinabstimmung|ausgehend|initialisiert"
    r"|bas[ée]e?s?|affin[ée]e?s?|(?:version|versi[óo]n|vers[ãa]o|versione) \S{3,16}|d[ée]riv[ée]e?|adapt[ée]e?|initialis[ée]e?"
    r"|fine-?tun[ée]e?|ajustement|construite?|entra[iî]n[ée]e?|part(?:ir|ant|ire|endo|imos|indo|iendo|iamo)|obtenue?"
    r"|basad[oa]|basead[oa]|ajuste fino|derivad[oa]|adaptad[oa]|inicializad[oa]|afinad[oa]|ajustad[oa]|entrenad[oa]"
    r"|treinad[oa]|refinad[oa]|fine-?tuning|basat[oa]|derivat[oa]|adattat[oa]|inizializzat[oa]|addestrat[oa]|ottenut[oa]"
    r"|affinamento)(?!\w)"
)  # fmt: skip
"""German, French, Spanish, Portuguese, Italian."""
_EUROPE = re.compile(
    r"(?i)\A\s(?:(?:à|a) partir(?:e)? )?(?:(?:auf|von|vom|des|der|mit|sur|de|du|avec|depuis|en|em|no|na|del|do|da|con|com|desde"
    rf"|sobre|su|sul|di|dello|dal)\s|d['’]){_ARTICLE}{{0,4}}"
)
_ROLE_WORDS = re.compile(
    r"(?i)\b(?:als (?:ausgangs(?:modell|punkt|basis)|basis(?:modell)?|grundlage|grundmodell) (?:dien\w{1,3}|wurde|wird|fungiert\w{0,2}|nehmen wir|verwenden wir)"
    r"|comme (?:modèle|point) de (?:base|départ),? (?:nous|on) \w{3,10}(?: \w{3,10})?"
    r"|(?:le modèle|o modelo|el modelo|il modello) (?:de base|base|de départ|de partida|di base|di partenza|original|originale) (?:est|était|é|es|fue|foi|è)"
    r"|como (?:modelo (?:base|de partida)|punto de partida|ponto de partida),? (?:se |foi |fue )?(?:us|utiliz)\w{1,8}"
    r"|come modello (?:di )?(?:base|partenza) (?:è stato usato|usiamo|abbiamo usato)"
    r"|в качестве (?:базовой модели|основы|базы) (?:был\w? )?(?:использ\w{3,10}|взят\w?)|за основу (?:был\w? )?взят\w?"
    r"|as (?:a |the |our |its )?(?:base|starting point|backbone|foundation)(?: (?:language )?model)?,? (?:we|i) (?:us|tak|too|cho|adopt|employ)\w{0,4})"
)
"""A base's role, told before it is named."""
_ROLE = re.compile(rf"(?i)\A(?:\s(?:das|die|der|le|la|el|o|il|модель|on|with))?\s{_ARTICLE}{{0,4}}")
_RUSSIAN_WORDS = re.compile(
    r"(?i)\b(?:на (?:основе|базе)|(?:до)?обучен\w{0,4}|инициализирован\w{0,4}|версия|вариант|квантизация|конвертация"
    r"|дообучение|доработка|адаптация|файн-?тюн(?:инг)?|построен\w{0,3}|основан\w{0,3}|получен\w{0,3})"
)
_RUSSIAN = re.compile(
    rf"(?i)\A\s(?:(?:из|от|на (?:основе|базе)|на)\s)?{_ARTICLE}{{0,4}}(?-i:[a-z]{{3,12}}\s(?=[a-z]{{0,3}}[A-Z]))?"
)
"""An owner in small letters may stand before the name ("acmeai ruNest")."""
_WAYS = (
    (_OF_WORDS, _OF, (" of", " from", " for")),
    (_FROM_WORDS, _FROM, (" from", " off")),
    (_ACT_WORDS, _ACT, ("ing", "tune", "quanti", "prune", "conver", "ext", "adapt", "train", "align", "compress", "continu",
                        "builds", "upgrade", "began", "begin", "start", "appl", "merged", "added", "blended")),
    (_TOP_WORDS, _TOP, ("on top of",)),
    (_EUROPE_WORDS, _EUROPE, (" auf ", " von ", " vom ", " des ", " der ", " mit ", " sur ", " de ", " du ", " avec ", " depuis ",
                              " en ", " em ", " no ", " na ", " del ", " do ", " da ", " con ", " com ", " desde ", " sobre ",
                              " su ", " sul ", " di ", " dello ", " dal ", " d'", " d’")),
    (_ROLE_WORDS, _ROLE, ("als ", "comme ", "como ", "come ", "mod", "качестве", "основу", "as ")),
    (_RUSSIAN_WORDS, _RUSSIAN, ("на ", "обуч", "иниц", "верс", "вари", "квант", "конв", "дораб", "адапт", "тюн", "постро", "основ", "получ")),
)  # fmt: skip
"""Words, what joins them, and, in small letters, what a sentence holds that has both."""
_EAST_NAME = re.compile(
    rf"[{MARKS}]|[A-Za-z][\w./+-]{{2,60}}(?: (?:v?\d[\w.]{{0,8}}|[A-Z][A-Za-z\d.+-]{{1,20}})){{0,3}}",
    re.ASCII,
)
_EAST_SURE_BEFORE = re.compile(
    r"(?:(?:基座|基础|底座|基底)(?:模型)?(?:为|是|采用|使用|选用|选择)(?:了|的是)?|ベース(?:モデル)?(?:は|には)|元(?:の)?モデルは|(?:베이스|기반|기본)\s?모델(?:은|로|로는)"
    r"|基于|基於|源自|衍生自|改自|微调自|扩展成|扩展为|采用)(?:了|开源的|官方的?)?(?:、|，)?\s?[「『“\"]?$"
)
_EAST_BEFORE = re.compile(
    r"(?:以|从|從|由|在|对|對|将|使用|采用|採用|使用了|选择|選擇)(?:了|开源的|官方的?|預訓練的?|预训练的?)?\s?[「『“\"]?$"
)
_EAST_AFTER = re.compile(
    r"[」』”\"]?\s?(?:基座|基础|預訓練|预训练)?(?:大?模型)?(?:权重|權重)?\s?(?:的?基础?上|为基|為基|为底|作为(?:基|底|初始|骨干|主干)"
    r"|作為(?:基|底)|进行(?:\S{0,6})?(?:微调|训练|量化|蒸馏)|進行(?:\S{0,6})?(?:微調|訓練)|初始化|微调|微調|量化|转换|轉換"
    r"|继续(?:预)?训练|上(?:进行)?(?:\S{0,4})?(?:微调|训练)|上進行)"
)
_EAST_SURE_AFTER = re.compile(
    r"[」』”\"]?\s?(?:という)?(?:モデル|모델)?\s?(?:を(?:ベース|基(?:に|盤)|もと|元|ファインチューニング|微調整|追加学習|継続|量子化|GGUF"
    r"|(?:使用して|使って|用いて)?(?:ファイン|追加|微調整))|をもとに|に(?:対して|対し)?(?:、)?(?:\S{0,12})?(?:追加学習|ファイン|継続事前|LoRA)"
    r"|から(?:初期化|派生|継続|追加学習|ファイン|変換)|(?:に(?:対して|対し)|を)\S{0,16}(?:で|使って|用いて)\S{0,4}(?:追加学習|ファイン|継続|学習させ)|の(?:派生|微调版|微調整|量化版|量子化|ファインチューニング|GGUF)"
    r"|(?:을|를)?\s?(?:기반|바탕|베이스)|(?:을|를)\s?(?:\S{1,8}\s){0,3}(?:파인튜닝|미세|양자화|추가\s?학습)|에서\s?(?:파인|미세|추가|초기|변환)"
    r"|의\s?(?:파인튜닝|양자화|미세)|(?:经过?|經過?)\S{0,6}微[调調]|(?:的)?(?:微调|微調|量化|蒸馏微调)(?:版|而来|得到)|为基座|為基座)"
)
_EAST_NOT = re.compile(
    r"\s?(?:模型)?(?:生成|合成|标注|翻译|评|打分|蒸馏数据|架构|架構|结构|框架|论文|方法|技术|数据|數據|語料|语料|アーキテクチャ|論文|データ|아키텍처|구조|데이터|논문|프레임워크)"
)
_EAST_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@frozen
class ToldBase:
    """Where a sentence may name the model that another was made from."""

    start: int
    """Offset in the sentence at which the words start."""
    at: int
    """Offset at which the name may start."""
    phrase: str
    """The text from there."""


def ways(sentence: str) -> Iterator[ToldBase]:
    """Every place of ``sentence`` that may name a base after words for it."""
    lower = sentence.lower()
    for words, joins, needed in _WAYS:
        if not holds_any(lower, needed):
            continue
        for match in most(words.finditer(sentence), _MOST, "a sentence on a base"):
            joined = joins.match(sentence[match.end() : match.end() + _PHRASE])
            if joined is not None:
                at = match.end() + joined.end()
                yield ToldBase(match.start(), at, sentence[at : at + _PHRASE])


def in_the_east(sentence: str) -> Iterator[ToldBase]:
    """Names that Chinese, Japanese or Korean words call a base."""
    if not _EAST_LETTER.search(sentence):
        return
    for match in most(_EAST_NAME.finditer(sentence), 4 * _MOST, "a sentence on a base"):
        before, after = (
            sentence[max(0, match.start() - 14) : match.start()],
            sentence[match.end() :][:40],
        )
        if _EAST_NOT.match(after):
            continue
        sure = _EAST_SURE_BEFORE.search(before) or _EAST_SURE_AFTER.match(after)
        if sure or (_EAST_BEFORE.search(before) and _EAST_AFTER.match(after)):
            yield ToldBase(match.start(), match.start(), match[0])
