"""Words that a phrase describing data is made of, and words at which it ends.

Beside English: French, German, Spanish, Portuguese, Italian and Russian.
"""

from __future__ import annotations

from provenance.discovery.prose_lexicon import DETERMINERS, KINDS, words_of

COMPOUNDS = (
    "daten", "texte", "texten", "artikel", "artikeln", "aufnahmen", "korpus", "datensatz",
    "sätze", "sätzen", "dokumente", "dokumenten", "beiträge", "beiträgen",
)  # fmt: skip
"""Ends of German words for material."""
NO_MATERIAL = words_of(
    """
    model models metrics statistics majority forms labels database file files internet
    media wikis online
    """
)
MATERIAL = (KINDS - NO_MATERIAL) | words_of(
    """
    data dataset datasets corpus corpora text texts pairs recording recordings samples
    examples tokens podcast podcasts prompts prompt instructions documents frames video
    videos sequences molecules proteins genomes nucleotides captions transcripts
    transcriptions translations sentences games logs records reports web crawls scenarios
    tickets messages lyrics poems songs slides scans photos pictures clips annotations
    queries passages positions trajectories demonstrations episodes commits repositories
    chats emails characters words tweets material materials completions
    rationales melodies textbooks audiobooks ebooks lectures podcasts interviews meetings
    calls specimens couplets fiction literature transcription song structures compounds
    reactions spectra signals traces screenshots drawings utterance commands instances comics cards
    photographs paintings filings judgments judgements decisions rulings cases titles minutes stories tales plays speeches
    sermons manuals patents statutes laws bills exams exercises problems proofs theorems equations alerts complaints requests
    searches logs events sessions visits lesions ecgs eegs x-rays xrays mris biopsies genes transcriptomes cells strains spectrograms
    melodies loops stems beats calls songs sounds voices clips interviews debates broadcasts hansards ads advertisements listings
    resumes cvs invoices receipts contracts clauses emails newsletters tutorials recipes quotes proverbs jokes riddles puzzles
    jailbreaks attacks rollouts maps tiles meshes renders sketches icons logos handwriting manuscripts inscriptions
    suchanfragen urteile urteilen berichte berichten briefe briefen bilder bildern fotos rezensionen nachrichten
    sentencias noticias opiniones reseñas reportes informes imágenes comptes rendus rapports décisions images critiques avis
    sentenze notizie recensioni immagini notícias resenhas imagens avaliações decisões laudos
    диалогов отзывов новостей изображений сообщений вопросов часов
    summaries abstracts essays letters functions notebooks patches tiles scenes
    données d'enregistrements d'articles d'images d'exemples commentaires textes
    enregistrements exemples phrases échantillons
    daten datensatz datensätze datensätzen korpus korpora texte texten aufnahmen beispiele
    beispielen sätze sätzen dokumente dokumenten artikel artikeln
    datos conjunto textos grabaciones ejemplos frases oraciones documentos artículos
    dados conjuntos gravações exemplos sentenças artigos tuítes
    dati testi registrazioni esempi frasi documenti articoli
    данные данных данными датасет датасете датасета датасеты корпус корпусе корпуса
    корпусах тексты текстах текстов записи записей записях примеры примеров примерах
    предложений документов статей диалогов
    """
)
"""Words for what models are trained on."""
COLLECTIVE = words_of(
    """
    mix mixture blend collection combination variety set range amount number total portion
    part subset dump pile million millions billion billions trillion thousand thousands
    hundred hundreds k m b tb gb h majority assortment selection union sample combination
    pool
    """
)
STOP_LEFT = DETERMINERS | words_of(
    """
    using uses use used for as which who when while because if then so but or and nor
    include includes including included contain contains containing comprise comprises
    comprising consists consisting has have had can may will was were been being train
    trained training finetuned fine-tuned tuned pretrained pre-trained pretraining
    fine-tuning collected gathered made built through via upon between against employed
    employs leverages leverage collect collects combines combining combined provide
    provides generate generates generating process see where whose since after before
    during within without across per it we they you i he she do does not no
    took takes lasted lasts
    saw seen heard consumed consumes ingested learned learnt learns relied relies added adds additionally fed shown
    produce produces output outputs predict predicts return returns give gives take takes
    show shows support supports accept accepts handle handles involves represents
    sur avec à par pour le les une et dans au aux est sont été
    auf mit dem den der die das einem einen einer eine ein und wurde ist für anhand zur zum
    sobre el los las una con y fue ha sido para en
    o os as um uma com em foi no na nos nas
    su il lo gli uno con è stato per
    на с из в и для был была было были это
    """
)
STOP_RIGHT = words_of(
    """
    which that who where when while because if then so but is are was were has have had
    can could may might will would should we it they you i this these those to using use
    used uses for than after before during via as achieving obtaining resulting making
    allowing enabling ensuring hence thus following with its their our see not without
    until comes come came released including such like e.g. i.e. per do does
    include includes included contain contains contained consist consists comprise comprises
    represent represents constitute constitutes cover covers amount amounts amounting total
    totaling totalling provide provides show shows involve involves yield yielding aiming
    hoping output outputs focus focuses allow allows enable enables help helps make makes
    remain remains since undergo undergoes underwent involved ensure ensures required requires
    qui que pour afin est sont avec sans dans
    für und? wurde wurden ist sind ohne trainiert
    para es son fue con sin
    per che è sono con
    которые который для с без на
    """
)
JOINS = words_of(
    """
    of from in by on at about under across between within collected gathered generated
    de des du d'un d'une von aus des vom da do dos das di del della dei из по
    """
)
AND = words_of("and & or plus und et y")
EMPTY = words_of(
    """
    training train test evaluation validation pretraining pre-training fine-tuning
    finetuning original new more additional other various several multiple different
    diverse such same large huge vast massive small high-quality high quality good better
    best the a an our this these specific task domain target following own your their its
    any all some many each every real raw total existing available much less
    offline static exact unknown unspecified respective corresponding relevant appropriate
    suitable use-case-specific task-specific downstream in-domain json jsonl csv parquet
    larger smaller bigger further extra sufficient enough limited higher-quality higher
    around about approximately roughly nearly almost over epoch epochs steps
    first last overall resulting tuning individual final initial
    curated carefully well-curated selected cleaned filtered rigorously clean relatively
    grand grande gran großen großer große groß eigenen eigene propres propias próprios
    propri собственных собственные больших различных entraînement trainings entrenamiento
    treinamento addestramento обучающих
    """
)
ACTIVITIES = words_of(
    """
    recognition synthesis classification generation detection translation modeling
    modelling processing analysis parsing understanding completion filtering augmentation
    collection pipeline pipelines preprocessing format formats quality curation loader
    leakage results segmentation retrieval summarization tasks task embedding embeddings
    tokenizer model models length structure card cards license size
    optimization optimisation alignment learning
    """
)
"""What is done to data, or what data has: before one of these, a word for material is no data."""
DATA = words_of(
    """
    data dataset datasets corpus corpora données daten datensatz datensätze datensätzen korpus
    korpora datos conjunto dados conjuntos dati данные данных данными датасет датасете датасета
    датасеты корпус корпусе корпуса корпусах
    """
)
UNITS = words_of(
    """
    tokens words characters sentences samples examples hours sequences text texts documents
    files instances
    """
)
"""What data is counted in: a number of these says how much there is, not what."""
