"""GDPR rules (GDPR…): what dataset cards document about personal data, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.model import Policy
from provenance.policy.rules.documented import (
    about_people,
    documented_sets,
    has,
    hit,
    signal_hits,
    signals_of,
)
from provenance.policy.rules.rule import Hit, On, RuleSection, declare
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.vocabulary.topics import Topic


@declare(
    "GDPR001",
    "section_absent",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="Personal data not documented",
    description="The dataset card says nothing about personal data: it has no section on it "
    "and no sentence that mentions it.",
    basis="GDPR Art. 5(2) (accountability) and Art. 13 and 14 (information of the "
    "people concerned); the Hub's dataset card template.",
    looks_at="Headings and sentences of the card.",
    remedy='Ask the publisher to document it in the dataset card (section "Personal and '
    'Sensitive Information").',
)
def _absent(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        if item.personal_data.documented == "absent":
            yield hit(item, "does not document personal data", "do not document personal data")


@declare(
    "GDPR002",
    "section_placeholder",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="Section on personal data is empty",
    description="The dataset card has a section on personal data that says nothing: it is "
    "empty or still holds the template's placeholder.",
    basis="GDPR Art. 5(2); the Hub's dataset card template.",
    looks_at="The text below the card's heading on personal data.",
    remedy="Ask the publisher to document it in the dataset card.",
)
def _placeholder(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        if item.personal_data.documented == "placeholder":
            yield hit(
                item,
                "has an empty section on personal data",
                "have an empty section on personal data",
                item.personal_data.evidence,
            )


@declare(
    "GDPR003",
    "no_lawful_basis",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="Personal data without a lawful basis stated",
    description="The card states that the set holds personal data and names neither a "
    "lawful basis nor consent. Consent is one of six bases; a legitimate-interest "
    "assessment documents another. What the publisher relied on is not the basis of "
    "whoever adopts the data.",
    basis="GDPR Art. 5(1)(a) and 6(1)(a) to (f); EDPB Opinion 28/2024 (legitimate "
    "interest, and use of a model that was developed unlawfully).",
    looks_at="The card's statement on personal data, and words on consent or a lawful "
    "basis anywhere in it.",
    remedy="Ask the publisher to document it in the dataset card, or record your own "
    "assessment as an exception.",
)
def _no_basis(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        data = item.personal_data
        if data.statement == "contains" and not has(item, Topic.LAWFUL_BASIS, Topic.CONSENT):
            yield hit(
                item,
                "states personal data and neither a lawful basis nor consent",
                "state personal data and neither a lawful basis nor consent",
                data.evidence,
            )
        yield from signal_hits(
            item,
            Topic.NO_CONSENT,
            "says that consent was not obtained",
            "say that consent was not obtained",
        )


@declare(
    "GDPR004",
    "special_categories",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="Special categories of personal data indicated",
    description="The card or a column's name suggests data on health, ethnic origin, "
    "political opinions, religious beliefs, trade-union membership, sexual orientation, "
    "or genetic or biometric data of people.",
    basis="GDPR Art. 9(1) and 9(2)(a), (e) and (j); Art. 4(14) with recital 51 "
    "(photographs and voices are biometric data only where processed to identify "
    "somebody).",
    looks_at="Column names in `dataset_info` and words on people's data in the card; what "
    "it says is indicated, not certain.",
    remedy="Check whether the data speaks of identifiable people, and under which "
    "exception of Art. 9(2) it may be used.",
)
def _special(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        for signal in signals_of(item, Topic.SPECIAL_CATEGORY):
            yield hit(
                item,
                f"suggests data on {signal.detail}",
                f"suggest data on {signal.detail}",
                (signal.evidence,),
                signal.detail,
            )


@declare(
    "GDPR005",
    "criminal_data",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="Data on criminal convictions or offences indicated",
    description="The card suggests data relating to criminal convictions or offences.",
    basis="GDPR Art. 10.",
    looks_at="Words on convictions, offenders and criminal records in the card.",
    remedy="Check whether the data speaks of identifiable people and what law authorises its use.",
)
def _criminal(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        yield from signal_hits(
            item,
            Topic.CRIMINAL,
            "suggests data on criminal convictions or offences",
            "suggest data on criminal convictions or offences",
        )


@declare(
    "GDPR006",
    "identifying_columns",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="Identifying columns",
    description="A column's name says that it identifies people: e-mail, phone, name, user "
    "name, IP address, identity number, face or voice.",
    basis="GDPR Art. 4(1) and recital 30.",
    looks_at="Names of columns in the card's `dataset_info`.",
    remedy="Drop or pseudonymise the column before training, or document why it is needed.",
)
def _columns(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        for signal in signals_of(item, Topic.IDENTIFYING_COLUMN):
            yield hit(
                item,
                f"has a column that identifies people by {signal.detail}",
                f"have a column that identifies people by {signal.detail}",
                (signal.evidence,),
                signal.detail,
            )


@declare(
    "GDPR007",
    "found_undocumented",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="Found or scraped text without a word on personal data",
    description="The language was found or scraped, so people wrote it for something else, "
    "and the card says nothing about personal data in it.",
    basis="GDPR Art. 14 (information where data was not obtained from the person); Art. 5(2).",
    looks_at="`language_creators: found` and words on crawling, against the card's "
    "statement on personal data.",
    remedy="Ask the publisher to document it in the dataset card.",
)
def _undocumented_source(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        if item.personal_data.documented == "stated":
            continue
        signals = signals_of(item, Topic.FOUND) or signals_of(item, Topic.CRAWL)
        if signals:
            yield hit(
                item,
                "holds found or scraped text and says nothing about personal data",
                "hold found or scraped text and say nothing about personal data",
                (signals[0].evidence,),
            )


@declare(
    "GDPR008",
    "no_removal_route",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="No way to have data removed",
    description="The set is about people or was scraped, and the card names no removal route, "
    "opt-out or contact.",
    basis="GDPR Art. 12(2), 17 and 21.",
    looks_at="Words on removal, opt-out and contact in the card.",
    remedy="Ask the publisher to document it in the dataset card, or offer a route of your own.",
)
def _no_route(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        concerned = about_people(item) or signals_of(item, Topic.CRAWL)
        if concerned and not has(item, Topic.REMOVAL_ROUTE, Topic.CONTACT):
            yield hit(
                item,
                "names no removal route, opt-out or contact",
                "name no removal route, opt-out or contact",
                (concerned[0].evidence,),
            )


@declare(
    "GDPR009",
    "not_anonymised",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="No anonymisation or pseudonymisation stated",
    description="The set is about people and the card states no anonymisation or "
    "pseudonymisation. Pseudonymised data stays personal data.",
    basis="GDPR Art. 4(5), 25(1), 32(1)(a) and 89(1); recital 26.",
    looks_at="Words on anonymising, pseudonymising and removing identifiers in the card.",
    remedy="Ask the publisher to document it in the dataset card, or pseudonymise before training.",
)
def _not_anonymised(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        concerned = about_people(item)
        quiet = item.personal_data.statement not in {"none", "anonymised"}
        if concerned and quiet and not has(item, Topic.ANONYMISED):
            yield hit(
                item,
                "is about people and states no anonymisation",
                "are about people and state no anonymisation",
                (concerned[0].evidence,),
            )


@declare(
    "GDPR010",
    "media_without_consent",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="People's voices or images without a note on consent",
    description="The set holds voices, faces or bodies of people and the card has no word "
    "on their consent, which is one of the bases there are.",
    basis="GDPR Art. 6(1)(a) to (f) and 7; Art. 9(2)(a), (e) and (j) where it is "
    "biometric data, Art. 4(14) with recital 51.",
    looks_at="Task categories and words on speech, faces and people in images, against "
    "words on consent.",
    remedy="Ask the publisher to document it in the dataset card.",
)
def _media(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        if has(item, Topic.CONSENT):
            continue
        for signal in signals_of(item, Topic.PEOPLE_MEDIA):
            yield hit(
                item,
                f"holds {signal.detail} of people without a note on consent",
                f"hold {signal.detail} of people without a note on consent",
                (signal.evidence,),
                signal.detail,
            )
