"""What a name is the name of, where it is not a set: an organization, a place, a machine, a method.

Each kind has words of its own (a noun like "court", an ending like "tokenizer") and a list of
names that carry none. A kind is an observation that speaks against a name; it decides nothing.
"""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import (
    GENERIC,
    KINDS,
    KNOWN_NAMES,
    LANGUAGES,
    any_of,
    names_of,
    words_of,
)

COMPANIES = names_of(
    """
    accenture; adobe; ai21; alibaba; alibaba cloud; allen institute for ai; ai2; amazon; amazon web services; amd; anthropic
    apple; appen; aws; azure; baidu; bigcode; bigscience; bloomberg; bytedance; cerebras; cohere; coreweave; databricks
    deepmind; deepset; eleutherai; epfl; facebook; facebook ai; fair; getty; google; google cloud; google cloud platform
    google deepmind; google research; gcp; gcloud; graphcore; groq; huawei; hugging face; huggingface; hugging face hub; huggingface hub; github; gitlab; kaggle; roboflow; ibm; ibm research
    intel; kakao; kyutai; labelbox; lambda; lambda labs; lg; line; meta; meta ai; microsoft; microsoft azure
    microsoft research; mistral; mistral ai; modal; mosaicml; mozilla; naver; nebius; nvidia; openai; oracle; paperspace
    prolific; qualcomm; runpod; salesforce; samsung; sap; sber; scale ai; sensetime; servicenow; snowflake; sony
    stability ai; surge ai; technology innovation institute; tencent; together; together ai; toloka; upwork; vast.ai
    amazon mechanical turk; mechanical turk; mturk; vultr; xai; yandex; zhipu ai; 阿里巴巴; 百度; 腾讯; 华为
    """
)
"""Companies, laboratories, clouds and labelling services; those whose name is a set's, too, are left out."""
SUPERCOMPUTERS = words_of(
    """
    abci alps andromeda ares athena berzelius booster cambridge cineca colossus eos frontier fugaku helios isambard isambard-ai jean-zay
    juwels jupiter karolina leonardo lumi lumi-g mahti marenostrum meluxina mogon narval perlmutter polaris
    puhti saga selene snellius stampede summit supermuc tsubame vega aurora miyabi
    """
)
"""Machines of the TOP500 and EuroHPC lists (https://top500.org/lists/top500/2025/06/)."""
PLACES = names_of(
    """
    afghanistan; africa; albania; algeria; america; angola; argentina; armenia; asia; australia; austria; azerbaijan
    bangladesh; belarus; belgium; benin; bolivia; bosnia and herzegovina; botswana; brazil; britain; bulgaria; burkina faso
    burundi; california; cambodia; cameroon; canada; catalonia; chad; chile; china; colombia; congo; costa rica; croatia; cuba
    cyprus; czech republic; czechia; denmark; dominican republic; ecuador; egypt; el salvador; england; eritrea; estonia
    ethiopia; eu; europe; european union; faroe islands; finland; france; gabon; gambia; georgia; germany; ghana; greece
    guatemala; guinea; haiti; honduras; hong kong; hungary; iceland; india; indonesia; iran; iraq; ireland; israel; italy
    ivory coast; jamaica; japan; jordan; kazakhstan; kenya; korea; kosovo; kuwait; kyrgyzstan; laos; latin america; latvia
    lebanon; liberia; libya; lithuania; london; luxembourg; madagascar; malawi; malaysia; mali; malta; mauritania; mexico
    middle east; moldova; mongolia; montenegro; morocco; mozambique; myanmar; namibia; nepal; netherlands; new york
    new zealand; nicaragua; niger; nigeria; north america; north macedonia; norway; oman; pakistan; palestine; panama
    papua new guinea; paraguay; paris; peru; philippines; poland; portugal; qatar; romania; russia; rwanda; saudi arabia
    scotland; senegal; serbia; sierra leone; singapore; slovakia; slovenia; somalia; south africa; south america; south korea
    spain; sri lanka; sudan; sweden; switzerland; syria; taiwan; tajikistan; tanzania; thailand; togo; tokyo; tunisia; turkey
    turkmenistan; uganda; uk; ukraine; united arab emirates; united kingdom; united states; united states of america; uruguay
    us; usa; u.s.; uzbekistan; venezuela; vietnam; wales; yemen; zambia; zimbabwe; beijing; shanghai; berlin
    """
)
"""Countries, continents and a few cities: where something comes from."""
DOMAINS = words_of(
    """
    academic academia arts astronomy bio biology biomedical business chat chemistry children clinical coding commerce
    communication cooking creative culture customer drama e-commerce economics economy education educational encyclopedia
    encyclopedic engineering entertainment environment essays ethics everyday factual fairy fantasy film finance financial
    food games gaming general geography government health healthcare historical history humanities instruction
    instructions instruct journalism knowledge law legal legislation life lifestyle literature literary logic lyrics
    magazines manuals math maths mathematics mathematical medical medicine movies multimodal music narrative nature
    parliament parliamentary patents personal philosophy physics poems poetry politics political product products
    programming prose psychology reasoning recipes religion religious research roleplay role-play romance safety
    scholarly science sciences scientific search shopping social society software sports stem stories storytelling support
    tables tale tales technical technology textbooks tool tools travel tutorials writing creative poetry vision
    satellite aerial indoor outdoor urban rural faces animals people depth thermal imu
    """
)
"""Fields, genres and kinds of scene: what data is about."""
NOTATIONS = words_of(
    """
    ada ascii asp asp.net assembly awk base64 bash bibtex c c# c++ chatml clojure cobol css csv cuda cypher dart
    dicom docker dockerfile elixir erlang f# flac fortran go golang groovy haskell hdf5 html html5 http https java javascript
    js json jsonl jsp julia kotlin latex lean lisp lua makefile markdown matlab md midi mips mp3 mp4 nifti node.js
    objective-c ocaml ogg onnx parquet pascal pdf perl php plsql png powershell prolog protobuf python r ruby rust sas
    scala scheme shell smiles solidity sparql sql stl svg swift systemverilog tcl tex toml ts tsv txt typescript unicode
    utf-8 vb vba verilog vhdl visual basic wav webp xml xlsx yaml zig
    """
)
"""Programming languages, formats and encodings: what data is written in."""
SPLITS = words_of(
    """
    train training dev development devel valid validation val test testing eval evaluation holdout held-out heldout split
    set sets data dataset samples examples positive negative positives negatives easy hard clean other
    """
)
"""Parts into which a set is cut."""

STAGES = words_of(
    """
    sft dsft dpo ddpo rlhf rlaif rlvr ppo orpo kto grpo simpo cpt rl it ft pt llm vlm lora qlora mlm clm stage phase pretraining
    pre-training fine-tuning finetuning post-training mid-training midtraining instruct chat reward preference
    """
)
"""Stages of training and what they are called for short."""

_ORGANIZATION = re.compile(
    r"\b(?:"
    + any_of(
        r"""University Universit[àéä]\w* Universidad\w* Universidade Universität\w* Institut\w* Courts? Tribunals? Ministry Ministries
        Commission Agency Agencies Department Bureau Administration Council Authority Authorities Committee Laborator(?:y|ies)
        Labs? Cent(?:er|re)s? Hospitals? Foundation Association Society Academy Inc Ltd LLC GmbH Corporation Company Faculty
        School College Consortium Federation Union Chamber Senate Congress Office Secretariat Government
        Universitet\w* Hochschule Ministerium Gericht\w* Instituto Facultad Agencia Ministerio"""
    )
    + r")\b|大学|研究所|研究院|公司|法院"
)
_METHOD_ENDING = re.compile(
    r"(?i)(?:^|[\s-])(?:"
    + any_of(
        r"""loss optimi[sz]ation sampling distillation learning decoding prompting regulari[sz]ation normali[sz]ation
        quanti[sz]ation pruning merging augmentation attention alignment tuning fine-?tuning training pre-?training
        judge middle thought search interpolation smoothing dropout warm-?up packing checkpointing parallelism
        supervision objective curriculum infilling masking backpropagation annealing filtering deduplication filters? apis? platforms? pipelines?
        services? infrastructure software studio engine programs? programmes? grants? awards? fellowships? workshops? toolkits?
        conferences? leaderboards?"""
    )
    + r")$"
)
_WRITTEN = frozenset(
    [
        "code",
        "strings",
        "files",
        "format",
        "data",
        "texts",
        "text",
        "scripts",
        "programs",
        "documents",
        "representations",
        "syntax",
        "notation",
        "source",
        "sources",
    ]
)
_CODE_HOST = re.compile(r"(?i)\b(?:github|gitlab|bitbucket)\.(?:com|org|io)/")
_NUMBER = re.compile(r"[\s-]?[\d.]{1,4}$")
_PART = re.compile(r"[^\s,/&()]+")
_JOINS = frozenset(["and", "or", "of", "the", "in", "for", "from", "&", "with", "a"])


@lru_cache(maxsize=4096)
def kinds_of(name: str) -> tuple[str, ...]:
    """What ``name`` may be the name of instead of a set, as observations."""
    low = name.lower().removeprefix("the ").removesuffix("'s").strip()
    words = [w.strip("\"'“”.:;*_").lower() for w in _PART.findall(name)]
    told = [w for w in words if w not in _JOINS]
    seen = {
        "name: organization": _ORGANIZATION.search(name),
        "name: company": low in COMPANIES,
        "name: place": low in PLACES,
        "name: supercomputer": _NUMBER.sub("", low).replace(" ", "-") in SUPERCOMPUTERS,
        "name: method ending": _METHOD_ENDING.search(name),
        "name: code address": _CODE_HOST.search(name),
        "name: notation": not NOTATIONS.isdisjoint(told)
        and all(w in NOTATIONS or w in LANGUAGES or w in KINDS or w in _WRITTEN for w in told),
        "name: only a stage": told and STAGES.issuperset(told),
        "name: only a split": told and SPLITS.issuperset(told),
        "name: only a field": told
        and not SPLITS.issuperset(told)
        and not KNOWN_NAMES.search(name)
        and all(w in DOMAINS or w in KINDS or w in GENERIC or w in LANGUAGES for w in told),
    }
    return tuple(feature for feature, holds in seen.items() if holds)
