"""Words by which a card documents something, in English.

A cue has keywords, all lower case, that are looked for first because that is cheap, and a pattern
that the line around a keyword must match. Patterns are held against lower-cased lines.
"""

from __future__ import annotations

from re import Pattern

from provenance import lazy_re as re
from provenance.lazy_classes import dataclass
from provenance.privacy.polarity import Polarity, is_asked, polarity_of
from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic


@dataclass(frozen=True, slots=True)
class Cue:
    """How one topic is recognised in a line of text."""

    topic: Topic
    detail: str
    status: str
    keywords: tuple[str, ...]
    pattern: Pattern[str]
    affirmative: bool = True
    """Whether what stands around the words can take their meaning away."""

    def find(self, line: str) -> tuple[str, Polarity] | None:
        """The words in a lower-cased line that mention it and what they say, or ``None``.

        A mention that affirms goes before one that denies, and that before one left open.
        """
        found: tuple[str, Polarity] | None = None
        for match in self.pattern.finditer(line):
            if self.affirmative:
                task = self.topic is Topic.ANONYMISED
                says = polarity_of(line, match.start(), match.end(), task=task)
            else:
                says = Polarity.UNDECIDED if is_asked(line, match.end()) else Polarity.AFFIRMED
            if says is Polarity.AFFIRMED:
                return match[0], says
            if found is None or says is Polarity.DENIED:
                found = match[0], says
        return found


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
    return Cue(topic, detail, status, words, re.compile(_bounded(pattern)), affirmative)


def _bounded(pattern: str) -> str:
    """Words and numbers of at most 40 characters: an endless one is read again from each letter."""
    for repeat, bounds in (("+", "{1,40}"), ("*", "{0,40}")):
        for kind in (r"\w", r"\d"):
            pattern = pattern.replace(kind + repeat, kind + bounds)
    return pattern


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
        "consent|agreed to|donat|volunteer|oral consent|consent was|irb",
        r"(?:oral|verbal|signed) consent|consent checks|irb[- ]approved|"
        r"\b(?:informed|explicit|written|prior|parental|speaker'?s?|user|participant)s?'? consent|consent(?:ed)? (?:from|of|by|to(?! the (?:privacy|terms))|was|were|form (?:was|were|before)|has|have)|"
        r"(?:gave|given|with|obtain\w*|provid\w+|collect\w*) (?:\w+ ){0,3}consent|"
        rf"{_PEOPLE} (?:have |had |who )?agreed to|donated (?:their|by)|"
        rf"(?:recorded|spoken|read) by (?:\w+ )?volunteer|volunteered (?:their|to (?:record|speak|read))|volunteers? (?:speakers?\b|who (?:record|donat|agreed|consent|read)\w*)|people who have donated",
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
        "patient|medical record|health record|clinical|diagnos|health status|radiolog|x-ray|x-rays|mri |ct scan|ehr|ehrs|mimic|depress|suicid|self-harm|medical image|patients|hiv|disabilit|mental health|therapy|nurse",
        r"(?:current |personal |self-reported )?health status\b|radiology reports?|(?:chest )?x-?rays? (?:images?|of|from|scans)|(?:mri|ct) (?:scans?|images|volumes) (?:of|from)|electronic health records?|\behrs?\b|\bmimic-(?:ii|iii|iv|cxr)\b|(?:depress\w+|suicid\w+|self-harm) (?:posts|users|notes|ideation)|(?:users|people|persons|individuals) (?:with|suffering from|diagnosed with) (?:depression|schizophrenia|autism|hiv|cancer|diabetes|disabilit\w+|bipolar)|de-?identified (?:patient|clinical)|"
        r"\bpatients?'?s? (?:data|records?|notes?|reports?|questions?|information|conversations?|dialogues?|messages|histor\w+)|"
        r"(?:medical|health|clinical|hospital|discharge) (?:records?|notes?|summar(?:y|ies)|histor(?:y|ies))\b|"
        r"(?:data|records?|scans?|images|reports?|samples|collected|obtained|dialogues?|conversations?) (?:of|from|by|between|about|on) (?:\w+ ){0,3}patients?\b|"
        r"mental health (?:posts?|status|conditions? of)|self-reported diagnos",
        "health",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "ethnic|racial|race|racial|race or|ethnic",
        r"(?:annotators?|workers?|speakers?|users?|patients?|participants?|subjects?)[^.|]{0,20}\b(?:race|ethnicity)\b|"
        rf"(?:racial|ethnic)(?: or ethnic| and racial)? (?:origins?|identit\w+|backgrounds?) of (?:the )?{_PEOPLE}|"
        rf"(?:race|ethnicity|ethnic groups?) (?:of|for) (?:each |the |every )?{_PEOPLE}|"
        rf"{_PEOPLE}(?:'s?|s') (?:self-reported )?(?:race|ethnicity|ethnic)\b|identity categor\w+ [^.]{{0,40}}(?:race|ethnic)|"
        r"(?:reveals?|information (?:about|on)) [^.]{0,60}\b(?:racial|ethnic|race|ethnicit)\w*|(?:multiple|different|\d+) rac(?:es|e groups)\b",
        "ethnic origin",
    ),
    _cue(
        Topic.SPECIAL_CATEGORY,
        "political|politician|politicians|party|parliament|trade union",
        r"(?:tweets|posts|speeches|statements|messages) (?:from|by|of) (?:\w+ ){0,2}(?:politicians|members of parliament|mps\b)|party (?:affiliations?|membership) of|(?:voters?|members?) of (?:a |the )?(?:political )?part(?:y|ies)\b|"
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
        Topic.SPECIAL_CATEGORY,
        "trade union|trade-union|union member",
        r"(?:trade[- ])?union (?:members?(?:hip)?|affiliations?|delegates)\b",
        "trade union",
    ),
    _cue(
        Topic.CRIMINAL,
        "criminal|convict|offender|arrest|recidivism|inmate|crimes committed|crime|police|mugshot|prison|felon",
        r"crime (?:news|reports?|records|data)|police (?:reports?|records)|mug ?shots?|\bprison(?:ers?| records)|\bfelons?\b|"
        r"criminal (?:records?|histor(?:y|ies)|convictions?|charges|cases|proceedings|judgments?|defendants?)|convictions of|\boffenders?\b(?! language)|"
        r"arrest records?|recidivism|\binmates?\b|persons? convicted|crimes committed by",
    ),
    _cue(
        Topic.CRAWL,
        "scrape|scrapi|crawl|common crawl|parsed from|scraper|web as corpus|website|websites|web pages|webpages|web data|public sites|internet|beautiful soup|beautifulsoup|commoncrawl|爬|scrapé|gescrapt|gecrawlt|raspado",
        r"\bparsed from\b|\bscrapers?\b|web as corpus|beautiful ?soup|\bweb data\b|(?:collect\w*|gather\w*|retriev\w+|download\w*|taken|sourced|obtain\w*|extract\w+|compil\w+|mined|harvest\w*|pulled)(?: \w+){0,5} (?:from|across|on|of) (?:\W?\w+\W? ){0,5}\W?(?:web ?sites?|web ?pages?|public sites|internet|the web)\b|爬取|爬虫|抓取|gescrapt|gecrawlt|scrapé|raspad[oa]|"
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
        "contact|@|e-mail|email|open an issue|at gmail|at dot|(at)|[at]|maintainer|questions",
        r"(?:point of )?contact(?: person| information| us)?(?:\*\*|__)? ?:(?:\*\*|__)? {0,9}(?!\W{0,20}(?:more information|needs more|n/?a\b|none\b|tbd|todo|\]|$))[^\s*:].{2,}|"
        r"(?<![\w/:@])(?!git@)[a-z0-9][\w.+-]{1,64} ?(?:@| ?[\[(]at[\])] ?) ?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}?\.[a-z]{2,24}\b|[\w.+-]{2,64} at [\w-]{1,63} dot [a-z]{2,24}|mailto:|"
        r"(?:please |can |feel free to |may )(?:\w+ )?(?:contact|e-?mail|write to) (?:us|me|the|him|her|authors?|\w+@)|send (?:an )?e-?mails?\b|drop (?:us|me) an e-?mail|^\W{0,6}contact(?: us| information| person)?\W{0,6}$",
        status=DOCUMENTED,
        affirmative=False,
    ),
    _cue(
        Topic.ANONYMISED,
        "usernames|user names|anonymi|pseudonym|de-identif|deidentif|redact|masked|hashed|removed|replaced|personal|personally|pii|sanitiz|sanitis|匿名|脱敏|去标识|identifier|hashed",
        r"personal(?:ly)?[- ](?:data|information|identif\w+(?: information)?|details) (?:is|was|are|were|has been|have been) (?:removed|masked|redacted|filtered|stripped|deleted)|(?:remov|filter|minimi[sz]|strip|delet|scrub)\w* [^.]{0,80}\b(?:pii\b|personal(?:ly)?[- ](?:data|information|identif\w+|details))|sanitiz\w+ [^.]{0,60}(?:pii|personal|details)|脱敏|匿名化|去标识|hashed (?:version|ids?|user)|identifiers? (?:are|were|is|was) (?:deterministic )?(?:digests|hashes|removed|replaced)|"
        r"anonymi[sz]\w+|pseudonymi[sz]\w+|de-?identif\w+|\bredact\w+|"
        r"(?:(?<!function )(?<!variable )(?<!class )(?<!file )(?<!country )(?<!whose )\bnames?|user ?names?|e-?mails?|\bpii\b|personal (?:data|information|identif\w+|details)|identif\w+ information|phone numbers?|addresses|mentions|handles)"
        r"[^.]{0,50}\b(?:removed|replaced|masked|hashed|filtered|stripped|scrubbed)|"
        r"(?:convert|normali[sz]|map)\w* [^.]{0,60}\buser ?names (?:in)?to\b|(?:remov|replac|mask|hash|filter|strip|scrub)(?:ed|ing|es) [^.]{0,40}(?:\bpii\b|personal (?:data|information|identif\w+)|user ?names|e-?mails|phone numbers)",
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
        "speech|speaker|voice|spoken|audio|utterance|recording|recordings|spoken|speech|audio dataset|audio|voices",
        r"spoken (?:words?|examples?|utterances|sentences|corpus|digits|commands)|audio (?:dataset|corpus) of (?:spoken|speech)|(?<!part-of-)(?<!part of )(?<!hate )\bspeech (?:representations?|synthesis|translation|classification)\b[^.]{0,60}(?:dataset|corpus|benchmark|languages)|text-to-speech (?:corpus|dataset)|(?:scripted|spontaneous|read|conversational) speech\b|collects? voice|voice data|"
        r"(?<!hate[ -])(?<!hope[ -])(?<!hateful )(?<!offensive )(?<!toxic )(?<!counter )(?<!free )(?<!of )(?<!-of-)\bspeech (?:corpus|recordings?|data(?:set)?|samples)\b|(?:train\w*|used? (?:for|in)|benchmark for) (?:\w+ ){0,4}speech[- ]recognition|(?:native|male|female|different|\d+|number of|single|volunteer) speakers?\b[^.]{0,60}(?:record|audio|speech|hours)|"
        r"voice (?:recordings?|samples|clips|actors?|data)|(?:audio|voice) recordings? of|recorded (?:by|from) (?:\w+ ){0,4}speakers?|hours of (?:\w+ ){0,3}(?:speech|audio|recordings)",
        "audio",
    ),
    _cue(
        Topic.CHILDREN,
        "child|minors|pupils|under 18|under 13|kids|adolescen|teenager|age|aged|secondary school|primary school|elementary school|high school|school students|schoolchildren|infant|toddler|kindergarten|youth|juvenile",
        r"\bag(?:e|es|ed)\b[^.\n]{0,25}?\b(?:from |between |of )?(?:[3-9]|1[0-7])(?: years?)?(?: old)? ?(?:to|-|–|and)+ ?\d|(?:children|kids|minors|students) aged (?:[3-9]|1[0-7])\b|(?:data|survey|essays|texts|speech|recordings?|responses|interviews|information)\b[^.]{0,80}\b(?:primary|elementary|secondary|middle|high)[- ]school (?:students|pupils|children)|students? (?:from|of|in) (?:primary|elementary|secondary|middle) schools?|data\b[^.]{0,60}\bfrom secondary school students|\bschoolchildren\b|\b(?:infants?|toddlers?|kindergart\w+)\b [^.]{0,40}(?:record|speech|video|data)|(?:speech|voices?|recordings|photos|images|videos) of (?:infants|toddlers|youth|juveniles)|"
        r"child(?:ren)?'?s? (?:speech|voices?|recordings?|photos|images of|data\b)|(?:data|speech|photos|images|videos|recordings?|texts?|posts?|essays?|stories|interviews) (?:of|from|by|about|produced by|written by|with) (?:\w+ ){0,3}(?:children|minors|pupils|kids|teenagers|adolescents)|"
        r"(?:children|minors|pupils|kids|adolescents) (?:were|was|who) (?:recorded|asked|interviewed|participat\w+|wrote)|(?:includ\w+|contain\w*|involv\w+) (?:\w+ ){0,3}(?:minors|underage)|"
        r"under the age of (?:[3-9]|1[0-8])\b|\bage[^.]{0,20}\bunder (?:13|16|18)\b|under (?:13|16|18) years|child sexual|child-directed speech",
    ),
    _cue(
        Topic.TRANSFER,
        "third countr|outside the eu|outside of the eu|outside the european|standard contractual|adequacy decision|hosted in|hosted on|stored in|stored on|servers in|located in|based in|residing in|resident|living in|recruited in|recruited from|workers from|annotators from|participants from|transferred to|annotator|workers|crowdworkers|participants|hired|recruited|hosted|stored|servers",
        r"(?:annotators?|workers|crowd ?workers|participants|speakers|raters|labell?ers|respondents|volunteers|patients|users|contributors)\b[^.|]{0,60}\b(?:located|based|residing|resident|living|recruited|hired|from)\b(?: in| from| within)? (?:the )?(?:united states|u\.s\.?a?\b|usa\b|india\b|china\b|kenya|philippines|brazil|mexico|canada|australia|japan|korea|russia|nigeria|south africa|turkey|vietnam|indonesia|pakistan|bangladesh|venezuela|colombia|uganda|singapore|israel|egypt)|(?:hosted|stored|processed|transferred|servers) (?:\w+ ){0,3}(?:in|on|to) (?:\w+ ){0,3}(?:united states|u\.s\.?a?\b|usa\b|india\b|china\b|kenya|philippines|brazil|mexico|canada|australia|japan|korea|russia|nigeria|south africa|turkey|vietnam|indonesia|pakistan|bangladesh|venezuela|colombia|uganda|singapore|israel|egypt)|"
        r"third countr(?:y|ies)|outside (?:of )?the (?:eu|eea|european)\b|standard contractual clauses|adequacy decision",
    ),
    _cue(
        Topic.USER_CONVERSATIONS,
        "conversation|chat|sharegpt|wildchat|lmsys|whatsapp|telegram|discord|private message|support ticket|e-mails|emails|tweet|tweets|twitter|reddit|subreddit|weibo|facebook|instagram|tiktok|youtube comments|forum|forums|blog|blogpost|blogposts|social media|stackoverflow|stack overflow|stackexchange|stack exchange|comments|reviews|user-generated|user generated|user prompts|user written|quora|discourse|微博|帖子|聊天记录|用户评论",
        r"\btweets\b|\btweet texts?\b|twitter (?:messages|posts|data(?:set)?|users|comments|conversations|threads)|(?:collect\w*|from|on|via) twitter\b|(?:social media|reddit|facebook|weibo|instagram|forum|forums|tiktok|youtube|vk|mastodon|quora|online|discussion) (?:posts?|comments?|messages|threads|discussions|submissions|users)\b|\bsubreddits?\b|\bblog ?posts\b|\bblog comments?\b|(?:collected|gathered|taken) (?:\w+ ){0,3}(?:using|from) blogs\b|(?:posts|comments|threads|messages|submissions|questions|dialogu?es|conversations)(?: and \w+)? (?:\w+ ){0,2}(?:from|on|of) (?:\W?\w+ ){0,3}\W?(?:reddit|twitter|facebook|weibo|stack ?(?:overflow|exchange)|quora|forums?|social media|youtube|telegram|blogspot|blogs)\b|collected from (?:weibo|twitter|reddit|facebook|quora|telegram)|stack ?(?:overflow|exchange) (?:questions?|posts?|comments?|answers)|(?:user|users|customer|product|movie|book|hotel|app|restaurant|yelp|amazon|google|online)(?:\'s|s\')? reviews\b|comments and reviews|user[- ](?:generated|written) (?:content|posts|comments|prompts|text)|real[- ](?:world )?user (?:prompts|queries)|\bforum\b (?:data|posts|category)|category-forum|微博|帖子|聊天记录|用户评论|"
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
        "retention|retain|update|maintain|maintenance|versioning|refresh|refreshed|update frequency|weekly|daily|continuously|every minute|随着|持续更新|定期更新",
        r"(?:update|refresh) frequency|(?:weekly|daily|monthly|quarterly|yearly|annual) (?:automated )?(?:\w+ )?(?:updates?|refresh(?:es)?|releases?)\b|refreshed (?:weekly|daily|monthly|every)|continuously (?:collected|updated)|随着[^。]{0,10}更新|持续更新|定期更新|"
        r"\bretention\b|retained (?:for|until|only)|updated? (?:weekly|monthly|daily|yearly|annually|regularly|periodically|every|on a)|(?:will|would)(?: not| be)? (?:be )?(?:regularly |periodically )?(?:updated|maintained)|"
        r"no (?:further |planned )?updates|maintenance (?:plan|policy|status)|(?:dataset|data|corpus) is (?:actively |regularly )?(?:maintained|updated)(?! by the previous)|update (?:policy|schedule|frequency)",
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
        "synthetic|automatic translation|machine-generated|machine generated|gpt|generated by|generated with|generated using|machine-translated|machine translated|self-instruct|automatically translated|deepl|google translate|generated|synthesi|written by|drafted by|created by|produced by|created using|using chatgpt|using gpt|machine translation|machine-paraphras|machine paraphras|paraphras|llm-|ai-generated|model-generated|ai generated|caption|captions|midjourney|augmented|translated|生成|产生|改写|synthetic|automatically|made and annotated|annotated by|authoring|authored by|tts",
        r"(?<!non-)\bsynthetic (?:\w+[ -]){0,3}(?:data(?:set)?s?|corpus|corpora|labels?|dialogu?es?|records?|examples|samples|images|texts?|conversations|questions|queries|instructions|resources?)\b|(?:generat|creat|produc|written|draft|author|translat|annotat|label+|caption|rewritten|paraphras|augment|answer|synthesi)\w*(?: and \w+)?\W? ?(?:\*\* )?(?:items |questions |answers |labels |captions )?(?:drafted |created |generated )?(?:by|with|using|via|from|through) [^.;|]{0,30}(?:chat-?gpt|gpt|llama|claude|davinci|codex|alpaca|bard|mi[sx]tral|gemini|qwen|deepseek|palm|bloom|opt-|blip|midjourney|dall|stable[- ]diffusion|language models?|llms?|\bai\b|a model|generative|neural|google translate|deepl|tts|text-to-speech)|(?:captions?|answers|labels|questions|images|translations?|responses|examples|dialogu?es|items|summaries) (?:\w+ ){0,2}(?:automatically |artificially )?generated (?:by|with|using)|\b(?:ai|llm|gpt|model|machine|automatically|artificially)[- ]+(?:generated|written|translated|paraphrased|synthesi[sz]ed)|(?:using|with|by|employ(?:ing)?|prompt(?:ed|ing)?) (?:the )?(?:chat-?gpt|gpt|llama|claude|davinci|codex|alpaca|bard|mi[sx]tral|gemini|qwen|deepseek|palm|bloom|opt-|blip|midjourney|dall|stable[- ]diffusion|language models?|llms?|\bai\b|a model|generative|neural|google translate|deepl|tts|text-to-speech)[^.;|]{0,20} to (?:generate|create|produce|write|translate|answer|annotate|synthesi)|(?:performing|using|through|via) (?:a )?machine translation|machine translation of the|midjourney images|synthesi[sz]ed (?:speech|voices?|audio|images|data)|(?:tts|text-to-speech) voices?\b|paraphrasing tools|(?:chat-?gpt|gpt-?\d?|模型|大模型)[*\W]{0,4}(?:产生|生成|改写)|(?:由|用|使用)[*\W]{0,3}(?:chat-?gpt|gpt)|"
        r"\bsynthetic(?:ally)? (?:data(?:set)?|generated|corpus|examples|samples|dialogues|images|text|conversations|questions)|synthetically\b|machine[- ](?:generated|translated)|automatically translated|automatic translations? (?:of|from|into)|"
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
