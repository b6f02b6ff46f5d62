"""Words by which a card documents what was done for people: consent, removal, contact, keeping."""

from __future__ import annotations

from provenance.privacy.cues.cue import Cue, cue
from provenance.vocabulary.topics import DOCUMENTED, Topic

DUTIES: tuple[Cue, ...] = (
    cue(
        Topic.LAWFUL_BASIS,
        "lawful basis|legal basis|legitimate interest|gdpr|data protection regulation|art. 6",
        (
            r"(?:lawful|legal) basis",
            r"legitimate interests?",
            r"gdpr",
            r"data protection regulation",
            r"\bart(?:icle|\.) ?6\b",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.CONSENT,
        "consent|agreed to|donat|volunteer|oral consent|consent was|irb|permission",
        (
            r"(?:oral|verbal|signed) consent",
            r"consent checks",
            r"irb[- ]approved",
            r"\b(?:informed|explicit|written|prior|parental|speaker'?s?|user|participant)s?'? consent",
            r"consent(?:ed)? (?:from|of|by|was|were|form (?:was|were|before)|has|have)",
            r"<people> (?:\w+ ){0,2}consent(?:ed)? to",
            r"consent(?:ed)? to (?:the |have |having )?(?:\w+ )?(?:collection|publication|release|recording|use of|sharing|processing|participat\w+)",
            r"(?:gave|given|with|obtain\w*|provid\w+|collect\w*) (?:\w+ ){0,3}consent",
            r"<people> (?:have |had |who )?agreed to",
            r"donated (?:their|by)",
            r"(?:signed|filled in|completed) (?:\w+ ){0,3}consent",
            r"(?:gave|given|granted) (?:us |their |his |her |explicit |written )*permission (?:for|to)",
            r"(?:recorded|spoken|read) by (?:\w+ )?volunteer",
            r"volunteered (?:their|to (?:record|speak|read))",
            r"volunteers? (?:speakers?\b|who (?:record|donat|agreed|consent|read)\w*)",
            r"people who have donated",
        ),
        status=DOCUMENTED,
    ),
    cue(
        Topic.NO_CONSENT,
        "consent",
        (
            r"\b(?:did|do|does|was|were|is|are|have|has|had|could|can)(?: not|n't) (?:\w+ ){0,4}consent",
            r"\bno (?:\w+ ){0,2}consent (?:was|were|has|is)",
            r"without (?:the |their |explicit |prior |informed |user |users' )+consent",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.TDM_RESERVATION,
        "robots.txt|text and data mining|ai.txt|noai|opt-out|opt out|opted out|tdm",
        (
            r"robots\.txt",
            r"text[- ]and[- ]data[- ]mining",
            r"\btdm\b",
            r"\bai\.txt",
            r"\bnoai\b",
            r"opt(?:ed)?[- ]out",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.REMOVAL_ROUTE,
        "opt-out|opt out|removal|take down|takedown|take-down|removed from|be removed|deletion|erasure|"
        "remove it|remove them|object to|objection|request",
        (
            r"opt(?:ed|ing)?[- ]out",
            r"(?:removal|deletion|take-?down) (?:request|form|procedure|polic|of your|of their)",
            r"request\w* (?:\w+ ){0,4}(?:removal|deletion|be removed)",
            r"notice (?:and|&) take ?down",
            r"take-?down",
            r"(?:want|wish|like|ask)\w* (?:\w+ ){0,6}(?:to be )?(?:remov\w+|delet\w+) (?:from|your|their|it)",
            r"contact us (?:\w+ ){0,8}remov\w+",
            r"(?:request(?:ed)?|demand|ask(?:ed)?|apply|wish) (?:for )?(?:the )?(?:deletion|removal|erasure)\b",
            r"(?:removed?|deleted?|taken (?:down|out|off)) (?:\w+ ){0,6}(?:at the|on|upon) request",
            r"(?:let us know|tell us|write to us|write us|contact|inform us|notify us|reach out|e-?mail)\b[^.]{0,80}\b(?:remov(?:ed?|al)|deleted?|take (?:it|them|this|that) (?:down|out|off))",
            r"object(?:s|ion)? to (?:the |its |their |this )?(?:use|publication|inclusion|processing)\b",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.CONTACT,
        "contact|@|e-mail|email|issue tracker|discord|telegram|slack|reach|open an issue|open a discussion|an issue|a discussion|at gmail|at dot|(at)|[at]|maintainer|questions",
        (
            r"(?:point of )?contact(?: person| information| us)?(?:\*\*|__)? ?:(?:\*\*|__)? {0,9}(?!\W{0,20}(?:more information|needs more|n/?a\b|none\b|tbd|todo|\]|$))[^\s*:].{2,}",
            r"(?<![\w/:@])(?!git@)[a-z0-9][\w.+-]{1,64} ?(?:@| ?[\[(]at[\])] ?) ?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}?\.[a-z]{2,24}\b",
            r"[\w.+-]{2,64} at [\w-]{1,63} dot [a-z]{2,24}",
            r"mailto:",
            r"(?:please |can |feel free to |may )(?:\w+ )?(?:contact|e-?mail|write to) (?:us|me|the|him|her|authors?|\w+@)",
            r"send (?:an )?e-?mails?\b",
            r"drop (?:us|me) an e-?mail",
            r"(?:report|raise|submit) (?:\w+ ){0,4}(?:in|on|at|via|through|to) (?:\w+ ){0,4}issue tracker",
            r"(?:ask|reach|message|dm|ping|write|find) (?:me|us|him|her) (?:\w+ )?(?:on|via|at|through|over) (?:\w+ )?(?:discord|telegram|twitter|slack|github|e-?mail|linkedin)\b",
            r"(?:open|raise|file|create|submit) (?:an? )?(?:new )?(?:github )?(?:issue|discussion)s?\b",
            r"^\W{0,6}contact(?: us| information| person)?\W{0,6}$",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.ANONYMISED,
        "usernames|user names|anonymi|pseudonym|de-identif|deidentif|redact|masked|"
        "hashed|removed|replaced|personal|personally|pii|sanitiz|sanitis|匿名|脱敏|去标识|"
        "identifier|anonymous|blurred|blurring|pixelated|obscured|shifted|coarsened|stripped|"
        "scrubbed|dropped|withheld|removing",
        (
            r"personal(?:ly)?(?: (?:and|or) sensitive)?[- ](?:data|information|identif\w+(?: information)?|details) (?:(?:is|was|are|were|has been|have been) )?(?:\w+ly )?(?:removed|masked|redacted|filtered|stripped|deleted)",
            r"(?:remov|filter|minimi[sz]|strip|delet|scrub)\w* [^.]{0,80}\b(?:pii\b|personal(?:ly)?[- ](?:data|information|identif\w+|details))",
            r"sanitiz\w+ [^.]{0,60}(?:pii|personal|details)",
            r"脱敏",
            r"匿名化",
            r"去标识",
            r"hashed (?:version|ids?|user)",
            r"identifiers? (?:are|were|is|was) (?:deterministic )?(?:digests|hashes|removed|replaced)",
            r"anonymi[sz](?!abl)\w+",
            r"(?:data|dataset|responses|records|authors|users|participants|submissions) (?:is|are|was|were) (?:\w+ )?(?:fully |stored |collected |kept )?anonymous(?:ly)?\b",
            r"(?:faces?|(?:licen[sc]e|number) plates?|persons?|people)\b[^.]{0,40}\b(?:blurred|pixelated|obscured)\b",
            r"blur(?:red|ring) (?:of )?(?:\w+ )?(?:faces|(?:licen[sc]e|number) plates)",
            r"(?:removed?|removing|dropped|deleted|withheld) (?:the |all |any )?(?:\w+ )?(?:speaker|user|author|worker|annotator|patient)s?'? ?(?:ids?|identifiers|names|identit\w+)",
            r"(?:dates|ages?|postal codes|locations) (?:\w+ ){0,3}(?:were|are|have been) (?:\w+ )?(?:shifted|coarsened|generali[sz]ed)\b",
            r"(?:protect|preserve|ensure) (?:\w+ ){0,4}(?:privacy|anonymity)[^.]{0,60}\b(?:removed|replaced|shifted|hashed|masked|dropped)",
            r"(?:removed|replaced|shifted|hashed|masked|dropped|stripped)\b[^.]{0,60}(?:to|for) (?:\w+ ){0,3}(?:privacy|anonymity)\b",
            r"pseudonymi[sz]\w+",
            r"de-?identif\w+",
            r"\bredact\w+",
            r"(?:(?<!function )(?<!variable )(?<!class )(?<!file )(?<!country )(?<!whose )(?<!entity )(?<!column )(?<!place )(?<!city )(?<!product )(?<!brand )(?<!field )(?<!label )(?<!company )(?<!tag )\bnames?|user ?names?|e-?mails?|\bpii\b|personal (?:data|information|identif\w+|details)|identif\w+ information|phone numbers?|addresses|mentions|handles)[^.]{0,50}\b(?:removed|(?<!randomly )replaced(?! (?:by|with) (?:another|other|a different))|masked|hashed|filtered|stripped|scrubbed)",
            r"(?:convert|normali[sz]|map)\w* [^.]{0,60}\buser ?names (?:in)?to\b",
            r"(?:remov|replac|mask|hash|filter|stripp?|scrubb?)(?:ed|ing|es) [^.]{0,40}(?:\bpii\b|personal (?:data|information|identif\w+)|user ?names|e-?mails|phone numbers)",
        ),
        status=DOCUMENTED,
    ),
    cue(
        Topic.TRANSFER,
        "third countr|outside the eu|outside of the eu|outside the european|"
        "standard contractual|adequacy decision|hosted in|hosted on|stored in|stored on|"
        "servers in|located in|based in|residing in|resident|living in|recruited in|"
        "recruited from|workers from|annotators from|participants from|transferred to|"
        "annotator|workers|crowdworkers|participants|hired|recruited|hosted|stored|"
        "servers",
        (
            r"(?:annotators?|workers|crowd ?workers|participants|speakers|raters|labell?ers|respondents|volunteers|patients|users|contributors)\b[^.|]{0,60}\b(?:located|based|residing|resident|living|recruited|hired|from)\b(?: in| from| within)? (?:the )?<country>",
            r"(?:hosted|stored|processed|transferred|servers) (?:\w+ ){0,3}(?:in|on|to) (?:\w+ ){0,3}<country>",
            r"third countr(?:y|ies)",
            r"outside (?:of )?the (?:eu|eea|european)\b",
            r"standard contractual clauses",
            r"adequacy decision",
        ),
    ),
    cue(
        Topic.GATE_TERMS,
        "re-identif|reidentif|identity of|you agree|by downloading|must delete|agree to delete",
        (
            r"(?:not|never) (?:to )?(?:attempt |try )?(?:to )?(?:re-?identif\w+|determine the identity|identify (?:any|the|individual))",
            r"(?:you|users?|researchers?) (?:must|agree to|shall|will) (?:\w+ ){0,4}(?:delete|destroy|remove)\b",
            r"by (?:downloading|accessing|using)[^.]{0,80}\bagree\b[^.]{0,120}(?:identi|delet|redistribut|third part)",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.WITHDRAWN,
        "taken down|withdrawn|no longer available|no longer distributed|defunct|retracted",
        (
            r"(?:dataset|data|corpus|it|set|this) (?:has been|was|is|have been|were) (?:\w+ )?(?:taken down|withdrawn|retracted|no longer (?:available|distributed))",
            r"defunct(?:[- ]dataset| and no longer)",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.RETENTION,
        "retention|retain|update|maintain|maintenance|versioning|refresh|refreshed|"
        "update frequency|updated|each month|every month|kept for|stored for|stored until|weekly|daily|released|continuously|every minute|随着|持续更新|定期更新",
        (
            r"(?:update|refresh) frequency",
            r"(?:weekly|daily|monthly|quarterly|yearly|annual) (?:automated )?(?:\w+ )?(?:updates?|refresh(?:es)?|releases?)\b",
            r"refreshed (?:weekly|daily|monthly|every)",
            r"continuously (?:collected|updated)",
            r"随着[^。]{0,10}更新",
            r"持续更新",
            r"定期更新",
            r"\bretention\b",
            r"retained (?:for|until|only)",
            r"updated? (?:weekly|monthly|daily(?! \w+ rates)|yearly|annually|regularly|periodically|every(?! (?:step|epoch|batch|iteration))|on a)",
            r"(?:new|updated) (?:versions?|releases?|dumps?) (?:is|are|will be) (?:released|published|added|made) (?:each|every|once|weekly|monthly|yearly|regularly)",
            r"(?:data|recordings?|records|files|logs|copies) (?:is|are|will be|were) (?:kept|stored|held) (?:for|until) ",
            r"no (?:intentions?|plans?) (?:\w+ ){0,3}(?:updat|maintain)\w*",
            r"(?:to be|being) updated (?:soon|regularly|in the future)",
            r"(?:will|would)(?: not| be)? (?:be )?(?:regularly |periodically )?(?:updated|maintained)",
            r"no (?:further |planned )?updates",
            r"maintenance (?:plan|policy|status)",
            r"(?:dataset|data|corpus) is (?:actively |regularly )?(?:maintained|updated)(?! by the previous)",
            r"update (?:policy|schedule|frequency)",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.CONTROLLER,
        "data controller|curated by|maintained by|created by|collected by|developed by|"
        "compiled by|published by|released by|built by|curators|author|introduced by|"
        "provided by",
        (
            r"data controller",
            r"(?:curated|maintained|created|collected|developed|compiled|published|released|built|introduced|provided)\*{0,2} by:?\*{0,2} +(?!\[more|\[needs|the (?:authors|community|users)\b)\S{2}",
            r"author\s*=\s*[{\"]",
            r"^[\s*-]*(?:\*\*)?authors?(?:\*\*)?:? \S",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
)
