"""What invented cards document about personal data."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.cards.card import read_card
from provenance.privacy import read_personal_data
from provenance.privacy.personal_data import documented, signals_of
from provenance.report.training import PersonalData
from provenance.vocabulary.topics import Topic


def read(text: str | None) -> PersonalData:
    data = None if text is None else text.encode()
    return read_personal_data(read_card(data, "datasets/a/b", "abc"))


def test_no_card_is_unknown_and_a_silent_one_absent() -> None:
    assert read(None).documented == "unknown"
    assert read("# Weather\nHourly temperatures.\n").documented == "absent"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[More Information Needed]",
        "[Needs More Information]",
        "*More information needed*",
        "[More Information Needed](https://birds.example/how-to#cards)",
        "<p>[Needs More Information](https://birds.example/)</p>",
        "- [TBD](https://birds.example/)",
        "TODO",
        "<!-- say here what the set holds of people -->",
        "State whether the dataset uses identities, and how.",
    ],
)
def test_a_heading_over_nothing_is_a_placeholder(body: str) -> None:
    found = read(f"# Set\n\n### Personal and Sensitive Information\n\n{body}\n\n## Next\nwords\n")
    assert (found.documented, found.statement) == ("placeholder", None)
    assert [e.line for e in found.evidence] == [3]


@pytest.mark.parametrize(
    ("body", "statement"),
    [
        ("The letters contain names and addresses of people.", "contains"),
        ("There may be personal information in some rows.", "contains"),
        ("It does not contain the authors' data, but may contain pictures of people.", "contains"),
        (
            "It holds no personal data of writers, but may contain descriptions of the people.",
            "contains",
        ),
        ("It holds no personal information, but the pictures could show some.", None),
        ("It holds no personal information, but may not be complete.", "none"),
        ("The set does not contain any personal information.", "none"),
        ("No personal or sensitive information is included.", "none"),
        ("None", "none"),
        ("N/A", "none"),
        ("All names were removed before release.", "anonymised"),
        ("User names are pseudonymised.", "anonymised"),
        ("The user names were not anonymised; it includes personal data.", "contains"),
        ("See the paper.", None),
    ],
)
def test_statements(body: str, statement: str | None) -> None:
    found = read(f"## Personal and Sensitive Information\n{body}\n")
    assert (found.documented, found.statement) == ("stated", statement)
    assert found.evidence[-1].line == 2


def test_a_sentence_elsewhere_counts_as_a_statement() -> None:
    found = read("# Set\n\nThe rows contain no personal data of anybody.\n")
    assert (found.documented, found.statement) == ("stated", "none")
    assert found.evidence[0].line == 3


def test_categories_are_named_sorted_and_only_when_there_is_data() -> None:
    body = "## Privacy\nRows hold names, e-mail addresses and ages of people, and more.\n"
    assert read(body).categories == ("age", "e-mail", "names")
    assert read("## Privacy\nNo personal data such as names.\n").categories == ()


@pytest.mark.parametrize(
    ("topic", "detail", "line"),
    [
        (Topic.LAWFUL_BASIS, "", "The lawful basis is legitimate interest."),
        (Topic.CONSENT, "", "All participants gave written consent to the recording."),
        (Topic.NO_CONSENT, "", "Users did not consent to being recorded."),
        (Topic.SPECIAL_CATEGORY, "health", "Discharge letters of patients, and medical records."),
        (Topic.SPECIAL_CATEGORY, "ethnic origin", "Rows give the ethnicity of each participant."),
        (Topic.SPECIAL_CATEGORY, "political opinions", "It reveals political opinions of users."),
        (Topic.SPECIAL_CATEGORY, "religious beliefs", "A field gives the religion of each person."),
        (Topic.SPECIAL_CATEGORY, "sexual orientation", "It reveals sexual orientation."),
        (Topic.SPECIAL_CATEGORY, "biometric or genetic", "Holds biometric data of staff."),
        (Topic.CRIMINAL, "", "Court files with criminal convictions of persons."),
        (Topic.CRAWL, "", "Pages were scraped from forums."),
        (Topic.TDM_RESERVATION, "", "The crawler honoured robots.txt."),
        (Topic.REMOVAL_ROUTE, "", "You may opt out with this form."),
        (Topic.CONTACT, "", "Point of Contact: Jo Doe"),
        (Topic.ANONYMISED, "", "User names were replaced by numbers."),
        (Topic.PEOPLE_MEDIA, "image", "It has photos of people in the street."),
        (Topic.PEOPLE_MEDIA, "video", "It has videos of people signing."),
        (Topic.PEOPLE_MEDIA, "audio", "A speech corpus of 40 hours."),
        (Topic.CHILDREN, "", "It is made of children's speech."),
        (Topic.TRANSFER, "", "Data is stored outside the EU."),
        (Topic.USER_CONVERSATIONS, "", "Chat logs of a help desk."),
        (Topic.GATE_TERMS, "", "You agree to not attempt to determine the identity of speakers."),
        (Topic.WITHDRAWN, "", "This dataset has been taken down."),
        (Topic.RETENTION, "", "The set is updated monthly."),
        (Topic.CONTROLLER, "", "It was created by the Institute of Letters."),
        (Topic.SYNTHETIC, "", "All rows are synthetic data."),
        (Topic.SOURCE_TYPE, "public", "It joins publicly available corpora."),
        (Topic.SOURCE_TYPE, "private", "It was licensed from a publisher."),
        (Topic.SOURCE_TYPE, "other", "Written by crowdworkers."),
    ],
)
def test_words_that_document_a_topic(topic: Topic, detail: str, line: str) -> None:
    found = signals_of(read(f"# Set\n\n{line}\n"), topic)
    assert [s.detail for s in found] == [detail]
    assert found[0].evidence.line == 3
    assert found[0].evidence.excerpt in line


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.SPECIAL_CATEGORY, "It holds no medical records."),
        (Topic.PEOPLE_MEDIA, "A hate speech dataset."),
        (Topic.PEOPLE_MEDIA, "See the other Hugging Face datasets."),
        (Topic.CHILDREN, "It does not include photos of children."),
        (Topic.ANONYMISED, "The rows were not anonymised."),
        (Topic.CONSENT, "Recorded without their consent."),
        (Topic.CRAWLER, "Asked through the web API."),
        (Topic.GENERATOR, "A classifier like GPT-2 does well on it."),
    ],
)
def test_words_that_do_not(topic: Topic, line: str) -> None:
    assert signals_of(read(f"# Set\n\n{line}\n"), topic) == ()


def test_details_of_a_crawl_and_of_synthetic_data() -> None:
    found = read(
        "# Set\nPages were crawled with Scrapy from https://forum.example between 2019 and 2021.\n"
        "Answers are synthetic data, generated with GPT-4.\n"
    )
    for topic in (Topic.CRAWLER, Topic.CRAWL_PERIOD, Topic.CRAWL_DOMAINS, Topic.GENERATOR):
        assert signals_of(found, topic), topic


FRONT = """---
language_creators: [found, crowdsourced, machine-generated]
source_datasets: [extended|a/b]
size_categories: [1K<n<10K]
task_categories: [automatic-speech-recognition, face-detection]
tags: [synthetic]
extra_gated_prompt: You agree not to re-identify anybody
extra_gated_fields:
  I will delete copies on request: checkbox
dataset_info:
  features:
    - name: Email_Address
      dtype: string
    - name: meta
      struct:
        - name: religion
          dtype: string
        - name: speakerId
          dtype: string
  splits:
    - name: author
      num_examples: 3
---
# Set
"""


def test_front_matter_says_it_outright() -> None:
    found = read(FRONT)
    said = {(s.topic, s.detail): s.evidence for s in found.signals}
    assert set(said) == {
        (Topic.FOUND.value, ""),
        (Topic.SYNTHETIC.value, ""),
        (Topic.SOURCE_TYPE.value, "other"),
        (Topic.SOURCE_TYPE.value, "public"),
        (Topic.SIZE.value, ""),
        (Topic.PEOPLE_MEDIA.value, "audio"),
        (Topic.PEOPLE_MEDIA.value, "image"),
        (Topic.GATE_TERMS.value, ""),
        (Topic.IDENTIFYING_COLUMN.value, "e-mail"),
        (Topic.IDENTIFYING_COLUMN.value, "voice"),
        (Topic.SPECIAL_CATEGORY.value, "religious beliefs"),
    }
    assert said[(Topic.IDENTIFYING_COLUMN.value, "e-mail")].line == 12
    assert said[(Topic.FOUND.value, "")].pointer == "/language_creators/0"


def test_code_comments_and_letters_that_change_length_do_not_move_lines() -> None:
    found = read(
        "# İİİ\n```\nscraped = crawl(forum)\n```\n<!-- children's\nspeech -->\n"
        "Pages were scraped from forums.\n"
    )
    (crawl,) = signals_of(found, Topic.CRAWL)
    assert crawl.evidence.line == 7
    assert not signals_of(found, Topic.CHILDREN)


def test_curators_answer_for_the_set() -> None:
    named = read("### Dataset Curators\n\nThe Letters Group\n")
    (found,) = signals_of(named, Topic.CONTROLLER)
    assert found.evidence.excerpt == "The Letters Group"
    assert not signals_of(
        read("### Dataset Curators\n[More Information Needed]\n"), Topic.CONTROLLER
    )


def test_the_short_way_says_what_the_long_one_says(shared: Path) -> None:
    cards = sorted((shared / "corpus" / "hub-2023" / "datasets").glob("*/*/README.md"))
    answers = set()
    for path in [*cards[::9], None]:
        card = read_card(None if path is None else path.read_bytes(), "datasets/a/b")
        answers.add(documented(card))
        assert documented(card) == read_personal_data(card).documented
    assert answers == {"stated", "placeholder", "absent", "unknown"}
    assert documented(read_card(b"# A\nAll users were anonymised.\n", "datasets/a/b")) == "stated"
