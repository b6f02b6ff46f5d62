"""What a label says of the things under it: a heading, words before a colon, a table's header.

Most of what a card tells stands under a label, in any language. A label is read by its words
alone: one that speaks of training and of data labels training data, whatever else it says.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from provenance import lazy_re as re
from provenance.report.training import Role


class LabelTopic(StrEnum):
    """What a label speaks of."""

    TRAINING_DATA = "training data"
    DATA = "data"
    """Data, without saying what for."""
    TRAINING = "training"
    """Training, without naming data."""
    EVALUATION = "evaluation"
    BASE = "base"
    """The model that this one was made from."""
    ABOUT_DATA = "about data"
    """How data looks or was made: format, size, statistics, preprocessing."""
    USE = "use"
    """How to use, cite or license the model, its limits, news of it."""
    OTHER = "other"


_LONGEST = 90
"""Characters of a label; a longer one is a sentence."""
_TRAINING = re.compile(
    r"(?i)train|tuning|\btuned|fine-?\s?tun|\bsft\b|\bdpo\b|\brlhf\b|\b[gk]?[rp]?po\b|\bkto\b"
    r"|\bcpt\b|instruction|preference|alignment|distill|\blearn"
    r"|训练|訓練|微调|微調|学習|學習|ファインチューニング|학습|훈련|튜닝|обуч|дообуч|тренир"
    r"|entren|entra[iî]n|trein|addestr|ajust[eé]|apprentissage|tränings|trening|eğitim|تدريب|huấn luyện|प्रशिक्षण|pelatihan|tanít"
)
_RL = re.compile(r"\bRL\b")
"""Of two capitals: reinforcement learning."""
_DATA = re.compile(
    r"(?i)\bdata\b|data-?\s?(?:sets?|mix|sources?)\b|\bcorp(?:us|ora)\b|\b(?<!-)mixtures?\b(?!-)|\bsources?$"
    r"|^sources?\b|数据|數據|语料|語料|データ|コーパス|데이터|말뭉치|코퍼스|данны|датасет|корпус"
    r"|datens[aä]tz|\bdaten\b|trainingsdaten|korpus|korpora|donn[eé]es|\bdatos\b|\bdados\b|\bdati\b"
    r"|conjuntos? de|(?:trainings|tränings|trenings|trænings)data|datengrundlage|\bveri(?: ?set\w*|ler\w*|si)?\b|\bdane\b|\bdanych\b"
    r"|بيانات|dữ liệu|डेटा|\badat(?:ok|hal)|training ?sets?\b|\btrain ?sets?\b|tuning sets?\b|\b(?:train(?:ing)?|data|sft|tuning) (?:mix|blend)\b|[训訓]练集|訓練集"
    r"|(?<!-)\btrain(?:ing|ed)?\s(?:audio|images?|texts?|materials?|speech|recordings|pairs|samples|prompts|videos?|documents)\W*$|\btrained on\W*$"
)
_OF_ANOTHER = re.compile(
    r"(?i)^(?:tokeni[sz]er|vocabulary|reward model|base model|teacher|classifier|filter|draft model)\b"
)
"""Data of a tool or of another model."""
_USED = re.compile(r"(?i)\bused?\b")
_AND = re.compile(r"(?i)\s(?:and|&|/)\s|\s?\(")
_EVALUATION = re.compile(
    r"(?i)\beval|\btest|\bvalidation\b|\bvalid\b|\bval\b|benchmark|\bresults?\b|performance|accuracy|metrics?\b"
    r"|\bscores?\b|\bmteb\b|\bbeir\b|leaderboard|calibrat|comparison|\bdev\b|held-?out|zero-?shot|few-?shot"
    r"|评测|评估|测试|評価|評測|결과|평가|оценк|тест|бенчмарк|результат|auswertung|ergebnis"
    r"|évaluation|resultados|evaluaci|avalia"
)
_BASE = re.compile(
    r"(?i)\bbase\b.{0,14}\bmodels?\b|\bbase(?: model)?$|^base\b.{0,16}\b(?:llm|checkpoint|weights|architecture)"
    r"|\b(?:parents?|backbone|foundation|underlying|starting)"
    r"\s?(?:language |speech )?(?:models?|checkpoints?|llms?|weights)?$"
    r"|\bsource models$|\b(?:source|original|upstream|pre-?trained)\s(?:language |speech )?(?:model|checkpoint|llm|weights)$"
    r"|\bfine-?\s?tuned?\s(?:from|of)\b|\bfinetuned from\b|\binitiali[sz]ed (?:from|with)\b|\binitiali[sz]ation$"
    r"|\bderived from\b|\badapted from\b|\bbuilt (?:on|upon|from)\b|\bbased on\b|\binit(?:ial)? (?:model|checkpoint|weights)"
    r"|\bquantized from\b|\bmerged? (?:of|models)\b|^merged?$|^models used$|^ingredients$|\bmodels merged\b|^parents?$|^backbone\b|^upstream\b"
    r"|基座|基础模型|基底模型|底座|ベースモデル|元モデル|事前学習済みモデル|기반 모델|베이스 모델|базов\w+ модел|исходн\w+ модел"
    r"|basis-?\s?modell|grundmodell|mod[eèê]le? de base|modelo base|modello base"
)
_NO_BASE = re.compile(
    r"(?i)structure|architecture|\btrain(?:ing)? |\bdata|\blicen|\bparam|size|layers?\b|tokeni[sz]er|card\b|paper|repository\b"
)
_ABOUT = re.compile(
    r"(?i)format|statistic|\bsize\b|pre-?\s?process|processing|split|hyper-?\s?param|procedure|\btime\b|hardware"
    r"|\bscript|\bcode\b(?!\s(?:data|corp))|\bloss|licen|freshness|cut-?off|strateg|framework|environment|infrastruct|limitation|\bbias"
    r"|parallel(?!\s(?:corp|data|text|sent|speech))|pipeline|\bnumber\b|\bcount\b|ratio|\btokens?\b|collection method|labell?ing|method\b|distribution"
    r"|cleaning|filter|template|\bconfig|setup|\bsteps?\b|epochs?|\blogs?\b|\bcosts?\b|\bregime\b|objective|\brate\b"
    r"|privacy|\bfields?\b|columns?|features|structure|download|\bcard\b|\bcuration|\bannotat|quality|governance"
    r"|modalit|propert(?:y|ies)\b|partition|\bperiod\b|factors|energy|duration|compute|\bgpus?\b|\bduration\b|stack\b|details\b.{0,4}$|参数|細節|超参"
)
_ABOUT_NOT = re.compile(
    r"(?i)train(?:ing)? (?:data|corp)\w*.{0,12}\bdetails|\bdata.{0,6}\bdetails|datasets? details"
)
_USE = re.compile(
    r"(?i)\busage|\buse\b|\bhow to|quick ?start|getting started|example|inference|install|intended|limitation|\bbias"
    r"|\brisks?\b|ethic|safety|citation|\bcit(?:e|ing)\b|bibtex|acknowledg|license|licence|contact|\bauthors?\b"
    r"|references?$|related|changelog|\bnews\b|updates?\b|\bfaq\b|deploy|environmental|carbon|links?$|demo\b"
    r"|supported languages|disclaimer|credits?|thanks|contribut|out-of-scope|requirements|files?\b|prompt|\bapi\b"
    r"|使用|引用|许可|ライセンス|使い方|라이선스|사용|лиценз|использ|nutzung|lizenz|uso\b|licence"
)
_RESULTS = re.compile(
    r"(?i)results?|metrics|scores?|performance|accuracy|zero-?shot|few-?shot|comparison"
)
_EVALUATION_FIRST = re.compile(
    r"(?i)^\W*(?:results?|eval|test|benchmark|performance|metrics|calibrat|validation)"
)
_PRETRAINING = re.compile(
    r"(?i)pre-?\s?train|预训练|預訓練|事前学習|사전\s?학습|предобуч|vortrain|préentra|preentren|\bcpt\b|mid-?train"
)
_FINETUNING = re.compile(
    r"(?i)fine-?\s?tun|\bsft\b|\bdpo\b|rlhf|post-?\s?train|instruct|preference|alignment|微调|监督|ファインチューニング"
    r"|미세|дообуч|downstream|adapter|\blora\b"
)


_OF_CODE = re.compile(
    r"(?i)\b(?:code|scripts?|repositor(?:y|ies)|repos?|notebooks?|implementations?)$|^model sources?\b(?! *models)"
)
"""Where to find code; "Model sources" is the heading of a template over a model's addresses."""


def _trains(text: str) -> bool:
    """Whether it speaks of training."""
    return _TRAINING.search(text) is not None or _RL.search(text) is not None


@lru_cache(maxsize=4096)
def topic_of(label: str) -> LabelTopic:
    """What ``label`` speaks of; :attr:`Topic.OTHER` for a sentence."""
    text = label.strip(" \t*_:#.-–—|()[]")
    return LabelTopic.USE if _OF_CODE.search(text[:_LONGEST]) else _topic_of(text)


def _topic_of(text: str) -> LabelTopic:
    if not text or len(text) > _LONGEST:
        return LabelTopic.OTHER
    if _BASE.search(text) and not _NO_BASE.search(text):
        return LabelTopic.BASE
    first = _AND.split(text, maxsplit=1)[0]
    if first != text and _DATA.search(first) and (_trains(first) or _ABOUT.search(text)):
        text = first
    data, training = _DATA.search(text), _trains(text) or _USED.search(text)
    about = _ABOUT.search(text) and not _ABOUT_NOT.search(text)
    if _EVALUATION.search(text):
        if (
            not _trains(text)
            or _EVALUATION_FIRST.match(text)
            or (not data and _RESULTS.search(text))
        ):
            return LabelTopic.EVALUATION
        if not data:
            return LabelTopic.TRAINING
    if data and (about or _OF_ANOTHER.match(text)):
        return LabelTopic.ABOUT_DATA
    if data and training:
        return LabelTopic.TRAINING_DATA
    if data:
        return LabelTopic.DATA if len(text.split()) <= 5 else LabelTopic.ABOUT_DATA
    return _other_topic(text)


def _other_topic(text: str) -> LabelTopic:
    """Topic of a label that speaks neither of data nor of a base model or evaluation."""
    if _USE.search(text):
        return LabelTopic.USE
    return LabelTopic.TRAINING if _trains(text) else LabelTopic.OTHER


@lru_cache(maxsize=1024)
def role_of(label: str) -> Role:
    """The role that a label or verb gives to what it names."""
    if _PRETRAINING.search(label):
        return Role.PRETRAINING
    return Role.FINETUNING if _FINETUNING.search(label) else Role.TRAINING


@lru_cache(maxsize=1024)
def section_topic(headings: tuple[str, ...]) -> tuple[LabelTopic, bool]:
    """Topic of the nearest heading that has one, and whether it is the innermost."""
    for depth, heading in enumerate(reversed(headings[-3:])):
        topic = topic_of(heading)
        if topic is LabelTopic.DATA and any(
            topic_of(h) is LabelTopic.EVALUATION for h in headings[-3:]
        ):
            return LabelTopic.EVALUATION, depth == 0
        if topic not in (LabelTopic.OTHER, LabelTopic.BASE):
            return topic, depth == 0
    return LabelTopic.OTHER, True
