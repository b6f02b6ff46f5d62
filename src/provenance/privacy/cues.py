"""Words by which a card documents something, in English.

A cue has keywords, all lower case, that are looked for first because that is cheap, and a pattern
that the line around a keyword must match. Patterns are held against lower-cased lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from re import Pattern

from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic

_NEGATED = re.compile(
    r"\b(?:no|not|without|none|never|nor|neither|free of|exclud\w+|n't|cannot|unlikely|avoid\w*"
    r"|unknown|unclear)\b[^.;:]{0,60}$"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """How one topic is recognised in a line of text."""

    topic: Topic
    detail: str
    status: str
    keywords: tuple[str, ...]
    pattern: Pattern[str]
    affirmative: bool = True
    """Whether a negation before the words takes their meaning away."""

    def find(self, line: str) -> str | None:
        """The words in a lower-cased line that say it, or ``None``."""
        match = self.pattern.search(line)
        if match is None:
            return None
        if self.affirmative and _NEGATED.search(line, max(0, match.start() - 90), match.start()):
            return None
        return match[0]


def _cue(
    topic: Topic,
    keywords: str,
    pattern: str,
    detail: str = "",
    status: str = INDICATED,
    *,
    affirmative: bool = True,
) -> Cue:
    words = tuple(word.strip() for word in keywords.split("|"))
    return Cue(topic, detail, status, words, re.compile(pattern), affirmative)


_PEOPLE = r"(?:users?|people|persons?|participants?|patients?|speakers?|authors?|subjects?|individuals?|customers?|respondents?|citizens?|students?|contributors?|annotators?)"

CUES: tuple[Cue, ...] = (
    _cue(
        Topic.LAWFUL_BASIS,
        "lawful basis|legal basis|legitimate interest|gdpr|data protection regulation|art. 6",
        r"(?:lawful|legal) basis|legitimate interests?|gdpr|data protection regulation|\bart(?:icle|\.) ?6\b",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.CONSENT,
        "consent|agreed to|donat|volunteer",
        r"\b(?:informed|explicit|written|prior|parental|speaker'?s?|user|participant)s?'? consent|consent(?:ed)? (?:from|of|by|to|was|were|form|has|have)|"
        r"(?:gave|given|with|obtain\w*|provid\w+|collect\w*) (?:\w+ ){0,3}consent|"
        rf"{_PEOPLE} (?:have |had |who )?agreed to|donated (?:their|by)|"
        rf"recorded by volunteer|volunteer(?:s|ed)? (?:speakers?|record\w*|donat\w*|contribut\w*|who)",
        status=DOCUMENTED,
    ),
    _cue(
        Topic.NO_CONSENT,
        "consent",
        r"\b(?:did|do|does|was|were|is|are|have|has|had|could|can)(?: not|n't) (?:\w+ ){0,4}consent"
        r"|\bno (?:\w+ ){0,2}consent (?:was|were|has|is)"
        r"|without (?:the |their |explicit |prior |informed |user |users' )+consent",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "patient|medical record|health record|clinical|diagnos",
        r"\bpatients?'?s? (?:data|records?|notes?|reports?|questions?|information|conversations?|dialogues?|messages|histor\w+)|"
        r"(?:medical|health|clinical|hospital|discharge) (?:records?|notes?|summar(?:y|ies)|histor(?:y|ies))\b|"
        r"(?:data|records?|scans?|images|reports?|samples|collected|obtained|dialogues?|conversations?) (?:of|from|by|between|about|on) (?:\w+ ){0,3}patients?\b|"
        r"mental health (?:posts?|status|conditions? of)|self-reported diagnos",
        "health",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "ethnic|racial|race",
        rf"(?:racial|ethnic)(?: or ethnic| and racial)? (?:origins?|identit\w+|backgrounds?) of (?:the )?{_PEOPLE}|"
        rf"(?:race|ethnicity|ethnic groups?) (?:of|for) (?:each |the |every )?{_PEOPLE}|"
        rf"{_PEOPLE}(?:'s?|s') (?:self-reported )?(?:race|ethnicity|ethnic)\b|identity categor\w+ [^.]{{0,40}}(?:race|ethnic)|"
        r"(?:reveals?|information (?:about|on)) [^.]{0,60}\b(?:racial|ethnic|race|ethnicit)\w*|(?:multiple|different|\d+) rac(?:es|e groups)\b",
        "ethnic origin",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "political",
        r"political (?:opinions?|affiliations?|leanings?|orientations?|ideolog(?:y|ies)|views) of (?:the |each )?(?:\w+ )?"
        rf"{_PEOPLE}|(?:reveals?|contain\w*|information (?:about|on)) [^.]{{0,60}}political (?:opinions?|affiliations?|views)",
        "political opinions",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "religio",
        rf"religio(?:n|us beliefs?|us affiliations?) of (?:the |each )?{_PEOPLE}|"
        r"(?:reveals?|information (?:about|on)) [^.]{0,60}\breligio(?:n|us (?:beliefs?|affiliations?))\b",
        "religious beliefs",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "sexual orientation|sex life",
        rf"(?:reveals?|information (?:about|on)|{_PEOPLE}(?:'s?|s')) [^.]{{0,60}}(?:sexual orientations?|sex life)",
        "sexual orientation",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "biometric|genetic data|genomes of|dna samples",
        r"biometric (?:data|identif\w+|information|features|samples)|genetic data (?:of|from)|genomes of (?:human|patients|individuals)|dna samples",
        "biometric or genetic",
    ),
    _cue(
        Topic.CRIMINAL,
        "criminal|convict|offender|arrest|recidivism|inmate|crimes committed",
        r"criminal (?:records?|histor(?:y|ies)|convictions?|charges|cases|proceedings|judgments?|defendants?)|convictions of|\boffenders?\b(?! language)|"
        r"arrest records?|recidivism|\binmates?\b|persons? convicted|crimes committed by",
    ),
    _cue(
        Topic.CRAWL,
        "scrape|scrapi|crawl|common crawl",
        r"\b(?:web[- ]?)?(?:scraped|scraping|crawled|crawling|web ?crawls?|crawls? of|common ?crawl)\b",
    ),
    _cue(
        Topic.CRAWLER,
        "crawler|scrapy|ccbot|commoncrawl|common crawl|beautifulsoup|beautiful soup|selenium|img2dataset|trafilatura|snscrape|pushshift|twint|tweepy|scraper|api",
        r"\b(?:web )?(?:crawler|scraper)s?\b|scrapy|ccbot|common ?crawl|beautiful ?soup|selenium|img2dataset|trafilatura|snscrape|pushshift|twint|tweepy|"
        r"(?:using|through|via|with) (?:the )?(?:\w+ ){0,3}api\b",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.CRAWL_PERIOD,
        "scrape|scrapi|crawl|collected|between|from|until|snapshot|dump",
        r"(?:scrap|crawl|collect|snapshot|dump)[^\n]{0,160}\b(?:19|20)\d\d\b|\bcc-main-20|"
        r"\b(?:19|20)\d\d\b[^.]{0,80}(?:scrap|crawl|collect|snapshot|dump)",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.CRAWL_DOMAINS,
        "scrape|scrapi|crawl",
        r"(?:scrap|crawl)\w* [^\n]{0,160}(?:https?://|\bwww\.|\b[a-z0-9-]{2,}\.(?:com|org|net|edu|gov|io|ru|de|fr|es|it|cn|jp|in|uk|info)\b)|"
        r"common ?crawl|(?:scrap|crawl)\w* (?:\w+ ){0,4}(?:wikipedia|reddit|twitter|github|youtube|instagram|stack ?overflow|imdb|amazon|tripadvisor)",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.TDM_RESERVATION,
        "robots.txt|text and data mining|ai.txt|noai|opt-out|opt out|opted out|tdm",
        r"robots\.txt|text[- ]and[- ]data[- ]mining|\btdm\b|\bai\.txt|\bnoai\b|opt(?:ed)?[- ]out",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.REMOVAL_ROUTE,
        "opt-out|opt out|removal|take down|takedown|take-down|removed from|be removed|deletion",
        r"opt(?:ed|ing)?[- ]out|(?:removal|deletion|take-?down) (?:request|form|procedure|polic|of your|of their)|"
        r"request\w* (?:\w+ ){0,4}(?:removal|deletion|be removed)|notice (?:and|&) take ?down|take-?down|"
        r"(?:want|wish|like|ask)\w* (?:\w+ ){0,6}(?:to be )?(?:remov\w+|delet\w+) (?:from|your|their|it)|contact us (?:\w+ ){0,8}remov\w+",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.CONTACT,
        "point of contact|contact|@",
        r"(?:point of )?contact(?:\*\*)? ?:(?:\*\*)? *[^\s*:].{2,}|[\w.+-]{2,}(?:@| ?\[at\] ?)[\w-]+\.[a-z]{2,}|(?:please |can |feel free to )contact (?:us|me|the|him|her)\b|mailto:",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.ANONYMISED,
        "anonymi|pseudonym|de-identif|deidentif|redact|masked|hashed|removed|replaced",
        r"anonymi[sz]\w+|pseudonymi[sz]\w+|de-?identif\w+|\bredact\w+|"
        r"(?:names?|user ?names?|e-?mails?|\bpii\b|personal (?:data|information|identif\w+|details)|identif\w+ information|phone numbers?|addresses|mentions|handles)"
        r"[^.]{0,50}\b(?:removed|replaced|masked|hashed|filtered|stripped|scrubbed)|"
        r"(?:remov|replac|mask|hash|filter|strip|scrub)(?:ed|ing|es) [^.]{0,40}(?:\bpii\b|personal (?:data|information|identif\w+)|user ?names|e-?mails|phone numbers)",
        status=DOCUMENTED,
    ),
    _cue(
        Topic.PEOPLE_MEDIA,
        "face|portrait|selfie|pedestrian|photo|celebrit",
        r"\b(?:human |people'?s? |celebrity |facial )faces?\b|(?<!hugging )\bfaces? (?:images?|photos?|datasets?|recognition|detection|of (?:people|celebrities|persons))|facial (?:images?|recognition|expressions?)|"
        r"selfie (?:images?|photos?|pictures)|selfies of people|portraits? of (?:people|persons|individuals)|pedestrian (?:images?|detection|videos?|tracking)|(?:photos?|photographs?|pictures|images) of (?:real )?(?:people|persons|humans|celebrities|individuals|men|women)\b",
        "image",
    ),
    _cue(
        Topic.PEOPLE_MEDIA,
        "video",
        r"videos? (?:recordings? )?of (?:\w+ )?(?:people|persons|humans|participants|speakers|signers|individuals|patients)|(?:people|persons|signers|speakers) in (?:the )?videos?",
        "video",
    ),
    _cue(
        Topic.PEOPLE_MEDIA,
        "speech|speaker|voice|spoken|audio",
        r"(?<!hate[ -])(?<!hope[ -])(?<!hateful )(?<!offensive )(?<!toxic )(?<!counter )(?<!free )(?<!of )\bspeech (?:corpus|recordings?|data(?:set)?|samples)\b|(?:train\w*|used? (?:for|in)|benchmark for) (?:\w+ ){0,4}speech[- ]recognition|(?:native|male|female|different|\d+|number of|single|volunteer) speakers?\b[^.]{0,60}(?:record|audio|speech|hours)|"
        r"voice (?:recordings?|samples|clips|actors?|data)|(?:audio|voice) recordings? of|recorded (?:by|from) (?:\w+ ){0,4}speakers?|hours of (?:\w+ ){0,3}(?:speech|audio|recordings)",
        "audio",
    ),
    _cue(
        Topic.CHILDREN,
        "child|minors|pupils|under 18|under 13|kids|adolescen|teenager",
        r"child(?:ren)?'?s? (?:speech|voices?|recordings?|photos|images of|data\b)|(?:data|speech|photos|images|videos|recordings?|texts?|posts?|essays?|stories|interviews) (?:of|from|by|about|produced by|written by|with) (?:\w+ ){0,3}(?:children|minors|pupils|kids|teenagers|adolescents)|"
        r"(?:children|minors|pupils|kids|adolescents) (?:were|was|who) (?:recorded|asked|interviewed|participat\w+|wrote)|(?:includ\w+|contain\w*|involv\w+) (?:\w+ ){0,3}(?:minors|underage)|"
        r"under the age of \d|\bage[^.]{0,20}\bunder (?:13|16|18)\b|under (?:13|16|18) years|child sexual|child-directed speech",
    ),
    _cue(
        Topic.TRANSFER,
        "third countr|outside the eu|outside of the eu|outside the european|standard contractual|adequacy decision",
        r"third countr(?:y|ies)|outside (?:of )?the (?:eu|eea|european)\b|standard contractual clauses|adequacy decision",
    ),
    _cue(
        Topic.USER_CONVERSATIONS,
        "conversation|chat|sharegpt|wildchat|lmsys|whatsapp|telegram|discord|private message|support ticket|e-mails|emails",
        r"(?:conversations?|chats?|dialogues?|messages) (?:of|by|from|with|between) (?:real |actual |human )?(?:users?|customers?|people)\b|\buser(?:s'|'s)? (?:conversations?|chats?|chat logs|messages|prompts)|"
        r"\bchat logs?\b|sharegpt|wildchat|lmsys-chat|whatsapp (?:chats?|messages|groups?)|telegram (?:chats?|groups?)|discord (?:chats?|messages|conversations)|"
        r"(?:contain\w*|includ\w+|dataset of) [^.]{0,40}private messages|support tickets|(?:customer|employee|corporate) e-?mails|enron",
    ),
    _cue(
        Topic.GATE_TERMS,
        "re-identif|reidentif|identity of|you agree|by downloading|must delete|agree to delete",
        r"(?:not|never) (?:to )?(?:attempt |try )?(?:to )?(?:re-?identif\w+|determine the identity|identify (?:any|the|individual))|"
        r"(?:you|users?|researchers?) (?:must|agree to|shall|will) (?:\w+ ){0,4}(?:delete|destroy|remove)\b|by (?:downloading|accessing|using)[^.]{0,80}\bagree\b[^.]{0,120}(?:identi|delet|redistribut|third part)",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.WITHDRAWN,
        "taken down|withdrawn|no longer available|no longer distributed|defunct|retracted",
        r"(?:dataset|data|corpus|it|set|this) (?:has been|was|is|have been|were) (?:\w+ )?(?:taken down|withdrawn|retracted|no longer (?:available|distributed))|defunct(?:[- ]dataset| and no longer)",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.RETENTION,
        "retention|retain|update|maintain|maintenance|versioning",
        r"\bretention\b|retained (?:for|until|only)|updated? (?:weekly|monthly|daily|yearly|annually|regularly|periodically|every|on a)|(?:will|would)(?: not| be)? (?:be )?(?:regularly |periodically )?(?:updated|maintained)|"
        r"no (?:further |planned )?updates|maintenance (?:plan|policy|status)|(?:dataset|data|corpus) is (?:actively |regularly )?(?:maintained|updated)|update (?:policy|schedule|frequency)",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.CONTROLLER,
        "data controller|curated by|maintained by|created by|collected by|developed by|compiled by|published by|released by|built by|curators|author|introduced by|provided by",
        r"data controller|(?:curated|maintained|created|collected|developed|compiled|published|released|built|introduced|provided)\*{0,2} by:?\*{0,2} +(?!\[more|\[needs|the (?:authors|community|users)\b)\S{2}|author\s*=\s*[{\"]|^[\s*-]*(?:\*\*)?authors?(?:\*\*)?:? \S",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.SYNTHETIC,
        "synthetic|machine-generated|machine generated|gpt|generated by|generated with|generated using|machine-translated|machine translated|self-instruct|automatically translated|deepl|google translate",
        r"\bsynthetic(?:ally)? (?:data(?:set)?|generated|corpus|examples|samples|dialogues|images|text|conversations|questions)|synthetically\b|machine[- ](?:generated|translated)|automatically translated|"
        r"(?:generated|created|produced|written|translated) (?:by|with|using|from|through|via) (?:\w+[' ]s? ?){0,3}(?:chat-?gpt|gpt|llama|claude|davinci|codex|alpaca|bard|mistral|mixtral|language models?|llms?|stable diffusion|dall|midjourney|deepl|google translate)|self-instruct",
    ),
    _cue(
        Topic.GENERATOR,
        "gpt|llama|claude|davinci|codex|palm|gemini|mistral|mixtral|falcon|bard|t5|bloom|gpt4|gpt3|gpt2|opus-mt|deepl|google translate|nllb|marian|m2m|stable diffusion|midjourney|dall|vicuna|alpaca|simulat|template|rule-based|blender|faker|ctgan|opt-",
        r"chat-?gpt|\bgpt[- ]?(?:\d|neo|j\b)|llama|claude|davinci|\bcodex\b|\bpalm\b|gemini|mi[sx]tral|falcon|\bbard\b|\bt5\b|\bbloom\b|opus-mt|deepl|google (?:cloud )?translat|\bnllb|marian|m2m|stable[- ]diffusion|midjourney|dall[-·]e|vicuna|"
        r"simulat(?:or|ed|ion)|\btemplates?\b|rule-based|\bblender\b|\bfaker\b|ctgan|\bopt-\d",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.SOURCE_TYPE,
        "publicly available|public dataset|open data|public domain|open-source|wikipedia",
        r"publicly[- ]available|public(?:ly released)? (?:datasets?|corpora|data\b)|open data\b|wikipedia",
        "public",
    ),
    _cue(
        Topic.SOURCE_TYPE,
        "proprietary|licensed from|internal|private dataset",
        r"proprietary (?:data|dataset|corpus)|licensed from|internal (?:data|documents|records)|private (?:data|dataset)",
        "private",
    ),
    _cue(
        Topic.SOURCE_TYPE,
        "crowd|mturk|mechanical turk|annotators|experts|volunteers|participants",
        r"crowd-?(?:sourc|work)\w+|\bmturk\b|mechanical turk|(?:written|created|produced|recorded|collected) by (?:\w+ ){0,3}(?:annotators|experts|volunteers|participants|students|authors)",
        "other",
    ),
)
"""Every cue, in the order of :class:`~provenance.vocabulary.topics.Topic`."""
