"""How clauses that close a license are written in the languages that cards are written in.

Each pattern stands on its own: the words of one clause in one language, without the license's
name. They are read in any licensing section; outside of one only where they speak of the set.
"""

from __future__ import annotations

from provenance import lazy_re as re

_ACROSS = "[^.!?\\n。！？]"
_GAP = r"[^\w'’-]+"
"""Between two words: apostrophes and hyphens belong to words, so that a text is cut one way."""

NON_COMMERCIAL = (
    # de
    r"nicht[-\s]?kommerziell|(?:kein|ohne)\w{0,12}\skommerziell|kommerziell\w{0,12}\s(?:nutzung|verwendung|zwecke?n?)\s(?:\w+\s){0,7}(?:nicht|untersagt|verboten|ausgeschlossen|unzulässig)|nicht\s(?:\w+\s){0,4}kommerziell",
    # fr
    r"non[-\s]commercia|pas\sd['’]\s?(?:utilisation|usage)s?\scommercia|(?:utilisation|usage|fin|exploitation|diffusion|reproduction)s?\scommercia\w{1,20}\s(?:\w+\s){0,7}(?:interdit|prohib|exclu|pas)|interdi\w{1,20}\s(?:\w+['’\s]){0,5}commercia|à\sbut\snon\slucratif",
    # es, pt, ca
    r"(?:no|não|nao)[-\s]comercia|uso\scomercial\s(?:\w+\s){0,7}(?:prohib|proib|(?:no|não)\s(?:\w+\s)?permitid)|(?:prohib|proib|vedad)\w{1,20}\s(?:\w+\s){0,5}comercia|sin\sfines\s(?:comercia|de\slucro)|sem\sfins\s(?:comercia|lucrativ)|fins\sno\scomercials|(?:no|não|nunca|sin)\s(?:\w+\s){0,6}(?:fines|fins|uso|usos|utilizaci\w{1,20})\s(?:\w+\s)?comercia",
    # es, pt, fr, it: selling
    r"(?:\bno|\bnão|\bnon|\bn['’]est\spas|\bprohib\w{1,5}|\bproib\w{1,5}|\binterdit\w{0,2}|\bvietat\w)\s(?:[\w'’]{1,20}\s){0,6}?(?:comerciali[sz]\w+|commerciali[sz]\w+)|\b(?:comerciali[sz]a\w+|commerciali[sz]\w+)\s(?:[\w'’]{1,20}\s){0,4}?(?:prohib|proib|interdit|vietat|no\s(?:est|se)|não|n['’]est\spas|non\s(?:è|est))",
    # it
    r"non\scommercia|uso\scommerciale\s(?:\w+\s){0,7}(?:vietat|proibit|non)|(?:vietat|proibit)\w{1,20}\s(?:\w+['’\s]){0,5}commercia|senza\s(?:fini|scopo)\s(?:commerciali|di\slucro)|(?:non|mai)\s(?:\w+\s){0,6}(?:scopi|fini|uso)\scommercia",
    # nl
    r"niet[-\s]commercie|commercie\w{1,20}\s(?:gebruik|doeleinden)\s(?:\w+\s){0,7}(?:niet|verboden|uitgesloten)|(?:geen|niet)\s(?:\w+\s){0,5}commercie",
    # pl
    r"nie-?komercyjn|komercyjn\w{1,20}\s(?:\w+\s){0,7}(?:zabronion|zakazan|niedozwolon)|(?:zakaz|zabrania\ssię|nie)\s(?:\w+\s){0,6}komercyjn",
    # da, sv, nb
    r"(?:ikke|icke|inte|ej)[-\s]?kommer(?:ciel|siel)|kommer(?:ciel|siell)\w{0,12}\s(?:brug|bruk|användning|formål|ändamål)\s(?:\w+\s){0,7}(?:ikke|inte|forbudt|förbjud|tillåt)|(?:ikke|inte|ej)\s(?:\w+\s){0,6}kommer(?:ciel|siel)",
    # ru
    rf"некоммерческ|коммерческ\w{{1,20}}\s(?:\w+\s){{0,7}}(?:запрещ|не\s(?:допуска|разреш))|(?:запрещ|нельзя|не\s){_ACROSS}{{0,50}}коммерческ",
    # zh
    rf"非商[业業用]|非[营營]利|禁止{_ACROSS}{{0,10}}商[业業用]|(?:不得|不可|不能|不允许|不許|严禁|请勿){_ACROSS}{{0,12}}商[业業用]|商[业業用]{_ACROSS}{{0,8}}(?:禁止|不允许|不得|不可)",
    # ja
    rf"非営利|非商用|非商業|(?:商用|商業|営利){_ACROSS}{{0,14}}(?:不可|禁止|禁じ|でき(?:ない|ません)|認め(?:ない|ません|られ)|しないで)",
    # ko
    rf"비상업|비영리|(?:상업|영리|상용){_ACROSS}{{0,20}}(?:금지|불가|없습니다|없다|안\s?됩니다|허용되지|않습니다)",
    # ar
    rf"غير\s(?:ال)?تجاري|(?:محظور|ممنوع|يحظر|يُحظر|يمنع|لا\sيجوز|لا\sيسمح|غير\sمسموح){_ACROSS}{{0,40}}تجاري|تجاري\w*{_ACROSS}{{0,20}}(?:محظور|ممنوع|غير\sمسموح)",
    # vi
    rf"phi\sthương\smại|(?:không|cấm|nghiêm\scấm){_ACROSS}{{0,80}}thương\smại|thương\smại{_ACROSS}{{0,15}}(?:bị\s)?(?:cấm|không)",
    # tr, fi, hu
    r"ticari\s(?:amaçlı\s)?olmayan|gayri\s?ticari|ticari\s(?:\w+\s){0,4}(?:yasak|kullanılamaz|izin\sverilm)|ei-?kaupalli|kaupalli\w{1,8}\s(?:\w+\s){0,4}(?:kielletty|ei\ssallit)|nem[-\s]kereskedelmi|kereskedelmi\s(?:\w+\s){0,4}(?:tilos|nem\s)",
    # cs, sk, ro, uk, bg
    r"nekomer[čc]|komerčn\w{1,8}\s(?:\w+\s){0,5}(?:zakáz|není|nie\sje)|necomercial|некомерційн|комерційн\w{1,20}\s(?:\w+\s){0,7}заборонен|нетърговск",
    # id, ms
    r"non-?komersial|(?:tidak|dilarang)\s(?:\w+\s){0,6}komersial|komersial\s(?:\w+\s){0,4}(?:dilarang|tidak)",
    # el, he, th, fa, hi
    rf"μη\sεμπορικ|εμπορικ\w{{1,8}}\s(?:\w+\s){{0,5}}απαγορ|(?:לא|אסור)[-\s]{_ACROSS}{{0,20}}מסחרי|(?:ห้าม|ไม่){_ACROSS}{{0,30}}พาณิชย์|غیر\s?تجاری|गैर[-\s]?(?:व्यावसायिक|वाणिज्यिक)",
)

RESEARCH_ONLY = (
    rf"(?:yalnızca|sadece){_ACROSS}{{0,40}}(?:araştırma|akademik|bilimsel|eğitim)|(?:vain|ainoastaan){_ACROSS}{{0,40}}(?:tutkimus|tieteelli|opetus)|(?:csak|kizárólag){_ACROSS}{{0,40}}(?:kutatás|tudományos|oktatás)",
    rf"(?:pouze|výhradně|len|iba){_ACROSS}{{0,40}}(?:výzkum|výskum|vědeck|vedeck|akademick|vzdělávac)|(?:doar|numai|exclusiv){_ACROSS}{{0,40}}(?:cercetare|academic|educați)|(?:лише|тільки|виключно|само){_ACROSS}{{0,40}}(?:науков|научн|дослідн|освітн|изследов)",
    rf"(?:hanya|khusus){_ACROSS}{{0,40}}(?:penelitian|riset|akademi|pendidikan|penyelidikan)|(?:μόνο|αποκλειστικά){_ACROSS}{{0,40}}(?:έρευν|ερευνητικ|ακαδημαϊκ|εκπαιδευτικ)",
    rf"מחקר\w{{0,6}}{_ACROSS}{{0,20}}בלבד|(?:วิจัย|ศึกษา){_ACROSS}{{0,20}}เท่านั้น|(?:فقط|تنها){_ACROSS}{{0,40}}(?:پژوهش|تحقیقات|آموزش)|केवल{_ACROSS}{{0,40}}(?:अनुसंधान|शोध|शैक्षणिक)",
    rf"(?:nur|ausschlie(?:ß|ss)lich|lediglich){_ACROSS}{{0,40}}(?:forschung|wissenschaftlich|akademisch|lehrzweck|lehre)|forschungszweck\w{{0,12}}\s(?:nur|ausschlie)",
    rf"(?:uniquement|exclusivement|seulement|strictement|réservée?s?){_ACROSS}{{0,40}}(?:recherche|scientifique|académique|enseignement)|recherche{_ACROSS}{{0,20}}(?:uniquement|exclusivement|seulement)",
    rf"(?:s[oó]lo|[uú]nicamente|exclusivamente|solamente|apenas|somente|estritamente|estrictamente){_ACROSS}{{0,40}}(?:investigaci|investigação|pesquisa|acad[eéê]mic|cient[ií]fic|docente|educativ)|(?:investigaci[oó]n|pesquisa){_ACROSS}{{0,20}}(?:exclusivamente|[uú]nicamente|apenas|somente)",
    rf"(?:solo|soltanto|esclusivamente|unicamente){_ACROSS}{{0,40}}(?:ricerca|scientific|accademic|didattic)|ricerca{_ACROSS}{{0,15}}(?:esclusivamente|soltanto)",
    rf"(?:alleen|uitsluitend|enkel|slechts){_ACROSS}{{0,40}}(?:onderzoek|wetenschap|academisch|onderwijs)",
    rf"(?:wyłącznie|tylko|jedynie){_ACROSS}{{0,40}}(?:badawcz|naukow|badań|akademick|edukacyjn)",
    rf"(?:kun|udelukkende|endast|enbart|bara|bare|utelukkende){_ACROSS}{{0,40}}(?:forskning|undervisning|videnskab|vetenskap|akademisk|vitenskap)",
    rf"(?:только|исключительно|лишь){_ACROSS}{{0,40}}(?:научн|исследоват|образоват|академическ)|(?:научн|исследоват)\w{{0,12}}{_ACROSS}{{0,20}}(?:только|исключительно)",
    rf"(?:仅|只|僅|限){_ACROSS}{{0,24}}(?:学术|科研|研究|教学|學術)|(?:研究|学术|學術|科研)[^，,。\n]{{0,8}}(?:之用|专用)",
    rf"(?:研究|学術|教育){_ACROSS}{{0,14}}(?:のみ|に限|だけ|限定)",
    rf"(?:연구|학술|교육){_ACROSS}{{0,16}}(?:으로만|로만|용만|에만|만\s|에\s?한|한정|제한)|오직{_ACROSS}{{0,12}}(?:연구|학술)",
    rf"(?:البحث|البحثية|الأكاديمي|العلمي|التعليمي)\w{{0,12}}{_ACROSS}{{0,25}}فقط|(?:فقط|حصر){_ACROSS}{{0,25}}(?:البحث|الأكاديمي|العلمي|لأغراض\sبحثية)",
    rf"chỉ{_ACROSS}{{0,40}}(?:nghiên\scứu|học\sthuật|giáo\sdục|khoa\shọc)",
)

ALL_RESERVED = (
    r"alle\srechte\svorbehalten",
    r"tous\s(?:les\s)?droits\s(?:sont\s)?réservés",
    r"todos\slos\sderechos\s(?:est[aá]n\s)?reservados|reservados\stodos\slos\sderechos",
    r"tutti\si\sdiritti\s(?:sono\s)?riservati",
    r"todos\sos\sdireitos\s(?:s[aã]o\s|est[aã]o\s)?reservados",
    r"alle\srechten\s(?:zijn\s)?voorbehouden",
    r"(?:wszelkie|wszystkie)\sprawa\s(?:są\s)?zastrzeżone",
    r"alle\srettigheder\s(?:er\s)?forbehold|alle\srettigheter\s(?:er\s)?(?:forbehold|reservert)|alla\srättigheter\s(?:är\s)?(?:förbehåll|reserverade)",
    r"все\sправа\s(?:защищены|сохранены|принадлежат|охраняются)",
    r"保留(?:所有|一切|全部)?[权權]利|保留所有[权權]|版[权權]所有",
    r"無断(?:転載|複製|使用|利用|転用)|全著作権|(?:すべて|全て|一切)の権利を(?:留保|保有|保持|有)",
    r"모든\s?권리(?:를|가|는)?\s?(?:보유|유보|보호)|무단\s?(?:전재|복제|사용|배포|도용)",
    r"(?:جميع|كل|كافة)\sالحقوق\s(?:محفوظة|محفوظه)",
    r"(?:mọi|tất\scả|toàn\sbộ)\s(?:các\s)?quyền\s(?:được\s|đều\s)*bảo\slưu|bảo\slưu\s(?:mọi|tất\scả|toàn\sbộ)\s(?:các\s)?quyền",
)

_NEVER = r"(?:\bnot|\bnever|\bno(?!\s(?:effect|impact|influence|need|problem)\b)|\bcannot|n['’]t|\bprohibit\w*|\bforbid\w*|\bforbidden|\bban(?:ned|s)?|\bdisallow\w*|\bwithout(?!\s(?:additional|further|any|extra|the\sneed|having|needing|more)\b))"
NO_TRAINING = (
    rf"{_NEVER}{_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,9}}?(?:pre-?)?(?:train(?:ing)?(?!\s(?:data|sets?|corp|splits?|examples?|samples?)\b)|fine-?tun(?:e|ing)|develop(?:ing|ment)?|build(?:ing)?|creat(?:e|ing)){_GAP}(?:[\w'’/-]{{1,40}}[^\w'’/-]+){{0,5}}?(?:models?|ai\b|llms?|algorithms|neural|generative|machine\slearning)(?!s|\s(?:for|in|within)\s(?:\w+\s){{0,2}}commercial)",
    rf"{_NEVER}{_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,5}}?(?:ai|model|llm|machine\slearning|ml|neural)[\s-]+(?:model\s)?training",
    r"(?:model|ai|llm|machine\slearning)[\s-](?:model\s)?training\s(?:\w+\s){0,4}(?:prohibited|forbidden|not\s(?:allowed|permitted)|disallowed|excluded)",
    r"(?:training|train)\s(?:of\s|any\s|an?\s|on\s|ai\s|generative\s|large\s|language\s|machine\slearning\s){1,6}(?:models?|systems?)\s(?:\w+\s){0,6}(?:prohibited|forbidden|not\s(?:allowed|permitted)|disallowed)",
    rf"(?:\bnot|\bnever|n['’]t){_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,2}}?(?:include|add|use|put|incorporate|appear|be){_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,6}}?(?:in|to|as|into|for|within){_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,3}}?(?:pre-?)?training[\s-](?:corp|data|sets?\b|mix)",
    rf"\bexclude{_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,5}}?from{_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,4}}?(?:(?:pre-?)?train|fine-?tun)ing",
    rf"\b(?:not|never){_GAP}(?:pre-?)?(?:train|fine-?tune){_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,3}}?(?:on|with)\s(?:this|it\b|these|the\s(?:data|corpus|benchmark|set))",
    r"\b(?:tdm|data\smining)\W{1,3}(?:\w+\W{1,3}){0,4}(?:reserved|prohibited|forbidden)|\barticle\s4\s?\(3\)[^.]{0,60}(?:2019/790|dsm\b|copyright\sin\sthe\sdigital)|\bopt(?:ed|s)?[-\s]out\s(?:of|from)\s(?:\w+\s){0,4}(?:tdm\b|data\smining|(?:ai|model)\straining)",
    rf"\b(?:not|never){_GAP}(?:be\s)?(?:feed|fed){_GAP}(?:[\w'’-]{{1,40}}{_GAP}){{0,4}}?(?:ai\b|llms?|models?)",
    r"never\sappear\sin\straining\scorp|text\sand\sdata\smining\s(?:\w+\s){0,6}(?:reserved|prohibited|not\s(?:allowed|permitted))",
    rf"(?:nicht|keine?n?)\s{_ACROSS}{{0,50}}train\w{{1,12}}\s{_ACROSS}{{0,20}}(?:\w{{0,30}}modell|ki\b)|(?:不得|禁止|不可|不允许){_ACROSS}{{0,14}}训练{_ACROSS}{{0,8}}模型|(?:モデル|AI)の?(?:学習|訓練){_ACROSS}{{0,10}}(?:禁止|不可)",
)
MODEL_OUTPUT = (
    r"(?:not|never|n['’]t|prohibit\w{0,6}|forbid\w{0,6}|cannot|restrict\w{0,6}|without)[^\w'’/.-]+(?:[\w'’/.-]{1,40}[^\w'’/.-]+){0,14}?compet(?:e|es|ing|itors?|itive)\b(?!\s(?:results|performance|baselines?))",
    r"\b(?:terms|polic(?:y|ies)|conditions)\s(?:\w+\s){0,3}?(?:prohibit|forbid|bar|disallow|exclude)s?\s(?:\w+\s){0,4}?(?:rival|compet)\w*",
    r"(?:models?|products?|services?)\s(?:that|which|to)\scompetes?\swith\s(?:openai|anthropic|google|meta)",
    r"(?:openai|anthropic|chatgpt|gpt-?[34][\w.]{0,12}|claude|gemini|llama)(?:['’]s)?\s(?:\w+\s){0,3}?(?:terms\b|usage\spolic|tos\b|licen[sc]e\sagreement)",
)
GENERATED = re.compile(
    r"(?:generated|created|produced|written|synthesi[sz]ed|distilled|obtained|annotated|labell?ed)\s(?:\w+\s){0,4}?(?:by|with|using|from|via|through)\s(?:[\w'’-]+\s){0,4}?(?:gpt-?[345]|gpt-?4o|chatgpt|text-davinci|davinci|openai|claude|gemini|palm)",
    re.IGNORECASE,
)
"""What a model of a provider with terms on its output made."""

_USING = r"(?:use|uses|using|used|usage|utili[sz]\w{1,5}|cop(?:y|ying|ied)|reproduc\w{1,6}|re-?us\w{1,3}|shar(?:e|ed|ing)|re-?distribut\w{1,4}|publish\w{0,4}|publication|download\w{0,3}|exploit\w{0,6})"
_LEAVE = r"(?:permissions?|consent|approval|authori[sz]ation|agreement|licen[sc]e\sfrom)"
_BEFORE_IT = r"(?:(?:the|our|my|an?|any|its|their|prior|express|expressed|explicit|written|formal|previous|additional|special|separate|owner['’]?s|author['’]?s)\s){0,5}"
PERMISSION = (
    rf"(?:\bnot|\bno|\bnever|n['’]t|\bprohibit\w{{0,6}}|\bforbidden|\bunlawful|\billegal)\b[^.;\n]{{0,80}}?\bwithout\s(?:asking\s(?:for\s)?)?{_BEFORE_IT}{_LEAVE}",
    rf"\bwithout\s{_BEFORE_IT}{_LEAVE}[^.;\n]{{0,60}}?\b(?:not\s(?:allowed|permitted)|prohibited|forbidden|unlawful|illegal)",
    rf"\b{_USING}\b[^.;\n]{{0,60}}?\b(?:requires?|needs?|(?:is|are)\ssubject\sto|only\s(?:with|after|upon|by)|must\shave)\s{_BEFORE_IT}(?:\w+\s)?{_LEAVE}(?!\s(?:to\sbe\s)?(?:released|of\sthe\slicen))",
    rf"\b(?:only|free|freely|allowed|permitted|(?:may|can)\sbe)\b[^.;\n]{{0,40}}?\b(?:use|used|copied|reproduced|reused|shared|published)\s(?:only\s)?(?:with|after|upon|subject\sto)\s{_BEFORE_IT}{_LEAVE}",
    rf"\b(?:please\s)?(?:ask|contact|consult|write\sto|email)\s(?:(?:us|me|them|the\s\w+|first)\s){{0,2}}(?:for\spermission\s)?(?:before|prior\sto)\s(?:any\s|the\s|their\s|its\s|you\s|making\s)?(?:\w+\s)?{_USING}\b",
    rf"\b(?:you|users?|compan(?:y|ies)|everyone|everybody|others?|anyone|one|they|else|researchers)\s(?:else\s)?(?:must|needs?|(?:ha(?:ve|s)|needs?)\sto|should|shall)\s(?:first\s)?(?:to\s)?(?:(?:obtain|get|request|seek|ask\sfor|acquire|have|purchase|buy)\s)?{_BEFORE_IT}(?:{_LEAVE}|licen[sc]e\b|contract\b)(?!\s(?:notice|text|file|terms|your|it\b|them\b|any\b|derivat|changes))",
    r"\b(?:i|we)\s(?:will|shall|must)\s(?:first\s)?ask\s(?:\w+\s){0,3}before\b",
    r"\bneeds?\s(?:an?\s)?(?:\w+\s)?contract\b|\b(?:get|obtain|have|with|has)\s(?:our|my|the\s\w+['’]?s?)\s(?:\w+\s){0,2}(?:ok|okay|go-ahead|blessing|clearance)\b",
    r"\b(?:only|solely|exclusively|restricted|limited|licensed|shared|granted|given|reserved)\s(?:\w+\s){0,6}?(?:to|by|for|with)\s(?:\w+\s){0,3}?(?:members|partners|subscribers|customers|employees|staff|consortium|collaborators|affiliates)\b|\bby\s(?:the\s)?(?:members|partners|employees|staff)\b[^.;\n]{0,40}?\bonly\b",
    rf"\bunauthori[sz]ed\s(?:\w+\s){{0,4}}?(?:copying|{_USING})\b[^.;\n]{{0,60}}?\b(?:prohibited|forbidden|not\s(?:allowed|permitted))|\bno\suse\s(?:before|until)\b|\b(?:under|until\sthe|an?)\sembargo\b",
    # de, fr, es, pt, it
    r"\bnur\s(?:mit|nach)\s(?:\w+\s){0,4}(?:genehmigung|zustimmung|erlaubnis|einwilligung)|\bohne\s(?:\w+\s){0,4}(?:genehmigung|zustimmung|erlaubnis|einwilligung)\s(?:\w+\s){0,6}(?:verboten|untersagt|nicht|unzulässig)|\bbedarf\s(?:\w+\s){0,4}(?:genehmigung|zustimmung|erlaubnis)",
    rf"\b(?:interdit\w{{0,3}}|soumise?s?|nécessite|uniquement){_ACROSS}{{0,40}}(?:autorisation|l['’]accord)|\bsans\s(?:\w+['’\s]){{0,4}}(?:autorisation|accord){_ACROSS}{{0,30}}(?:interdit|pas)",
    rf"\b(?:prohib\w{{1,6}}|proib\w{{1,6}}|vietat\w|(?:no|não|non)\s(?:se|pode|può|est[aáà]|é|è)){_ACROSS}{{0,40}}(?:sin|sem|senza)\s(?:\w+\s){{0,4}}(?:autoriza\w{{1,5}}|autorizzazione|permiso|permissão|permesso|consent\w{{1,8}})|(?<!no\sse\s)(?<!no\s)(?<!não\s)\b(?:requiere|requer|richiede|s[oó]lo\scon|somente\scom|apenas\scom|solo\scon)\s(?:\w+\s){{0,4}}(?:autoriza\w{{1,5}}|autorizzazione|permiso|permissão|permesso)",
    # ru, zh, ja, ko
    r"только\sс\s(?:\w+\s){0,3}(?:разрешени|согласи)|(?:запрещ|нельзя|не\s\w+)\w{0,8}\s(?:\w+\s){0,6}без\s(?:\w+\s){0,3}(?:разрешени|согласи)|без\s(?:\w+\s){0,3}(?:разрешени|согласи)\w{0,3}\s(?:\w+\s){0,6}(?:запрещ|нельзя|не\s)",
    rf"(?:未经|未經|未获|未獲){_ACROSS}{{0,14}}(?:许可|許可|授权|授權|同意){_ACROSS}{{0,10}}(?:不得|禁止|请勿|不可)|(?:需|须|須|必须|应)(?:要)?(?:事先|先)?(?:获得|取得|征得|经|獲得){_ACROSS}{{0,14}}(?:许可|許可|授权|授權|同意)|(?:仅|只)(?:限|供)内部",
    rf"(?:許可|許諾|承諾|同意)(?:なく|なしに|なしで|を得ずに){_ACROSS}{{0,20}}(?:禁|不可|できません|ない)|(?:허가|동의|승인|허락)\s?(?:없이|없는){_ACROSS}{{0,20}}(?:금지|없습니다|안\s?됩니다|불가)",
)
"""Who has to ask first has been given nothing yet."""
INTERNAL = (
    r"\binternal\s(?:\w+\s)?(?:use|purposes?|evaluation)\sonly|\b(?:only|solely|exclusively)\s(?:for|to)\s(?:\w+\s)?internal\b|^\W*(?:for\s)?internal\s(?:use|purposes)\W*$",
    r"\bnot\sfor\s(?:public|external|general)\s(?:use|release|distribution|circulation)|^\W*confidential\b(?!\s?(?:,|/|or\b|and\b(?!\sproprietary)|\w+\?))|\b(?:strictly|proprietary\sand|company)\sconfidential\b|\bconfidential\sand\sproprietary",
    r"\b(?:(?:may|must|shall|can|do|to|should)\s?(?:not|never|n['’]t)|cannot|don['’]t)\s(?:be\s)?(?:copy|copied|re-?use[ds]?|reproduced?)\b(?!\s(?:here|copyright|verbatim|under))|\bno\s(?:copying|re-?use|reproduction)\b",
)
"""What is kept in the house, or must not be copied."""
ELSEWISE = (
    r"\b(?:otherwise|(?:any|every|all)\sother\s(?:uses?|purposes?))\b[^.\n]{0,60}?\b(?:forbidden|prohibited|disallowed|not\s(?:allowed|permitted))",
    r"\b(?:as\slong\sas|provided(?:\sthat)?|unless|on\scondition\sthat)\s[^.;\n]{0,40}?\b(?:not\s(?:be\s)?(?:re-?)?sold|not\ssell)",
)
"""What is left when a condition is not met."""

LICENSE_HEADING = (
    r"lizenz|nutzungsbedingung|nutzungsrecht|urheberrecht|licence\b|droits\s(?:d['’]auteur|d['’]utilisation)|conditions\sd['’]utilisation|licencia|derechos\sde|condiciones\sde\suso|t[eé]rminos\sde\suso|licença|direitos\s(?:de|autorais)|termos\sde\suso|licenza|diritti\sd|condizioni\sd['’]uso"
    r"|licentie|gebruiksvoorwaarden|auteursrecht|licencj|prawa\sautorskie|warunki\s(?:korzystania|użycia)|\bli[cs]ens|opphavsrett|bruksvilkår|ophavsret|upphovsrätt|vilkår|villkor|лиценз|авторск\w+\sправ|услови\w+\sиспользования"
    r"|许可|许可证|授权|協議|协议|版[权權]|許可|使用条款|使用規約|利用規約|利用条件|ライセンス|著作権|許諾|라이[선센]스|이용\s?약관|저작권|이용\s?조건|ترخيص|رخصة|حقوق\sالنشر|شروط\sالاستخدام|giấy\sphép|bản\squyền|điều\skhoản\ssử\sdụng"
    r"|\blisans|lisenssi|\blicenc[eiy]|ліценз|lisensi\b|άδεια|רישיון|licenț|สัญญาอนุญาต|مجوز|लाइसेंस"
)
