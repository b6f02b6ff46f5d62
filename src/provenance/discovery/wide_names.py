"""Names of sets in Chinese, Japanese and Korean text.

Links, Latin words, what stands in quotes, and words with "corpus" or "dataset" behind them
(``百鸟语料库``, ``鳥類コーパス``, ``새소리 말뭉치``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.discovery.document import MARKS, Passage
from provenance.discovery.name_words import tidy
from provenance.discovery.prose_items import NamedSet, named_in
from provenance.discovery.prose_lexicon import words_of

_LONGEST_DESCRIPTION = 160
_WIDE_SET = re.compile(r"数据|數據|语料|語料|データ|コーパス|데이터|말뭉치")
_WIDE_STOP = re.compile(r"[，。；;、（(]")
_WIDE_NAME = re.compile(
    rf"[「『《“](?P<quoted>[^」』》”]{{2,40}})[」』》”]|[{MARKS}]"
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_.+/-]+(?:[ ][A-Za-z0-9][A-Za-z0-9_.+/-]*){0,4}"
)
_WIDE_NO_SET = re.compile(
    r"\W{0,3}(?:\([^()]{0,40}\))?\W{0,4}(?:系统|框架|方法|模型|管道|蒸馏|技术|工具|について|などの|を除|以外|モデル|システム|手法|모델|을 기반|를 기반|기반)"
)
"""Behind a name: it is a system, a method or a model."""
_CALLED = re.compile(
    r"(?P<name>[\u30a0-\u30ff\u3400-\u9fff]{2,20}|[\uac00-\ud7af]{2,12}\s?)"
    r"(?P<kind>语料库|語料庫|语料集|数据集|數據集|コーパス|データセット|말뭉치|코퍼스)"
)
"""A name with what says that it is a set's; Japanese ones end at hiragana."""
_LEADS_UP = re.compile(
    r"(?:[在于於用以为為对對与與及和从從将將把是过過的作]|基于|使用|利用|采用|来自|包括|包含|通过|以及|名为)"
)
"""Words before a Chinese name that are no part of it."""
_GENERAL_WORDS = words_of(
    """
    事前学習 通用领域 中国語 互联网 低质量 多言語 多语言 多領域 多领域 大規模 大规模 学習用 无监督 日本語 有监督 結構化 结构化 訓練用 训练用 跨语言 韓国語 預訓練
    预训练 验证用 高品質 高质量 고품질 다양한 대규모 텍스트 한국어 三个 上記 上述 下游 下記 不同 专业 两个 中國 中文 中英 代码 以上 以下 任务 偏好 全部 公共
    公开 公開 其他 其余 其它 内部 几个 医学 医疗 医療 单一 单语 原始 双语 各种 各类 各類 合成 同一 問答 因果 图像 图文 圖像 垂直 多个 多样 多樣 多语 大型
    大量 学習 學習 完整 对应 对话 対訳 対話 專業 對話 小型 少量 已有 平行 开源 微調 微调 情感 我们 我們 所有 指令 指示 推理 教師 教育 数学 整个 文字 文本
    文章 新聞 新闻 日文 日语 构建 标准 标注 案例 检验 検証 構建 標註 模型 法律 测试 海量 混合 清洗 測試 独自 现有 画像 监督 相关 相应 社内 私有 科学 精心
    網頁 网页 翻訳 翻译 自作 自制 自建 自有 英文 英語 视频 訓練 評価 評測 語音 训练 评估 评测 语音 过滤 这个 这些 這些 通用 那个 部分 醫療 金融 開源 问答
    雙語 韩文 音声 音频 領域 领域 验证 공개 공공 구축 기타 내부 다음 대화 번역 병렬 사전 여러 영어 원본 음성 자체 평가 학습 합성 해당 훈련 个 其 化 它 性
    新 旧 本 此 用 的 種 等 类 该 这 這 類 위 이
    """
)
"""Words that say of what kind a set is, and do not name it."""


def wide_names(passage: Passage, phrase: str) -> list[NamedSet]:
    """Names in Chinese, Japanese or Korean text: links, Latin words, what stands in quotes.

    Without any, the phrase up to its first stop describes the data.
    """
    sets = []
    says = bool(_WIDE_SET.search(phrase))
    for match in _WIDE_NAME.finditer(phrase):
        if _WIDE_NO_SET.match(phrase[match.end() :][:24]):
            continue
        part = match["quoted"] or match[0]
        named = named_in(passage, part)
        if match["quoted"] and (named is None or not named.proper):
            named = NamedSet(part.strip(), None, None, True, says, part)
        if named is not None and named.proper:
            sets.append(replace(named, says_set=named.says_set or says))
    if not any(mark.url for mark in passage.marks):  # else links name them, and words do again
        sets += _called(phrase, [n.name for n in sets])
    if sets or not says:
        return sets
    words = tidy(passage.words(_WIDE_STOP.split(phrase)[0]))
    return (
        [NamedSet(words, None, None, False, True, words)]
        if 1 < len(words) < _LONGEST_DESCRIPTION
        else []
    )


def _called(phrase: str, known: list[str]) -> Iterator[NamedSet]:
    """Names with "corpus" or "dataset" behind them that are more than words for a kind."""
    for match in _CALLED.finditer(phrase):
        leads = [m.end() for m in _LEADS_UP.finditer(match["name"]) if m.end() < len(match["name"])]
        name = match["name"][max(leads, default=0) :].strip()
        if len(name) < _SHORTEST or _is_general(name) or any(name in k for k in known):
            continue
        whole = f"{match['name'][match['name'].index(name) :]}{match['kind']}"
        yield NamedSet(whole, None, None, True, True, whole)


_SHORTEST = 2
_LONGEST_WORD = 4


def _is_general(name: str) -> bool:
    """Whether ``name`` is made of words for a kind alone, the longest first."""
    at = 0
    while at < len(name):
        sizes = range(min(_LONGEST_WORD, len(name) - at), 0, -1)
        size = next((n for n in sizes if name[at : at + n] in _GENERAL_WORDS), 0)
        if not size and not name[at].isspace() and not name[at].isdigit():
            return False
        at += size or 1
    return True
