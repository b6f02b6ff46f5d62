"""Words that tell a set's name from a machine, a method, a task, a language or a model."""

from __future__ import annotations

from provenance import lazy_re as re


def words_of(text: str) -> frozenset[str]:
    """The words of a block of text."""
    return frozenset(text.split())


def names_of(text: str) -> frozenset[str]:
    """The names of a block of text, one a line or several with ``;`` between them."""
    names = (name.strip() for name in text.replace("\n", ";").split(";"))
    return frozenset(name for name in names if name)


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of ``words`` stands anywhere in ``text``: a filter cheaper than a pattern."""
    for word in words:  # noqa: SIM110 - twice as fast as any() over a generator
        if word in text:
            return True
    return False


LANGUAGES = words_of(
    """
    afrikaans albanian amharic arabic armenian assamese azerbaijani bahasa basque belarusian
    bengali bosnian brazilian breton bulgarian burmese cantonese catalan cebuano chinese
    classical corsican croatian czech danish deutsch deutsche deutschen dutch english
    español esperanto estonian farsi filipino finnish flemish français française french
    frisian galician georgian german golang greek gujarati haitian hausa hebrew hindi
    hinglish hungarian icelandic igbo indian indic indonesian irish italian japanese java
    javanese javascript kannada kazakh khmer korean kurdish kyrgyz lao latin latvian
    lithuanian luxembourgish macedonian malagasy malay malayalam maltese mandarin manglish
    maori marathi moldavian mongolian moroccan nepali nordic norwegian occitan oriya pashto
    persian php polish portuguese punjabi python quechua romanian ruby russian sanskrit
    scandinavian scottish serbian sesotho shona simplified sindhi singlish sinhala slavic
    slovak slovenian somali spanish sundanese swahili swedish tagalog tajik tamil tatar
    telugu thai tibetan traditional tswana turkish turkmen ukrainian ukranian urdu uyghur
    uzbek vietnamese welsh western xhosa yiddish yoruba zulu
    """
)
"""Languages, adjectives of countries and programming languages: none names a set alone."""

GENERIC = words_of(
    """
    a about above across additional all also an and annotated any approximately around
    benchmark main
    available based basic best better big bigger both box broad cased clean cleaned
    code-mixed codemix codemixed collected collection collections colloquial combination
    combined common concatenation corpora corpus custom data datas dataset datasets datset
    datsets dedup deduplicated deeper dev development different diverse document documents
    domain downstream dump dumps each english-language entire equal etc example examples
    existing few filtered final following for freely from full general good half here huge
    human i.e in in-domain in-house included internal it its labeled labelled language
    languages large larger largest latest list local longer majority many massive million
    millions mixed mixture ml monolingual more most multi multilingual multiple my names
    nearly new number of official on one only open-source original other our own pairs
    paragraphs parallel part partially particular parts plain popular portion pre-processed
    preprocessed private processed proprietary public publicly random raw recent related
    resources same sample samples scraped section selected sentence sentences sequences set
    sets several shorter similar single size small smaller some source sources special
    specific specified split splits standard state-of-the-art subset subsets such synthetic
    target task tasks test text texts that the their them these this those thousands three
    title titles to token tokens total train train-set train/dev training trainset
    translated translations two type types uncased under unlabeled unlabelled unsupervised
    used user using validation variety various version very vocabulary well-known which
    whole wider with words written
    """
)
"""Words that describe data and say nothing of what it is or where it comes from."""

KINDS = words_of(
    """
    abstract abstracts answer answers article articles audio blog blogs book books code
    comment comments conversation conversations crawl crawled database dialogue dialogues
    discussion discussions fiction file files forms forum forums hours image images internet
    labels majority media metrics model models news newspaper newspapers non-fiction notes
    novels online pages papers post posts question questions review reviews speech
    statistics stories subtitles tweets utterances web webpage webpages website websites
    wikis
    """
)
"""Kinds of material: they describe data, and are no proper names even with a capital."""

DETERMINERS = words_of(
    """
    the a an all our my its their this that these both some only either also of on from in
    over with and about to at by be is are was more than just namely such
    """
)
"""Words that never start a name, whatever their case."""

LEADING = words_of(
    """
    mainly mostly majorly primarily first standard official original full entire whole
    complete public publicly publically available open well-known popular so-called various
    several many new recent following combination combined concatenation concatenated
    mixture mix union collection set subset sub-sample subsample portion part parts section
    split splits version variant dump dumps latest training train dev test validation
    development large larger largest small huge big massive filtered cleaned deduplicated
    de-duplicated shuffled preprocessed processed uncased cased unlabeled unlabelled raw
    multiple different two three four five six approximately aproximately around roughly
    nearly almost like as dataset datasets data corpus corpora sets example examples sample
    samples sentence sentences text texts article articles abstract abstracts note notes
    review reviews document documents words tokens chars characters pairs pages papers posts
    датасете датасет датасета корпусе корпус наборе данных datensatz Datensatz Korpus dem der den conjunto dados datos
    de corpora dumping called named titled known includes include including comprising comes
    """
)
"""Words that, in lower case, lead up to a name without being part of it."""

OPENERS = words_of(
    """
    the this these that those we our it they he she i you a an for in on as to note see
    please when while after before then there here however also more most all both each by
    with from if using used given since based
    """
)
"""Words with a capital only because they start a sentence."""

LOWER_NAMES = words_of(
    """
    amazon arxiv bookcorpus cc100 cnn cnn_dailymail cnndm coco commoncrawl conll cord19
    dailymail daizhige europarl europeana facebook gigaword glue hardwarezone imagenet imdb
    instagram laion librispeech mimic mnli msmarco multinli ontonotes openlegaldata
    opensubtitles openwebtext oscar paracrawl pubmed quora reddit snli squad squadv1 squadv2
    superglue tatoeba twitter tydiqa wattpad wikiann wikidata wikipedia wikitext xnli xquad
    xsum yelp youtube
    """
)
"""Names that card writers often write in lower case."""

KNOWN_NAMES = re.compile(
    r"(?i)\b(?:common ?crawl|news ?crawl|open ?subtitles|book ?corpus|books ?corpus|webtext"
    r"|open ?web ?text"
    r"|stack ?exchange|daily ?mail|natural questions|big ?patent)\b"
)
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


SET_WORD = re.compile(
    r"(?i)\b(?:data-?\s?sets?|dataet|datsets?|(?:sub-?)?corpus|(?:sub-?)?corpora|data|dumps?"
    r"|treebanks?|collections?"
    r"|benchmark|korpus|datensatz|conjunto de datos|jeu de données|dados)\b"
)
MACHINE = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""[gct]pus? tpu\S* (?:\d+x)?[abhlpv]\d{2,3}[xg]?[\w-]{0,10} colab\w* tesla nvidia \w{0,3}v100s? p100 a100s? k80 t4 rtx gtx titan
        cores?
        nodes? clusters? hours? days? weeks? epochs? steps? batch\w* ram machine laptop
        sagemaker servers? hardware h\d{3}s? a\d{2,3}s? \w{1,3}-series l40s?
        supercomputer\w* [pgc]\d\w{0,3}\sinstances? workstation kaggle\skernels? pods? iterations? seeds? fp16 vram tfrc ubuntu linux macos cuda"""
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
        trl unsloth axolotl llama-?factory peft q?lora megatron\S* accelerate autotrain mlx fsdp
        platform (?:tencent|google|alibaba|baidu|oracle|amazon)\scloud dreambooth\sscript precision trainer wrapper farm flair jax flax deepspeed whole\sword attention
        thresholds? confidences? self-supervised fashion supervised unsupervised way manner average code\sfrom allennlp
        spacy ktrain ones locales?"""
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
        nan none n/?a unknown tbd todo (?:more\s)?information\sneeded needs\smore\sinformation english
        (?:test|dev|eval|evaluation|train|training|validation)\s(?:sets?|splits?|data)
        (?:the\s|our\s|its\s|original\s|research\s|technical\s|tech\s|white)*(?:paper|report)s?
        microsoft google meta openai nvidia nuance ibm alibaba deepmind eleutherai hugging\sface tencent baidu
        dataset\sids? (?:an?\s)?unknown\sdata-?set (?:none|null|unknown|custom)\sdata-?set
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
PAPER_HOST = re.compile(
    r"(?i)arxiv\.org|doi\.org|aclweb|aclanthology|openreview|semanticscholar\.org/paper|biorxiv"
    r"|sciencedirect|springer|acm\.org|mdpi|proceedings|\.pdf$"
)
NOT_DATA_HOST = re.compile(
    r"(?i)wikipedia\.org/wiki/|twitter\.com|linkedin\.com|facebook\.com/[^/]+/?$|medium\.com"
    r"|colab\.research|youtube\.com|nvidia\.com|pytorch\.org|tensorflow\.org(?!/datasets)|wandb\.ai"
    r"|creativecommons|/blob/[^\s]{0,200}\.(?:py|ipynb|sh)\b|transformers/(?:tree|blob)"
    r"|huggingface\.co/(?:transformers|docs|blog|spaces)|google-research/(?:bert|electra|albert)\b"
    r"|/fairseq|pretrained-model/"
)
"""Addresses that are pages about something, code or people; never a set's own page."""
