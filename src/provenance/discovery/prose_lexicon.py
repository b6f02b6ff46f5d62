"""Words that tell a set's name from a machine, a method, a task, a language or a model."""

from __future__ import annotations

import re

LANGUAGES = frozenset(
    [
        "afrikaans",
        "albanian",
        "amharic",
        "arabic",
        "armenian",
        "assamese",
        "azerbaijani",
        "bahasa",
        "basque",
        "belarusian",
        "bengali",
        "bosnian",
        "brazilian",
        "breton",
        "bulgarian",
        "burmese",
        "cantonese",
        "catalan",
        "cebuano",
        "chinese",
        "corsican",
        "croatian",
        "czech",
        "danish",
        "dutch",
        "english",
        "esperanto",
        "estonian",
        "farsi",
        "filipino",
        "finnish",
        "flemish",
        "french",
        "frisian",
        "galician",
        "georgian",
        "german",
        "greek",
        "gujarati",
        "haitian",
        "hausa",
        "hebrew",
        "hindi",
        "hinglish",
        "hungarian",
        "icelandic",
        "igbo",
        "indian",
        "indic",
        "indonesian",
        "irish",
        "italian",
        "japanese",
        "javanese",
        "kannada",
        "kazakh",
        "khmer",
        "korean",
        "kurdish",
        "kyrgyz",
        "lao",
        "latin",
        "latvian",
        "lithuanian",
        "luxembourgish",
        "macedonian",
        "malagasy",
        "malay",
        "malayalam",
        "maltese",
        "mandarin",
        "manglish",
        "maori",
        "marathi",
        "moldavian",
        "mongolian",
        "moroccan",
        "nepali",
        "nordic",
        "norwegian",
        "occitan",
        "oriya",
        "pashto",
        "persian",
        "polish",
        "portuguese",
        "punjabi",
        "quechua",
        "romanian",
        "russian",
        "sanskrit",
        "scandinavian",
        "scottish",
        "serbian",
        "sesotho",
        "shona",
        "sindhi",
        "singlish",
        "sinhala",
        "slavic",
        "slovak",
        "slovenian",
        "somali",
        "spanish",
        "sundanese",
        "swahili",
        "swedish",
        "tagalog",
        "tajik",
        "tamil",
        "tatar",
        "telugu",
        "thai",
        "tibetan",
        "tswana",
        "turkish",
        "turkmen",
        "ukrainian",
        "ukranian",
        "urdu",
        "uyghur",
        "uzbek",
        "vietnamese",
        "welsh",
        "western",
        "classical",
        "simplified",
        "traditional",
        "xhosa",
        "yiddish",
        "yoruba",
        "zulu",
        "deutsch",
        "deutsche",
        "deutschen",
        "español",
        "française",
        "français",
    ]
)
"""Names of languages and the adjectives of their countries, and programming languages: no set is named by one alone."""

GENERIC = frozenset(
    """a about above additional all also an and annotated any approximately around available based
    basic best big both box broad clean cleaned code-mixed codemix codemixed collected
    collection collections colloquial combination combined common concatenation corpora corpus
    cased custom data datas dataset datasets datset datsets deduplicated dedup different diverse
    document documents domain downstream dump dumps each english-language entire equal etc
    example examples existing few filtered final following for freely from full general good half
    here huge human i.e in in-domain in-house included internal its labeled labelled language
    languages large larger largest latest list local majority many massive mixed mixture ml
    monolingual more most multi multilingual multiple my names nearly new number of official
    on one only open-source original other our own pairs paragraphs parallel part particular
    partially parts plain popular portion pre-processed preprocessed private processed
    proprietary public publicly random raw recent related resources same sample
    samples scraped section selected sentence sentences sequences set sets several similar single
    size small some source sources special specific specified split splits standard
    state-of-the-art subset subsets such synthetic target task tasks test text texts that the
    their them these this those three title titles to token tokens total train training translated
    translations two type types uncased unlabeled unlabelled unsupervised used user using
    validation variety various very version vocabulary well-known which whole with words written
    dev development train/dev train-set trainset it millions thousands million""".split()
)
"""Words that describe data and say nothing of what it is or where it comes from."""

KINDS = frozenset(
    """abstract abstracts answer answers article articles audio blog blogs book books code
    comment comments conversation conversations crawl crawled database dialogue dialogues
    discussion discussions file files forum forums hours image images internet majority media news
    newspaper newspapers notes novels online pages papers post posts question questions reviews
    speech stories tweets utterances web webpage webpages website websites forms labels metrics
    statistics model models wikis fiction non-fiction articles""".split()
)
"""Kinds of material: they describe data, and are no proper names even with a capital."""


def any_of(words: str) -> str:
    """Alternatives of a regular expression, one after another, from a block of words.

    Outside parentheses, alternatives are separated by ``|`` or white space; a space within one
    is written ``\\s``.

    >>> any_of("data corpus|(?:train | test)\\sset")
    'data|corpus|(?:train|test)\\\\sset'
    """
    found, word, depth = [], "", 0
    for char in words + " ":
        depth += (char == "(") - (char == ")")
        if char.isspace() or (char == "|" and depth == 0):
            if depth == 0 and word:
                found.append(word)
                word = ""
        else:
            word += char
    return "|".join(found)


SET_WORD = re.compile(
    r"(?i)\b(?:data-?\s?sets?|dataet|datsets?|corpus|corpora|data|dumps?|treebanks?|collections?"
    r"|benchmark|korpus|datensatz|conjunto de datos|jeu de données|dados)\b"
)
MACHINE = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""[gct]pus? tpu\w* colab\w* tesla nvidia v100s? p100 a100s? k80 t4 rtx gtx titan cores?
        nodes? clusters? hours? days? weeks? epochs? steps? batch\w* ram machine laptop
        kaggle\skernels? pods? iterations? seeds? fp16 vram tfrc"""
    )
    + r")\b"
)
METHOD = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""pytorch tensorflow keras transformers? hugging\s?face fairseq simple-?transformers
        scripts? notebooks? codebase repository repositories github\srepo library libraries
        framework toolkit tokeni[sz]ers? sentence-?piece wordpiece bpe objectives? loss
        optimi[sz]er adam\w* learning\srate rate hyper-?\s?parameters? parameters? params?
        settings? setup regime procedure strategy strategies technique\w* method\w* recipe
        algorithm architectures? language\smodell?ing masked masking mlm clm nsp
        next\ssentence distillation scratch pooling softmax weights? checkpoints? embeddings?
        layers? heads? vocab\w* lengths? config\w* arguments flags command commands backbone
        precision trainer wrapper farm flair jax flax deepspeed whole\sword attention
        self-supervised fashion supervised unsupervised way manner average code\sfrom allennlp
        spacy ktrain ones"""
    )
    + r")\b"
)
TASK = re.compile(
    r"(?i)(?:^|\b)(?:"
    + any_of(
        r"""summari[sz]ation translation classification recognition answering tagging detection
        generation extraction identification entailment inference\stask similarity tasks? ner
        pos nli nlu nlp qa q&a nlg sts sentiment\sanalysis mlm lm asr modeling modelling parsing
        segmentation scoring ranking retrieval"""
    )
    + r")$"
)
NOT_A_NAME = re.compile(
    r"(?i)^(?:"
    + any_of(
        r"""here links? this that these those it them paper our\spaper blog blogpost blog\spost
        code repo repository github website homepage dataset\scard more details card models?
        license documentation docs page source download official arxiv the see script notebook
        colab demo config readme here\stoo evaluation results? performance test dev train
        training validation authors? section appendix table figure same same\sdata another
        others? top end case order particular general addition total detail future both fact
        nan none n/?a unknown tbd todo more\sinformation\sneeded needs\smore\sinformation english
        hub space spaces article wiki doc training,?\setc"""
    )
    + r")$"
)
MODEL_WORD = re.compile(
    r"(?i)(?:\b|_)(?:"
    + any_of(
        r"""\w{0,12}bert\w{0,8} \w{0,8}gpt\w{0,6} m?t5 byt5 m?bart\w{0,6} \w{0,4}electra\w{0,4}
        electricidad xlnet xlm\w{0,3} \w{0,8}roberta\w{0,4} longformer reformer pegasus
        marian\w{0,3} wav2vec\w{0,8} vit clip beto beit llama\w{0,4} mistral\w{0,4} mixtral opt
        bloom\w{0,2} pythia falcon minilm mpnet layoutlm\w{0,3} luke flan whisper hubert
        resnet\w{0,4} stable[-\s]diffusion xlm-r ernie deit swin funnel bigbird qwen\w{0,4}
        gemma\w{0,4} phi unilm prophetnet umberto led fnet canine rembert yi deepseek\w{0,4}
        speecht5 trocr donut blip\w{0,2} wavlm data2vec convnext yolo\w{0,4} transformer-xl"""
    )
    + r")(?:\b|_)"
)
"""Names of model families; a phrase holding one names a model unless it says dataset."""
PAPER_HOST = re.compile(
    r"(?i)arxiv\.org|doi\.org|aclweb|aclanthology|openreview|semanticscholar\.org/paper|biorxiv"
    r"|sciencedirect|springer|acm\.org|mdpi|proceedings|\.pdf$"
)
NOT_DATA_HOST = re.compile(
    r"(?i)wikipedia\.org/wiki/|twitter\.com|linkedin\.com|facebook\.com/[^/]+/?$|medium\.com"
    r"|colab\.research|youtube\.com|nvidia\.com|pytorch\.org|tensorflow\.org|wandb\.ai"
    r"|creativecommons|/blob/[^\s]{0,200}\.(?:py|ipynb|sh)\b|transformers/(?:tree|blob)"
    r"|huggingface\.co/(?:transformers|docs|blog|spaces)|google-research/(?:bert|electra|albert)\b"
    r"|/fairseq|pretrained-model/"
)
"""Addresses that are pages about something, code or people; never a set's own page."""
