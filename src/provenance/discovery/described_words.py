"""Words that a phrase describing data is made of, and words at which it ends."""

from __future__ import annotations

from provenance.discovery.prose_lexicon import DETERMINERS, KINDS, words_of

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
    chats emails characters words tweets material materials completions preferences
    rationales melodies textbooks audiobooks ebooks lectures podcasts interviews meetings
    calls specimens couplets fiction literature transcription song structures compounds
    reactions spectra signals traces screenshots drawings
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
    """
)
STOP_RIGHT = words_of(
    """
    which that who where when while because if then so but is are was were has have had
    can could may might will would should we it they you i this these those to using use
    used uses for than after before during via as achieving obtaining resulting making
    allowing enabling ensuring hence thus following with its their our see not without
    until comes come came released including such like e.g. i.e. per do does
    """
)
JOINS = words_of(
    """
    of from in by on at about under across between within collected gathered generated
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
    """
)
ACTIVITIES = words_of(
    """
    recognition synthesis classification generation detection translation modeling
    modelling processing analysis parsing understanding completion filtering augmentation
    collection pipeline pipelines preprocessing format formats quality curation loader
    leakage results segmentation retrieval summarization tasks task embedding embeddings
    tokenizer model models length structure card cards license size
    """
)
"""What is done to data, or what data has: before one of these, a word for material is no data."""
DATA = words_of("data dataset datasets corpus corpora")
