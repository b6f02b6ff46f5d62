"""The parts of a condition, in the languages of :mod:`clauses`: who forbids what to whom."""

from __future__ import annotations

_W = r"[\w'’-]{1,30}"

DENIES = r"(?:(?<!\bdid\s)(?<!\bhas\s)(?<!\bhave\s)(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)\bnot\b|\bnot\sto\sbe\b|\b(?:never|cannot|nor|neither|nobody|no(?!\.\s?\d)|without)\b|n['’]t\b|\bdon['’]?ts?\b)"
"""Words that deny what stands right after them."""

FORBIDS = (
    r"\b(?:prohibit\w*|forbid\w*|bann?(?:ed|s)?|disallow\w*|off[-\s]limits|refrain\w*|abstain\w*"
    r"|violat\w+|infring\w+|breach\w*|illegal\w*|unlawful\w*|excluded|taboo|unacceptable|impossible|veto\w*|bars|barred|withheld|withhold\w*"
    r"|(?:not|never|neither|n['’]t)\s(?:be\s)?(?:\w+ly\s)?(?:permitted|allowed|possible|welcome|acceptable|tolerated|granted|an\soption|available|leave)|no\sother)\b|:\s?no\b(?!\s\w)|[❌✗✘✖🚫⛔]"
    r"|\b(?:nicht|kein\w{0,2}|niemals|verboten|untersagt|unzulässig|ausgeschlossen|ohne)\b"
    r"|\b(?:ne|n['’](?:est|ont|a)|pas|interdit\w{0,3}|exclue?s?|proscrit\w{0,2}|défense|prohibé\w{0,2}|sans)\b"
    r"|\b(?:prohib[ie]\w{1,4}|proíb\w{1,4}|proib\w{1,5}|vietat\w|vedad[ao]s?|excluid[ao]s?|excluíd[ao]s?|esclus\w|não|non(?=\s(?:è|sono|può|possono|si\b|consentit|autorizzat|puede|pode))|sin|sem|senza)\b|\bno(?=\s(?:se|est[aá]|puede|pueden)\b)"
    r"|\b(?:niet|geen|verboden|zonder|nie|zabron\w+|zakaz\w*|bez|ikke|ej|inte|forbudt|förbjud\w+|uden|utan|uten)\b"
    r"|\b(?:не|нельзя|запрещ\w+|без|запрет\w*)\b|不得|禁止|不可|不能|不允许|不允許|请勿|請勿|严禁|嚴禁|切勿|未经|未經|不准"
    r"|禁じ|できません|しないで|遠慮|お断り|なしに|なく(?:、|して)|不許可|금지|없습니다|안\s?됩니다|마십시오|마세요|없이|불가|불허"
    r"|لا\sيجوز|يمنع|ممنوع|لا\sيسمح|يحظر|دون|\b(?:không\sđược|cấm|nghiêm\scấm|không\sthể)\b"
)
"""Words that forbid or deny."""

LIMITS = (
    r"\b(?:only|solely|exclusively|merely|purely|strictly|alone|(?<!non[-‐\s])exclusive|(?<!and\s)(?<!or\s)(?:every|any|no)(?:one|body|thing)\selse|sole|except\w*|excepting|unless|until|beyond|elsewhere|apart\sfrom|other\sthan|rather\sthan"
    r"|(?:limited|restricted|confined|reserved|dedicated)\s(?:to|for|by|in)|restrict\w*|reserved|(?:anything|nothing|none|no\suse|no\sone|nobody)\s(?:but|else|other\sthan)|outside\s(?:of\s)?|(?:one|single|that)\spurpose|to\sthe\sextent(?!\spossible)|(?:sold|offered|granted|priced)\sseparately|limited\s(?:right|licen[sc]e|permission|use|access)|as\slong\sas|so\slong\sas|provisos?|no\sother|provided\s(?:that|you)|on\s(?:the\s)?(?:condition|understanding)"
    r"|case[-\s]by[-\s]case|case\sby\scase|individual\sbasis|at\sany\stime|for\sthe\sduration|in[-\s]house|internal(?:ly)?|within|inside|subject\sto(?=\s(?:\w+\s)?(?:approval|permission|consent|authori))(?!\s(?:the\s)?(?:terms|following|licen))|undertakes?|commit\s\w+self|commit\sthemselves|promise)\b"
    r"|\b(?:nur|ausschließlich|lediglich|allein|außer|sofern|solange|beschränkt|vorbehalten|innerhalb|intern(?:e|er|en|es)?)\b"
    r"|\b(?:uniquement|exclusivement|seulement|seule?s?|réservée?s?|limitée?s?|sauf|hormis)\b"
    r"|\b(?:s[oó]lo|solamente|únicamente|exclusivamente|reservad[ao]s?|limitad[ao]s?|salvo|excepto|apenas|somente|unicamente|restrit[ao]s?|soltanto|esclusivamente|riservat\w|limitat\w|eccetto)\b"
    r"|\b(?:alleen|uitsluitend|slechts|voorbehouden|beperkt|tenzij|tylko|wyłącznie|jedynie|zastrzeżon\w|kun|udelukkende|forbeholdt|endast|enbart|bara|förbehåll\w+|bare|utelukkende)\b"
    r"|\b(?:только|исключительно|лишь|кроме)\b|仅|僅|只(?:能|限|供|可|允许)|限于|限(?:制|定)|専用|のみ|だけ|(?<!可能な)限(?:り|る|って)|한정|에만|에\s한|전용|만\s(?:사용|이용|가능)"
    r"|\b(?:yalnızca|sadece|vain|ainoastaan|csak|kizárólag|pouze|výhradně|doar|numai|лише|тільки|само|hanya|khusus|μόνο|αποκλειστικά)\b|בלבד|เท่านั้น|केवल|فقط|حصر|إلا|\b(?:chỉ|duy\snhất|giới\shạn|riêng\scho)\b"
)
"""Words that leave something out of what is given."""

LEAVE = (
    r"\b(?:permissions?|permit(?!s|ted)|consent|approv(?:al|als|ed\sby|es)|authori[sz]ations?|authori[sz]ed\sby|assent|sign(?:ed|ing|s|ature)?|countersign\w*|contract\w*|negotiat\w+|arrangement|clearance|\bask(?=\s)|(?:quota|data|data[-\s](?:use|sharing|access)|license|separate|special|written)\sagreement|say-?so|data[-\s]use\sagreements?|agreement\s(?:is|are)|proposals?|(?:access|data)\scommittee|application\s(?:form|to)|each\sapplication|appl(?:y|ies)\sfor|(?:can|may|must|should|to)\sapply\b|apply\s(?:via|through|online|with)|requests?|requested|clearance|green\slight|go-ahead"
    r"|accredit\w+|vett(?:ed|ing)|approved\s(?:labs?|users?|teams?|applicants?|researchers?|institut\w+|parties)|licen[sc]e\sfrom|(?:sign(?:ing)?|under|requires?|needs?)\s(?:an?\s)?agreement\swith|(?:get\sin\s)?touch|contact|talk\sto|turn\sto|write\sto|consult|enquir\w+|inquir\w+|register(?:ed|ing)?|registration|countersignature)\b"
    r"|genehmig\w+|zustimmung|erlaubnis|einwilligung|vertrag\w*|wenden\ssich|an(?:zu)?fragen?|autorisation|l['’]accord|contrat|demande\w*|s['’]adresser"
    r"|autoriza\w+|autorizzazion\w|permiso|permissão|permesso|contrat[oi]|contratto|solicitar|solicitud|consultar|toestemming|overeenkomst|zgod[yąaę]|pozwoleni\w+|umow\w+|tilladelse|tillstånd|tillatelse|samtykke|aftale|avtal\w*"
    r"|разрешени\w|заявк\w+|согласи\w|договор\w*|许可|許可|同意|授权|授權|书面|申请|申請|許諾|承諾|ご連絡|허가|동의|승인|허락|계약|合同|合约|契約|签署|签约|联系|签订|簽署|إذن|موافق|\b(?:xin\sphép|cho\sphép|đồng\sý|liên\shệ)\b"
)
"""What has to be had or asked for first."""

ASKED = (
    r"\b(?:must|needs?|ha(?:ve|s)\sto|shall|should|requires?|required|requiring|calls?\sfor|demands?|please|before|prior|first|beforehand|in\sadvance|due|only|decides?|has\sto|obliged|kindly|wish(?:ing|es)?|want\w*|needed|necessary|expects?|separate|countersign\w*)\b"
    r"|muss|müssen|bitte|vorher|vorherig|bedarf|benötig|doit|doivent|préalable|nécessite|veuillez|debe\w*|deve\w*|previa|requier|necesit|precisa|richied|moet|vereist|musi|wymaga|skal|kræver|måste|kräver|må\s"
    r"|долж|необходимо|требу|следует|нужно|надо|обязан|只|须|須|必须|必須|需|事前|事先|必要|해야|필요|يجب|يتطلب|phải|cần"
)
"""Words that say that it has to be."""

ACT = (
    r"\b(?:us(?:e[ds]?|ing|age)|re-?us\w+|cop(?:y|ies|ied|ying)|reproduc\w+|access\w*|download\w*|exploit\w*|employ(?:ed)?|integrat\w+|incorporat\w+|ingest\w*|train\w*|fine-?tun\w+|feed|fed|adapt\w*|modif\w+|alter\w*|deriv\w+|translat\w+|work\swith|process\w*|compet\w+|touch\w*|play\w*|bundl\w+|stor(?:e|ed|ing)|stream\w*|archiv(?:e|ed|ing)|deploy\w*|production|embed\w*|shipped|listen\w*|record\w*\smay)\b"
    r"|nutz\w+|verwend\w+|verwert\w+|einsatz|\bcopi(?:a|as|ar|e|er|es|i)\b|vervielfältig\w+|utilis\w+|exploit\w+|réutilis\w+|\buso\b|usar\w*|utiliz\w+|utilizz\w+|gebruik\w*|korzysta\w+|wykorzyst\w+|używ\w+|\bbrug\w*|använd\w*|\bbruk\w*"
    r"|использ\w+|使用|用于|用作|商用|利用|사용|이용|استخدام|sử\sdụng"
)
"""What one does with a set."""

PASSING_ON = (
    r"\b(?:shar(?:e[ds]?|ing)|re-?distribut\w+|distribut\w+|publish(?:e[sd]|ing)?|unpublished|publication|re-?publish\w*|re-?post\w*|re-?upload\w*|upload\w*|re-?host\w*|host(?:ed|ing)?|mirror\w*|s[eo]ll(?:ing|s)?|sold|resale|re-?sell\w*|rent\w*|lend\w*|sub-?licen[sc]\w+|sublet|transfer\w*|disclos\w+|broadcast\w*|circulat\w+"
    r"|(?<![-\w])forward(?:ed|ing)?\b(?!\s(?:to\shear|looking|pass))|pass(?:ed|ing)?\s(?:\w+\s){0,3}(?:on|along|to)|hand(?:ed|ing)?\s(?:\w+\s){0,3}(?:on|over|to)|give\s(?:\w+\s)?(?:away|to)|third[-\s]part(?:y|ies)|leav(?:e|es|ing)\s(?:the|your|our|this)|stays?\s(?:among|within|inside|in)|keep(?:s|ing)?\s(?:\w+\s){1,5}?(?:within|inside)|mak(?:e|es|ing)\s(?:\w+\s){1,4}(?:available|accessible)"
    r"|products?|services?|revenue|profit\w*|turnover|earn\w*|commerc\w+|mak(?:e|es|ing)\smoney|moneti[sz]\w+|advertis\w+|paying|films?|games?)\b"
    r"|weitergabe|weiter(?:ge|zu)geb\w+|weiterverbreit\w+|verbreit\w+|verkauf\w*|veröffentlich\w+|an\sdritte|produkt\w*|gewerb\w+|redistribu\w+|rediffus\w+|diffus\w+|partag\w+|céd\w+|vendre|vente|revend\w+|revente|produit\w*|\btiers\b|payant\w*|publier|compart\w+|vend[aeo]\w*|revenda|reventa|cedut\w|ceder\w*|terceros|terceiros|terzi|difund\w+|divulg\w+|publica\w+|pubblica\w+|condivi\w+|diffond\w+|rivend\w+|distribui\w+|distribuzion\w+"
    r"|verspreid\w*|doorverk\w+|delen\b|derden|rozpowszechni\w+|udostępni\w+|sprzeda\w+|osobom\strzecim|videregiv\w*|videreformidl\w*|sprid\w+|vidarebefordra\w*|säljas?|tredje\s?part\w*|dele[st]?\b"
    r"|передач\w+|передава\w+|третьим\sлицам|распростран\w+|прода\w+|публик\w+|转载|轉載|外传|外傳|传播|傳播|分发|分發|分享|转售|转让|出售|第三方|产品|公开|公開|再配布|配布|転載|譲渡|第三者|販売|제3자|재배포|배포|양도|공유|판매|유출|نشر|توزيع|بيع|مشاركة|طرف\sثالث|chia\ssẻ|phân\sphối|bên\sthứ\sba|bán\slại|phát\stán|sản\sphẩm"
)
"""What takes a set, or gain from it, to others."""

WHO = (
    r"\b(?:students?|enrolled|universit\w+|schools?|pupils?|museums?|members?|membership|staff|employees?|colleagues|scholar\w*|scientists?|academi\w+|researchers?|participants?|teams?|accredited|partners?|consorti\w+|firms?|compan(?:y|ies)|enterprises?|business(?:es)?|corporat\w+|industr\w+|startups?|vendors?|broadcasters?|journalists?|private\ssector|sector\sprivado|setor\sprivado|secteur\sprivé|settore\sprivato|privatwirtschaft\w*|ngos?|non-?governmental|citizens?|residents?|european\sunion|others|third\sparties|outsiders|everybody|everyone|anyone|holders?|departments?|labs?|bodies|laborator(?:y|ies)|institut\w+|countr(?:y|ies)|countries)\b"
    r"|firmen|unternehmen|mitglied\w*|studierend\w*|schul\w*|hochschul\w*|forschend\w*|entreprises?|membres?|étudiant\w*|écoles?|empresas?|miembros?|estudiantes?|escuelas?|escolas?|membros?|aziend\w|impres[ae]\b|societ[àa]\b|soci\b|student[ie]|scuol\w|bedrij\w+|leden|scholen|firm[yom]?\b|członk\w+|szkół|virksomhed\w*|medlemm\w+|företag\w*|skol\w+|bedrift\w*"
    r"|компани\w+|сотрудник\w*|член\w+|üye\w*|şirket\w*|студент\w*|高校|大学|院校|机构|機関|대학|기관|校内|内部|企业|企業|公司|会员|学生|学校|会社|会員|기업|회사|회원|학생|شركات|طلاب|أعضاء|công\sty|sinh\sviên|thành\sviên|doanh\snghiệp"
)
"""Whom it is given to."""

PURPOSE = (
    r"\b(?:academic\w*|research\w*|scholarly|education\w*|teach\w*|instruct\w+|classroom|coursework|seminar|stud(?:y|ies|ying)|theses|thesis|personal|private|non-?profit\w*|charit\w+|hobby|evaluation|demonstrations?|challenge|competition|conservation|scientific|learning)\b"
    r"|unterricht\w*|lehre|forschung\w*|bildung\w*|privat\w*|enseignement|recherche|éducati\w+|investigaci\w+|enseñanza|docencia|pesquisa|ensino|ricerca|didattic\w+|insegnamento|onderwijs|onderzoek|naukow\w+|badawcz\w+|edukac\w+|undervisning\w*|forskning\w*|utbildning"
    r"|обучени\w+|исследован\w+|учебн\w+|教学|教學|研究|科研|学术|學術|教育|学習|연구|교육|학습|البحث|التعليم|nghiên\scứu|giáo\sdục|học\stập"
)
"""What for."""

LENT = (
    r"\b(?:non-?transferable|revocable|on\sloan|loans?\s(?:from|of)\s|lent\b(?!\sitself)|is\sa\sloan|loan\sagreement|confidential(?:ly)?|in\sconfidence|call\s(?:\w+\s){0,3}back"
    r"|keep(?:s|ing)?\s(?:\w+\s){1,5}?(?:to\s(?:your|them|him|her)sel\w+|private|secret)|(?:stays?|remains?|kept)\s(?:among\sus|among\sour\w+|in[-\s]house|inside|(?:strictly\s)?internal|our\sproperty))\b"
)
"""What is only lent, or stays where it is."""

KEPT = (
    LENT
    + r"|\b(?:revok\w+|laps(?:e|es|ing)|expir\w+|embargo\w*|have\sto\sbe\s(?:deleted|returned|destroyed)|(?:must|(?:is|are)\sto|,\sto)\sbe\s(?:deleted|returned|destroyed)|(?:should|must|shall|will|to)\s(?:remain|stay)\s(?:in|within|inside|at|among)|(?:will|shall|must|to)\s(?:\w+ly\s)?(?:delete|destroy|return|erase)\b"
    r"|^\W*(?:[-*+•]|\d{1,2}[.)])?\s*(?:delete|destroy|return)\s(?:all|the|any|every|your)\b)"
)
"""And what ends."""

PAID = (
    r"\bowes?\b|\b(?:revenue|profit|turnover)[-\s]?shar\w+|\bshare\s(?:of\s)?(?:\w+\s){0,2}(?:revenue|profits?|earnings?|turnover)\b|\btrial\s(?:period|of)\b|\b(?:royalt(?:y|ies)(?![-\s]?free)|(?:a|an|the|licen[sc]e|one-time|annual)\s(?:\w+\s)?fees?\b|(?:are|is|be|will\sbe)\s(?:charged|invoiced|billed)|subscribers?|paid\s(?:subscri\w+|edition|version|plan|licen[sc]e|tier|access)|subscription\s(?:fees?|plans?|(?:is\s)?required)|buy\sa|purchas\w+|pay(?:s|ment|ments|able)?\b(?!\sattention)|price\s(?:list|on)|(?:obtain|get|request)\sa\squote|stamp\sduty)"
    r"|(?<!keine\s)(?<!ohne\s)(?:gebühr(?:en)?\b|kostenpflichtig|entgelt(?:lich)?\b)|\bredevance|\bpayant\w*|(?<!sans\s)\bfrais\s(?:de|d['’])|\b(?:pago|tarifa|cuota|pagamento|tariffa|vergoeding|betaling|gebyr|avgift)\b|\bopłat\w+|\bпла(?:та|тн\w+|тить)|\bвзнос\w*|付费|付費|收费|收費|有料|有償|料金|유료|요금|رسوم|مدفوع|\btrả\s(?:phí|tiền)"
)
"""What has a price."""

PARTS_ELSEWHERE = (
    r"\b(?:some|certain|several|parts?|portions?|subsets?|individual)\s(?:\w+\s){0,5}"
    r"(?:subject\sto|governed\sby|under|covered\sby|come\swith)\s(?:other|different|additional|further|separate|their\sown|stricter)"
    r"\s(?:\w+\s)?(?:licen[sc]es?|terms|agreements?|conditions|restrictions)\b"
)
"""What puts a part under terms that are not given."""

WHOLE = (
    PARTS_ELSEWHERE
    + r"|\b(?:licen[sc]es?\s(?:[\w-]+\s){0,5}(?:has|have|needs?|must)\s(?:to\s)?(?:be\s)?(?:obtained|acquired|bought|purchased|requested|negotiated)|off[-\s]limits|(?:is|are)\s(?:strictly\s|therefore\s)?(?:prohibited|forbidden|disallowed|not\s(?:permitted|allowed))|not\s(?:meant|intended|open|available|offered)\s(?:for|to)\s(?:you|every(?:one|body)|the\s(?:general\s)?public|compan\w+|firms|business\w*|industry)|(?:licen[sc]e|grant|permission|offer)\s(?:\w+\s){0,3}(?:void|lapses?|ends|ceases?|withdrawn|revoked)|case[-\s]by[-\s]case|by\sarrangement|not\s(?:by\s|under\s)?(?:this|the)\slicen[sc]e|governed\sby\s(?!\W{0,6}(?:the\s|an?\s|this\s)?(?:licen|\s|law|gdpr))|not\sapply\sto\s(?:you|users?|anyone|compan\w+|everyone|institutions?|organi[sz]ations?)|(?:get|obtain|buy|acquire|need)\s(?:your\sown|an?\sown|their\sown|an?\s(?:separate|commercial|individual))\s(?:\w+\s)?licen[sc]e|nda|non-?disclosure|(?:(?:upon|after|on)\s(?:(?:our|the|prior|written|explicit|express)\s){0,3}|with\s(?:(?:our|prior|written|explicit|express)\s){1,3})(?:approval|permission|consent|authori[sz]ation|arrangement)|(?:sauf|hormis|außer|salvo|excepto|eccetto|behalve|oprócz|кроме)\s(?:pour|für|para|per|voor|dla|для)|not\scleared|not\sfor\s(?!(?:example|the\sfaint|a\slong))|(?:nicht|pas|non|não|niet|nie|ikke|inte|не)\s(?:für|pour|para|per|voor|dla|til|för|для)\s|not\swelcome|nobody\selse|no\sone\selse|decides\son\s(?:each|every|all))\b|:\s?no\b(?!\s\w)"
)
"""What says enough alone."""

FIRM = r"\b(?:(?:may|must|shall|can|do|does|will)\s(?:not|never)|cannot|(?:can|do|must|wo|may)n?['’]t|prohibit\w*|forbidden|forbid\w*|disallowed|not\s(?:be\s)?(?:allowed|permitted)|off[-\s]limits|only|solely|exclusively|(?:must|has\sto|have\sto|shall|needs?\s(?:to\sbe|an?|the|our)|requires?)\b|no\sother|must\sstay|violation|without)"
"""Words that leave no choice."""

HARMLESS = (
    # promises that are not given
    r"\bnot\s(?:\w+ly\s)?(?:suitable|suited|fit|an?\s(?:substitute|replacement))\sfor\b(?!\s(?:\w+\s)?(?:redistribut|sharing|resale|public))"
    r"|warrant|liab(?:le|ilit)|responsib|guarant|\bdamages\b|indemn|\bas[-\s]is\b|endors|sponsored|sponsorship|\b(?:not|nor|un-?)\W{0,2}(?:\w+\s){0,2}affiliat|affiliat\w+\swith\s(?:us\b|the\s(?:authors?|publishers?|projects?|originals?)\b)|\bnot\s(?:an?\s)?(?:\w+[-\s]){0,3}(?:advice|certification|substitute|recommendation)\b|\b(?:physical\sequipment|machinery|navigation|safety|hazard\w*|emergenc\w+)\b|mislead|misgui|distort|denatur|misrepresent|out\sof\scontext|\bimplied\b|\bnot\simpl(?:y|ies)\b|\bimpl(?:y|ies)\s(?:\w+\s)?(?:endors|approv|sponsor)|licensors?|\bthe\sWorks?\b|authori[sz]ed\sunder|abide\sby|trademark|merchantab|permission\snotice|fitness|accura(?:cy|te)|completeness|accountable|\bin\sno\s(?:event|way)\b|patent"
    r"|\b(?:restrictions?|limitations?|conditions?|registration|required|login|token|fees?|costs?|needed)\W{1,3}no(?:ne)?\b"
    r"|\bnot\san?\s(?:\w+ly\s\w+\s)?(?:official\s)?(?:[A-Z]\w+\s)?(?:product|project|service)\b(?!\s(?:of|for)\b)"
    r"|\b(?:is|are|was|were)\snot\sredistributed\b(?!\s(?:\w+\s){0,2}(?:without|except|unless))"
    r"|\bno\s(?!(?:[\w-]+\s){0,2}(?:rights?|permissions?|licen[sc]es?|grants?)\b)(?:[\w-]+\s){0,4}(?:is|are|was|were)\s(?:\w+\s)?(?:included|contained|present|used|collected|shared|stored|provided|planned)\b|at\syour\sown\srisk|\bas\syou\s(?:please|like|wish|want)\b"
    r"|\b(?:libremente|librement|liberamente|livremente|vrijelijk|swobodnie|dowolnie|fritt)\b|\bfrei\s(?:verwend|nutz|benutz|verfügbar)|свободно|\b(?:incluso|inclusive|inclus[ae]?|y\scompris|auch|anche|även|också|także|również)\s[^.;]{0,20}(?:com+er|kommer|komerc)|в\sтом\sчисле"
    # naming the makers
    r"|\bquellen?\b[^.;]{0,20}\b(?:genannt|angegeben|nennen|angeben)|\b(?:fuente|source|fonte|bron|źródł\w+|källan?|kilden?)\b[^.;]{0,25}\b(?:nam|men[cz]|indi|naz|vermeld|poda|ang|oppg|given|state)\w*|источник|来源|出所|出処|\bcredit(?:s|ed|ing)?\b(?!\s(?:scor|card|institut|risk|rating|check))|attribut|\bcit(?:e[ds]?|ing|ations?)\b|acknowledg|(?<!days['’]\s)(?<!days\s)(?<!without\s)\bnotices?\b(?!\sto\b)|zitier|namensnennung|namen?\s(?:ist|sind|zu)\s?(?:zu\s)?nennen|\bcitan|\bcitar|\bcitando|\bciter|\bcitant|menci[oó]n|署名|注明|出典|引用|출처|ссылк|نسب|ghi\s(?:công|nguồn)|保留版权|版权声明|indicat(?:e|ing)\s(?:if|whether|changes|the\s(?:source|date|origin))|(?:stat|nam)(?:e|ed|es|ing)\s(?:its|the|their)\s(?:origin|source|maker|author)|source\sis\snamed|\bname\s(?:the|us|its?|our)\b(?!\W{1,3}(?:\w+\s){0,3}(?:and|or)\s(?:\w+\s){0,3}(?:ask|get|obtain|pay|sign|need|must|have\sto|not|wait|register)\b)|\bloss\sof\b"
    # what is not asked for
    r"|\b(?:no|not|without|n['’]t|never|need\snot|nor|nothing)\b[^.;]{0,30}\b(?:restrict\w*|limit(?:ed|ation)s?\b(?!\sto)|required?|requirement|needed|necessary|need\sto|conditions?\b|obligat\w+|registration|charge|cost|fees?|asking|royalt\w+|limited\sto)\b"
    r"|\bno\s(?:\w+\s){0,2}(?:permission|consent|approval|licen[sc]e|registration)\s(?:is\s|are\s)?(?:needed|required|necessary)|\bfree\sof\s(?:charge|cost)|royalty[-\s]free|\bnot\sonly\b|(?:not|no)\s(?:\w+\s)?(?:limited\sto|a\scondition)"
    r"|\bshould\s(?:say|state|report|note|mention)\sso\b|\b(?:no\sone|nobody)\s(?:needs?|has)\sto\b|\bneed(?:\snot|n['’]t)\b|\b(?:do|does)(?:\snot|n['’]t)\s(?:need|have)\sto\b|\bthere\s(?:is|are)\sno\s(?!(?:[\w-]+\s){0,2}(?:rights?|permissions?|licen[sc]es?|grants?)\b)"
    r"|\bno\s(?:[\w-]+\s){0,2}(?:review|proposals?|registration|applications?|approval|agreements?|contracts?|forms?|accounts?|logins?|passwords?|board|committee|signatures?|sign-?up)\W*$"
    r"|\bno\s(?:[\w-]+\s){0,6}(?:restrictions|controls)\s(?:that\s|which\s)?(?:appl(?:y|ies)|exist|are\s(?:placed|imposed|known))|\bcode\slicen[sc]es?\s(?:does|do|did)(?:\snot|n['’]t)\b"
    r"|\bfor\s(?:any|all)\s(?:purposes?|uses?)\b|\b(?:even|also|including|both)\s(?:for\s|in\s)?commercial|commercial(?:ly)?\s(?:use\s)?(?:is\s)?(?:allowed|permitted|fine|ok(?:ay)?)(?!\W{1,3}(?:with|after|if|upon|once|provided|when|but|only|subject|through|via|against|at|for\s(?:an?\s)?(?:\w+\s){0,2}(?:fees?|charges?|prices?|payments?))\b)|(?:whatever|anything|everything)\syou\s(?:like|want)|\bno\s(?:copyright|rights?)\s(?:reserved)|violat\w+\s(?:\w+\s)?licen|not\sowned\sby|belonging\sto|(?:do|does)\s(?:not|n['’]t)\sown|\bno\s(?:copyright|rights?)\s(?:\w+\s)?(?:infringement|is|are|exists?)"
    r"|ohne\s(?:\w+\s)?(?:einschränk|beschränk|genehmig|erlaubnis|zustimm)\w*\s(?:\w+\s){0,3}(?:erlaubt|gestattet|möglich|frei)|keine\s(?:\w+\s)?(?:genehmigung|erlaubnis|zustimmung|einschränk|beschränk)|nicht\s(?:erforderlich|nötig|notwendig)|pouvez[^.]{0,80}sans\s(?:autorisation|restriction)|sans\s(?:aucune\s)?restriction|^\W*sans\sautorisation|pas\s(?:nécessaire|besoin|requis)|no\s(?:se\s)?(?:requiere|necesita|hace\sfalta|es\snecesari)|sin\s(?:ninguna\s)?restric|sem\srestriç|não\s(?:é\snecess|precisa)|senza\srestriz|non\s(?:è\snecess|serve|occorre)|niet\snodig|zonder\sbeperk|nie\s(?:jest\s)?(?:wymag|potrzeb)|bez\sogranicz|ikke\snødvendig|inte\snödvänd|behövs\s(?:inte|ej)|не\s(?:требу|нужн)|без\sограничен"
    r"|(?<!no\s)(?<!não\s)(?<!non\s)(?<!ne\s)\b(?:libre\w*|puede\w*|pode\w*|può|possono|pouvez|peut|peuvent|frei|darf|dürfen|may|can|freely|free|allowed|permitted|mag|kan|można)\b(?![^.;]{0,40}\b(?:not|ne|pas|no|non|não|nicht|niet|nie|sólo|solo|only)\b)[^.;]{0,60}\b(?:without|sin|sans|sem|senza|ohne|zonder|bez|utan|uden)\b"
    r"|无需|無需|不需要|不必|无须|商业用途|包括商[业用]|商用利用も?(?:可能|可)|必要(?:は)?(?:ありません|なし|ない)|不要|필요\s?(?:하지\s?않|없)|제한\s?없이|자유롭게|لا\s(?:يلزم|يشترط|حاجة)|không\s(?:cần|yêu\scầu)"
    # what a license says anyway
    r"|\bunless\b[^.;]{0,40}\botherwise\b|\bup\sto\syou\b|\boptional\b|\bvoluntary\b|\bnot\saffect\b|\b(?:un|other)less\sotherwise|\botherwise\s(?:noted|stated|indicated|specified|mentioned|marked)|where\s(?:otherwise\s)?(?:noted|stated|indicated|specified)|applicable\s(?:laws?|exceptions?)|permissions\snecessary|required\sby\slaw|(?:except\s)?in\s(?:compliance|accordance)\swith|cannot\srevoke|technological\smeasures|legally\srestrict|extent\spossible|\bsame\s(?:licen[sc]e|terms|conditions)\b|share[-\s]?alike|waiv|public\sdomain|conditions\sare\smet|following\sconditions|copyleft|provide\sa\slink|\bfair\suse\b"
    # how a set was made, and what it holds
    r"|\bwithout\s(?:any\s)?(?:modification|change|alteration)s?\sfrom\b|\bwithout\s(?:first\s|also\s|carefully\s)?(?:checking|verifying|reviewing|validating|reading|considering|accounting|understanding|testing|controlling|documenting|inspecting|adjusting|re-?training)\b|\b(?:confirm|verify|double-?check)\s(?:that\s)?this\b|\b(?:represent|reflect|match|mirror|capture|resemble)\w*\s(?:[\w-]+\s){0,5}distributions?\b|\b(?:class|label|score|length|age|language|topic|domain|data|error|sampling|prior|posterior|feature|token|word|frequency|probability|size|target|scene|gender)[-\s]distributions?\b|\bdistribution\sshifts?\b"
    r"|\b(?:populate|publish|upload|tag|push|merge|finali[sz]e|regenerate)\s(?:that|the|this|a|each|any)\s(?:[\w.`-]+\s){0,4}?(?:drafts?|versions?|releases?|tags?|records?|manifests?|snapshots?)\b"
    rf"|\b(?:we|i|authors|annotators)\s(?:{_W}\s){{0,3}}?(?:asked|obtained|received|got|used?|collect\w*|include\w*|exclude\w*|remov\w+|filter\w*|select\w*|recorded|contacted|anonymi[sz]\w+|own\b|hold\b|claim|store|plan|aim|hope|believe|thank|ensur\w+|made|tried|kept|found)\b"
    rf"|\b(?:was|were|has\sbeen|have\sbeen|had)\s(?:{_W}\s){{0,3}}?(?:asked|obtained|collected|included|excluded|removed|filtered|selected|approved|recorded|recruited|annotated|harmed|approached|anonymi[sz]ed|published|made|created|generated|produced|extracted|crawled|scraped|trained|written|taken|gathered|compiled|derived|released|chosen|sourced|reviewed)\b"
    r"|\b(?:we|it|that|which|and|datasets?|corpus|set|repository|distributor)\s(?:(?:are|is)\s)?(?:only|do\snot|does\snot|don['’]t|doesn['’]t|not|cannot)\s(?:(?:re-?)?distribut|releas|provid|publish|shar|includ|contain|link|stor|host)\w*|\bthe\saim\b|\bfund(?:ers?|ing|ed)\b|to\sbe\s(?:included|added|listed)|[’'”]\smeans\b"
    r"|\b(?:may|might|could)\s(?:also\s)?(?:need|be\srequired|have\sto)\b|\bno\s(?:charges|fees)\b|\bno\sother\s(?:modification|change|alteration|difference|processing)s?\b"
    # what would harm somebody, or is against the law anyway
    r"|\b(?:about|of|any|no|natural|private|real|living|(?:re-?)?identif\w+)\s(?:\w+\s){0,2}(?:individuals?|persons?)\b|\b(?:individual|person)s?(?:[’']s?)?\s(?:rights?|names?|faces?|data|privacy|in\sthe)\b|\bidenti(?:fy|fied|fiable|fying|ty|ties)\b|privacy|impersonat|\bharm\w*|malicious|hateful|discriminat|defam|(?:illegal|unlawful)\s(?:purpose|activit|use|mean|manner|way)\w*|\bpersonal(?:ly)?\s(?:data|information|identifiable)|\btracking\b|\bunrestricted\b|surveillance|stalk|harass"
    r"|\b(?:contains?|includes?|consists?|comprises?|covers?\sonly|does\snot\s(?:contain|include|cover|hold)|do\snot\s(?:contain|include|hold))\b"
    r"|\b(?:redistribution|release|mirror|copy|version|edition|upload|repository|export|conversion|publication)\s(?:\w+ly\s|only\s)?(?:exposes?|ships?|lacks?|omits?|holds|keeps?)\b(?![^.;]{0,80}\b(?:access|fees?|to|for)\b)"
    r"|\b(?:glad|happy|love|like|curious)\sto\s(?:hear|see|know|learn)\b|\bnamen?\b[^.;]{0,40}\bnennen\b|\bmaintainers?\s(?:can|may|will|should)\s(?:publish|release|merge|push|tag|commit)\b|\bpull\srequests?\b|\b(?:wish|want|like|how)\sto\scontribute\b|\bcontributions?\s(?:is|are)\b|\bby\scontributing\b|\breflects?\s[^.;]{0,30}\bopinions?\b|\bopinions?\s(?:are|is)\b|\bonly\sas\s(?:an?\s)?(?:illustration|example|explanation|demonstration)s?\b"
    r"|\bif\syou\s(?:want|wish|intend|plan)\sto\s(?:compare|report|evaluate)\b|\bfor\s(?:a\s)?fair\scomparisons?\b|\bto\s(?:keep|stay|remain)\scomparable\b|\bfor\sidentification\s(?:purposes\s)?only\b"
    r"|\b(?:until|before)\s(?:\w+\s)?\d{4},?\s[^.;]{0,40}?\b(?:was|were|could|had)\b"
    r"|\b(?:earlier|previous|older|former|prior)\s(?:versions?|releases?|editions?)\s(?:was|were|had|used\sto)\b(?![^.;]{0,160}\b(?:may|must|shall|cannot|can|now)\b)"
    r"|\b(?:competition|challenge|shared\stask|workshop|contest)\s(?:only\s|was\s|were\s|had\s){0,2}(?!requir|permitt|allow|licen|restrict|limit|prohibit|reserv)\w{3,12}ed\b"
    r"|\bcommercial(?:ly)?\s(?:use\s|reuse\s)?is\s(?:\w+ly\s|also\s)?(?:welcome|encouraged)\b(?!\W{1,3}(?:with|after|if|upon|once|provided|when|but|only|subject|through|via|against|at|for\s(?:an?\s)?(?:\w+\s){0,2}(?:fees?|charges?|prices?|payments?))\b)"
    # questions, mistakes and wishes of owners
    r"|\b(?:questions?|issues?|problems?|feedback|errors?|mistakes?|phone\snumber|e-?mail\saddress|bugs?|suggestions?|configs?|config\w{3,10}|arguments?|parameters?|loaders?|older\sversions?|inquiries|concerns?|comments|further\sinformation|more\s(?:information|details)|take-?\s?downs?|remov(?:e|al|ed|es|ing)|legitimate\srequests?|any\sinformation|if\s(?:a|the)\slinks?|opt[-\s]?out)\b"
    r"|\b(?:kindly|please)\s(?:ask|tell|let|inform|share)\b[^.;]{0,30}\b(?:us|results?|findings|know)\b|\b(?:you\s)?do\snot\shave\sto\b|\bgeprüft\b|aucune\s(?:autorisation|restriction)|^\W*merci\b"
    r"|\b(?:recommend|suggest|advis|encourag|would\sbe\shappy|appreciat|grateful)\w*"
)
"""Words of clauses that set no condition beyond what an open license asks for anyway."""

GRANTED = (
    r"\b(?:can|may)\s(?:also\s|freely\s)?be\s(?:\w+ly\s)?\w{3,14}ed\b(?![^.;]{0,90}\b(?:only|after|once|until|unless|for|by|if|when|within|in|from|to)\b)|"
    r"\b(?:is|are)\s(?:always\s|also\s|explicitly\s)?(?:allowed|permitted|welcome)\b(?!\s(?:only|if|when|after|with|upon|for|to|by|in|on|within)\b)|"
    r"\blicen[sc](?:ed|ing|e[sd]?)\b(?!\sfees?)|\b(?:released?|releasing|distributed|published|available|provided|shared?|open(?:ly)?|dedicated|placed|meant|intended)\s(?:\w+\s){0,4}(?:under|for|by|as|at|on|in|with|from|to\sthe\spublic)\b|\bunder\s(?:the|an?)\s*$|\bfree\sfor\b|^\W*for\s(?:both\s)?(?:commercial|research|any)\b|\b(?:free|welcome|allowed|permitted)\sto\b|\b(?:you|users?|anyone|everyone)\s(?:may|can)\b(?![^.;]{0,80}\b(?:after|once|until|unless|only|during|while|as\slong\sas|for\s(?:the\s(?:length|duration|term|time)|a\strial))\b)|\b(?:is|are)\s(?:free|open|public)(?:ly)?\b|\b(?:re)?use\s(?:is\s)?(?:allowed|permitted|free)|\b(?:copy\sand\sredistribute|remix|build\supon|any\sreasonable)"
    r"|^\W*(?:please\s|kindly\s|for\s\w+\s\w+,?\s)?(?:refer|see|check|visit|read|consult|find|cite)\b|\b(?:can\sbe|is|are|be)\s(?:found|listed|given|described|indicated|stated)\b|\b(?:listed|described|given|found|stated)\s(?:in|at|on|below|above|here)\b|\bsee\s(?:also|our|section|below|above)\b|\b(?:link|details?|url|readme|version)s?\b"
    r"|lizenz|licen[czñ]\w|licenc|lisans|lisens|лиценз|许可|許可证|协议|協議|ライセンス|라이[선센]스|ترخيص|رخصة|giấy\sphép|veröffentlich|verfügbar|publié|disponib|pubblicat|beschikbaar|udgivet|tillgänglig|опублик|发布|發布|提供|公開(?:して|され)|공개|제공|متاح|phát\shành"
)
"""What a sentence of a licensing section says of the grant, and of where to read it."""

DESCRIBED = (
    r"\b(?:paraphrases?|summari[sz]es?|mirrors?|quotes?|draws?\s(?:on|from)|builds?\s(?:on|upon)|extends?|combines?|merges?|aggregates?|ships?|bundles?|uses\s(?:the|open|public|synthetic))\b(?=\s(?!(?:is|are|must|may|needs?)\b))|"
    r"\b(?:collect|creat|annotat|develop|fund|support|generat|produc|crawl|scrap|extract|gather|compil|curat|transcrib|translat|record|publish|obtain|sourc|contribut|maintain|organi[sz]|describ|adopt|deriv|download|anonymi[sz]|remov|check|review|label|releas)t?ed\b|\b(?:made|taken|copied|split|based)\b|\breproduced\sfrom\b"
    r"|\b(?:contains?|consists?|comprises?|included?s?|originates?|belongs?|spans?|follows?|inherits?|reflects?|represents?|comes?\sfrom|adheres?|refers?)\b|^\W*(?:we|our\s(?:data\w*|corpus|annotations?|team|work|project|goal|aim)|i|the\sauthors?)\b|\bwould\b|\b(?:entstand\w*|wurden?|stamm\w+|basier\w+|usaron|fueron|fue|provien\w+|été|sono\sstat\w|foram|werden|werd|zijn|został\w*|blev|были|был[ао]?|является|являются)\b"
    r"|\b(?:owned|owners?|authors?|holders?|rights?|copyrights?|status|terms|unknown|unclear|pending|sources?|originals?)\b|\(c\)|©|저작권|著作権|版权|版權|\bderechos\b|\bautor\w*|\bdroits\b|\burheber\w*|авторск"
)
"""What it tells of how the set was made, of what it holds and of whose that is."""

OBLIGES = r"\b(?:dut(?:y|ies)|obliged|obligations?|must|shall|may|should|has\sto|have\sto|needs?\sto|ought|never|kindly|please|until)\b"
"""Words of a sentence that tells nothing, but asks something of its reader."""

BEARING = (
    r"\b(?:you|your(?:self)?|users?|readers?|recipients?|addressees?|bearers?|holders?|licensee|clients?|customers?|visitors?|permission|grants?|granted|duty|duties|obliged|obligation|void|piracy|conditions?|precondition|requirements?\sfor|paid|sold|bought|buy(?:ing)?|fees?|money|free|plan|quota|first\srefusal|do\snot|don['’]t|barred|vetted|view(?:ed|ing)?|quot(?:e|ed|ing)|print(?:ed|ing)?|duplicat\w+|extracts?|cop(?:y|ies)|applications?|purposes?)\b"
    r"|\b(?:sie|nutzer|vous|utilisateur|usted|usuario|usuário|você|utente|użytkownik|gebühr\w*|taxe|tasa|taxa|opłat\w+)\b|您|你|用户|用戶|利用者|者の方|사용자|이용자|기업|пользовател\w+|المستخدم|người\sdùng"
)
"""Words of which a sentence holds one that asks something of whoever takes the set."""
PORTUGUESE = r"\b(?:do|dos|da|das|e|em|ao|aos|pelo|pela|na|são|é|ou|com|\w+ção|\w+ções)\b"
"""Words of a language in which "no" says where something is."""
