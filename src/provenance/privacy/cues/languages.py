"""Words of languages other than English by which a card documents the same things.

Languages that cards of the Hub are written in: German, French, Spanish, Portuguese, Italian, Dutch,
Russian, Chinese, Japanese and Korean. Stems stand for their forms.
"""

from __future__ import annotations

from provenance.privacy.cues.cue import Cue, cue
from provenance.vocabulary.topics import DOCUMENTED, Topic

LANGUAGES: tuple[Cue, ...] = (
    cue(
        Topic.CONSENT,
        "eingewilligt|einwilligung|consentement|consentimiento|consentimento|consenso|toestemming|"
        "соглас|同意|동의",
        (
            r"(?:haben|hat|wurde|liegt)\b[^.]{0,40}(?:eingewilligt|einwilligung)",
            r"einwilligung der \w+",
            r"(?:donn|obten|recueill|avec l)\w*[^.]{0,25} consentement",
            r"(?:di(?:eron|o)|obt\w+|otorg\w+|con el) (?:\w+ ){0,3}consentimiento",
            r"(?:deram|deu|obt\w+|com o) (?:\w+ ){0,3}consentimento",
            r"(?:dato|ottenut\w|con il) (?:\w+ ){0,3}consenso",
            r"(?:gaven|gegeven|met) (?:\w+ ){0,3}toestemming",
            r"(?:дали|получено|с) (?:\w+ ){0,3}согласи\w+",
            r"(?:征得|获得|取得|经)[^。]{0,12}同意",
            r"同意を(?:得|取得)",
            r"동의를? (?:받|얻)",
        ),
        status=DOCUMENTED,
    ),
    cue(
        Topic.ANONYMISED,
        "anonymisier|pseudonymisier|geschwärzt|anonymis|anonimiz|anonimad|anonimizz|geanonimiseerd|"
        "обезлич|анонимиз|匿名|打码|비식별|익명",
        (
            r"(?:anonymisiert|pseudonymisiert|geschwärzt)\w*",
            r"anonymisée?s?\b",
            r"pseudonymisée?s?\b",
            r"anonimi[zs]ad[oa]s?\b",
            r"anonimizzat\w\b",
            r"geanonimiseerd",
            r"обезличен\w*",
            r"анонимизир\w*",
            r"匿名(?:化|处理|處理)",
            r"打码",
            r"비식별(?:화)?",
            r"익명(?:화|처리)",
        ),
        status=DOCUMENTED,
    ),
    cue(
        Topic.SPECIAL_CATEGORY,
        "patientenakte|patientendaten|krankenakte|arztbriefe|comptes rendus médicaux|dossiers médicaux|"
        "données de santé|historias clínicas|historiales clínicos|prontuários|registros médicos|"
        "cartelle cliniche|medische dossiers|медицинские карты|истории болезни|пациент|病历|患者|電子カルテ|"
        "カルテ|진료기록|환자",
        (
            r"patienten(?:akten?|daten)\b",
            r"krankenakten?\b",
            r"arztbriefen?\b",
            r"(?:comptes[- ]rendus|dossiers) médicaux",
            r"données de santé (?:de|des)\b",
            r"histori(?:as|ales) clínic[oa]s",
            r"prontuários (?:médicos|eletrônicos)?",
            r"registros médicos",
            r"cartelle cliniche",
            r"medische dossiers",
            r"медицинские карты",
            r"истори[ия] болезни",
            r"病历",
            r"患者(?:数据|记录|资料|データ|の記録)",
            r"カルテ",
            r"진료 ?기록",
            r"환자 ?(?:데이터|기록)",
        ),
        "health",
    ),
    cue(
        Topic.CRIMINAL,
        "strafsachen|strafurteil|strafregister|casier judiciaire|affaires pénales|"
        "antecedentes penales|antecedentes criminais|уголовн|刑事|형사",
        (
            r"(?:urteile|entscheidungen|akten)\b[^.]{0,30} strafsachen",
            r"strafurteile",
            r"strafregister",
            r"casiers? judiciaires?",
            r"(?:décisions|jugements)\b[^.]{0,30} pénales",
            r"antecedentes (?:penales|criminais)",
            r"уголовн\w+ (?:дел|приговор)\w*",
            r"刑事(?:判决|案件|裁判)",
            r"형사 ?(?:판결|사건)",
        ),
    ),
    cue(
        Topic.PEOPLE_MEDIA,
        "sprachaufnahmen|tonaufnahmen|enregistrements vocaux|enregistrements audio|"
        "enregistrements de voix|grabaciones de voz|grabaciones de voces|gravações de voz|"
        "registrazioni vocali|spraakopnames|аудиозапис|语音|録音|音声|음성",
        (
            r"(?:sprach|stimm)aufnahmen",
            r"tonaufnahmen (?:von|der)",
            r"enregistrements (?:vocaux|de (?:la )?voix|audio de (?:locuteurs|personnes))",
            r"grabaciones de (?:voz|voces)",
            r"gravações de (?:voz|vozes)",
            r"registrazioni vocali",
            r"spraakopnames",
            r"аудиозапис\w* (?:\w+ ){0,2}(?:речи|голос\w*|дикторов)",
            r"语音(?:数据|录音|语料|识别数据)",
            r"说话人",
            r"音声(?:データ|コーパス)",
            r"話者",
            r"음성 ?(?:데이터|녹음|말뭉치)",
        ),
        "audio",
    ),
    cue(
        Topic.CHILDREN,
        "kindern|schülern|minderjährige|d'enfants|élèves|niños|niñas|menores de edad|crianças|bambini|"
        "kinderen|детей|школьников|儿童|未成年|子ども|児童|아동|어린이",
        (
            r"(?:aufnahmen|daten|texte|fotos|stimmen|aufsätze|bilder) von (?:\w+ )?(?:kindern|schülern|minderjährigen)",
            r"(?:voix|enregistrements|textes|photos|données|rédactions) (?:de voix )?d(?:'|e )(?:enfants|élèves|mineurs)",
            r"(?:voces|voz|grabaciones|textos|fotos|datos) de (?:voces de )?(?:niños|niñas|menores)",
            r"(?:vozes|gravações|textos|fotos|dados) de crianças",
            r"(?:voci|registrazioni|testi|foto|dati) di bambini",
            r"(?:opnames|stemmen|teksten|foto's) van kinderen",
            r"(?:голоса|записи|речь|тексты|фото\w*|данные) (?:детей|школьников)",
            r"(?:儿童|未成年人)(?:语音|数据|照片|录音|的)",
            r"(?:子ども|児童)の(?:音声|写真|データ)",
            r"(?:아동|어린이) ?(?:음성|사진|데이터)",
        ),
    ),
    cue(
        Topic.USER_CONVERSATIONS,
        "tweets|kommentare|nutzerkommentare|forenbeiträge|kundenrezensionen|commentaires|avis de|"
        "avis clients|comentarios|reseñas|comentários|avaliações|recensioni|твит|отзыв|комментари|评论|"
        "评价|推文|弹幕|ツイート|口コミ|レビュー|댓글|리뷰|트윗",
        (
            r"(?:nutzer|leser|kunden)(?:kommentare|rezensionen|bewertungen)",
            r"kommentare(?:n)? (?:von|der|aus) (?:\w+ )?(?:nutzern?|lesern?|forum|foren|facebook|twitter|youtube)",
            r"forenbeiträge",
            r"commentaires (?:d(?:'|es )(?:utilisateurs|internautes)|de (?:\w+ )?(?:twitter|facebook|youtube|lecteurs))",
            r"avis (?:clients|d(?:'|es )utilisateurs|sur des (?:films|produits|hôtels))",
            r"(?:comentarios|mensajes|reseñas) de (?:\w+ )?(?:twitter|facebook|youtube|reddit|usuarios|clientes|productos|películas|hoteles)",
            r"(?:comentários|avaliações|mensagens) de (?:\w+ )?(?:twitter|facebook|youtube|reddit|usuários|clientes|produtos|filmes)",
            r"recensioni (?:di|degli) (?:\w+ )?(?:utenti|prodotti|film|clienti|hotel)",
            r"твит(?:ы|ов|а)?\b",
            r"(?:отзыв(?:ы|ов)|комментари(?:и|ев)) (?:\w+ ){0,2}(?:пользовател|покупател|клиент|о|на|к|из)\w*",
            r"(?:用户|网友|商品|电影|酒店|外卖|影评|豆瓣|网络)[^。]{0,4}(?:评论|评价)",
            r"推文",
            r"弹幕",
            r"ツイート",
            r"口コミ",
            r"(?:商品|映画|ユーザー?の?)レビュー",
            r"(?:뉴스|온라인|유튜브|사용자) ?댓글",
            r"댓글",
            r"(?:영화|상품|쇼핑|고객) ?리뷰",
            r"트윗",
        ),
    ),
    cue(
        Topic.CRAWL,
        "webseiten|websites|sites web|site web|pages web|páginas web|sitio web|sitios web|"
        "páginas da web|siti web|сайт|интернет|网站|网页|互联网|スクレイピング|クロール|ウェブ|웹|크롤링",
        (
            r"(?:gesammelt|stammen|extrahiert|heruntergeladen)\b[^.]{0,40}\b(?:webseiten|websites|internet)",
            r"(?:von|aus) (?:\w+ ){0,3}(?:webseiten|websites|dem internet) (?:\w+ ){0,3}(?:gesammelt|extrahiert|heruntergeladen|gecrawlt)",
            r"(?:extrait|collecté|récupéré|moissonné|issu|provenant)\w*[^.]{0,40} (?:sites? web|pages web|internet|du web)",
            r"(?:extra[ií]d|recopilad|recogid|obtenid|descargad|recolectad)\w+[^.]{0,40} (?:páginas web|sitios? web|internet|la web)",
            r"(?:extraíd|coletad|obtid|raspad)\w+[^.]{0,40} (?:sites?|páginas da web|internet)\b",
            r"(?:raccolt|estratt|scaricat)\w[^.]{0,40} (?:siti web|internet|dal web)",
            r"(?:собран|взят|скачан|спарсен)\w*[^.]{0,40} (?:сайт|интернет)\w*",
            r"(?:采集|收集|爬取|抓取|获取|下载)[^。]{0,15}(?:网站|网页|互联网)",
            r"(?:网站|网页|互联网)[^。]{0,12}(?:采集|收集|爬取|抓取|获取)",
            r"スクレイピング",
            r"クロール(?:し|され|データ)",
            r"크롤링",
        ),
    ),
    cue(
        Topic.RETENTION,
        "aktualisiert|mis à jour|actualiza|atualizad|aggiornat|bijgewerkt|обновля|更新|업데이트",
        (
            r"(?:täglich|wöchentlich|monatlich|jährlich|regelmäßig|nicht mehr|laufend) aktualisiert",
            r"mise?s? à jour (?:chaque|tous les|toutes les|régulièrement|quotidien|mensuel|hebdo)",
            r"actualiza\w* (?:cada|todos los|diaria|semanal|mensual|regular|periódic)",
            r"atualizad\w (?:a cada|todos os|diaria|semanal|mensal|regular|periodic)",
            r"aggiornat\w (?:ogni|regolar|mensil|settiman)",
            r"(?:dagelijks|wekelijks|maandelijks|regelmatig) bijgewerkt",
            r"обновля\w+ (?:ежедневно|еженедельно|ежемесячно|раз в|каждый)",
            r"(?:每(?:天|日|周|月|年)|不定期|定期|持续)更新",
            r"(?:毎日|毎週|毎月|定期的に)更新",
            r"(?:매일|매주|매월|정기적으로) 업데이트",
        ),
        status=DOCUMENTED,
        affirmative=False,
    ),
    cue(
        Topic.TRANSFER,
        "annotatoren|annotateurs|anotadores|разметчики",
        (
            r"annotatoren\b[^.]{0,40} (?:indien|kenia|den usa|china|den philippinen|brasilien)",
            r"annotateurs\b[^.]{0,40} (?:en inde|au kenya|aux états-unis|en chine|aux philippines|à madagascar)",
            r"anotadores\b[^.]{0,40} (?:la india|kenia|estados unidos|china|filipinas|venezuela|méxico|índia)",
        ),
    ),
    cue(
        Topic.SYNTHETIC,
        "synthetisch|maschinell übersetzt|erzeugt|generiert|synthétique|générée|généré|rédigé|créé|produit par|"
        "traduit automatiquement|traduction automatique|sintétic|generad|traducid|gerad|traduzid|"
        "sintetic|generat|gegenereerd|сгенерирован|синтетическ|машинн|переведен|合成|机器翻译|機械翻訳|"
        "生成|합성|기계 번역|번역기|생성",
        (
            r"synthetische[rnms]? (?:daten|texte|beispiele|dialoge|bilder)",
            r"(?:mit|von|durch) <generator>[^.]{0,30}(?:erzeugt|generiert|erstellt|geschrieben|übersetzt)",
            r"maschinell übersetzt",
            r"données synthétiques",
            r"(?:généré|rédigé|créé|produit|traduit)\w{0,3} (?:\w+ )?(?:par|avec|à l'aide de|via) (?:\w+ ){0,2}<generator>",
            r"tradui\w+ automatiquement",
            r"traduction automatique (?:de|du|des)",
            r"datos sintéticos",
            r"(?:generad|escrit|cread|traducid)[oa]s? (?:\w+ )?(?:por|con|mediante|usando|utilizando) (?:\w+ ){0,2}<generator>",
            r"traducid[oa]s? automáticamente",
            r"dados sintéticos",
            r"(?:gerad|escrit|criad|traduzid)[oa]s? (?:\w+ )?(?:por|pel[oa]|com|via|usando) (?:\w+ ){0,2}<generator>",
            r"traduzid[oa]s? automaticamente",
            r"dati sintetici",
            r"(?:generat|scritt|creat|tradott)[oaie] (?:\w+ )?(?:da|con|tramite|usando) (?:\w+ ){0,2}<generator>",
            r"gegenereerd (?:door|met) (?:\w+ ){0,2}<generator>",
            r"(?:сгенерирован|создан|написан|переведен)\w* (?:\w+ )?(?:с помощью |при помощи |через )?(?:\w+ )?<generator>",
            r"синтетическ\w+ (?:данн|диалог|текст|пример)\w*",
            r"машинн\w+ перевод\w* (?:набор|датасет|корпус)\w*",
            r"合成(?:数据|語音|语音|データ)",
            r"(?:机器|機械)(?:翻译|翻訳)(?:而成|得到|した|して|された|によ)",
            r"<generator>[^。]{0,6}(?:により|によって|を用いて|を使って|を使用して)?(?:生成|作成|翻訳|翻译)",
            r"(?:기계 ?번역|번역기로 번역)(?:한|된| 데이터)?",
            r"합성 ?데이터",
            r"<generator>[^.]{0,8}(?:로|으로|를 사용해|을 이용해) (?:생성|작성|번역)",
        ),
    ),
)
