"""Forms of a sentence, in several languages: what each says of one topic."""

from __future__ import annotations

import pytest

from provenance.cards.card import read_card
from provenance.privacy import read_personal_data
from provenance.privacy.cues import CUES
from provenance.vocabulary.topics import AFFIRMED, DENIED, UNDECIDED, Topic

SAID, SAID_NOT, OPEN, UNSAID = "affirmed", "denied", "undecided", "not affirmed"


def says(line: str, topic: Topic) -> str:
    """What the signals of a card with one line say of a topic."""
    data = read_personal_data(read_card(f"# Set\n\n{line}\n".encode(), "datasets/a/b"))
    found = {signal.status for signal in data.signals if signal.topic == topic.value}
    if found & AFFIRMED:
        return SAID
    if DENIED in found:
        return SAID_NOT
    return OPEN if UNDECIDED in found else UNSAID


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.ANONYMISED, "All speaker names were replaced with random codes."),
        (Topic.ANONYMISED, "We stripped e-mail addresses and phone numbers before release."),
        (Topic.ANONYMISED, "Identities of the workers are hidden by hashed ids."),
        (Topic.ANONYMISED, "Faces were blurred in every picture."),
        (Topic.ANONYMISED, "License plates and faces have been blurred."),
        (Topic.ANONYMISED, "Die Namen wurden pseudonymisiert."),
        (Topic.ANONYMISED, "Les noms des personnes ont été anonymisés."),
        (Topic.ANONYMISED, "Los datos personales fueron anonimizados."),
        (Topic.ANONYMISED, "Os dados foram anonimizados."),
        (Topic.ANONYMISED, "Персональные данные были обезличены."),
        (Topic.ANONYMISED, "Worker IDs have been anonymized."),
        (Topic.ANONYMISED, "The data is anonymous."),
        (Topic.ANONYMISED, "User handles are masked as @USER."),
        (Topic.ANONYMISED, "Dates of birth were shifted at random to protect privacy."),
        (Topic.CHILDREN, "Recordings of kids in grade 3 to 5."),
        (Topic.CHILDREN, "Essays by pupils of two primary schools."),
        (Topic.CHILDREN, "Speakers are between 6 and 11 years old."),
        (Topic.CHILDREN, "Participants aged 12-15 took part."),
        (Topic.CHILDREN, "Aufnahmen von Kindern aus drei Schulen."),
        (Topic.CHILDREN, "Enregistrements de voix d'enfants."),
        (Topic.CHILDREN, "Grabaciones de voces de niños."),
        (Topic.CHILDREN, "Photos of minors may be in the data."),
        (Topic.CHILDREN, "Texts written by middle school students."),
        (Topic.CONSENT, "Every participant signed a consent form."),
        (Topic.CONSENT, "Speakers consented to the release of their voices."),
        (Topic.CONSENT, "Alle Teilnehmer haben eingewilligt."),
        (Topic.CONSENT, "Les participants ont donné leur consentement."),
        (Topic.CONSENT, "Los hablantes dieron su consentimiento."),
        (Topic.CONSENT, "Participants gave their permission for publication."),
        (Topic.CRAWL, "Articles were crawled from three newspapers."),
        (Topic.CRAWL, "We scraped recipes."),
        (Topic.CRAWL, "Die Texte wurden von Webseiten gesammelt."),
        (Topic.CRAWL, "Les textes ont été extraits de sites web."),
        (Topic.CRAWL, "Los datos fueron extraídos de páginas web."),
        (Topic.CRAWL, "Данные собраны с сайта новостей."),
        (Topic.CRAWL, "从网站上爬取的评论"),
        (Topic.CRAWL, "News articles retrieved from bbc.co.uk."),
        (
            Topic.CRAWL,
            "The lyrics come from genius.com and were fetched with requests and an HTML parser.",
        ),
        (Topic.CRAWL, "Pages harvested from the web in 2019."),
        (Topic.CRAWL, "A snapshot of OSCAR, mC4 and CC-100 was filtered."),
        (Topic.CRIMINAL, "Judgments of criminal courts with names of the accused."),
        (Topic.CRIMINAL, "Records of arrests in one city."),
        (Topic.CRIMINAL, "Urteile in Strafsachen."),
        (Topic.CRIMINAL, "Casier judiciaire des personnes."),
        (Topic.PEOPLE_MEDIA, "1,000 hours of speech by 200 speakers."),
        (Topic.PEOPLE_MEDIA, "Images of faces of actors."),
        (Topic.PEOPLE_MEDIA, "Videos of people who cook."),
        (Topic.PEOPLE_MEDIA, "Sprachaufnahmen von 40 Sprechern."),
        (Topic.PEOPLE_MEDIA, "Enregistrements vocaux de locuteurs natifs."),
        (Topic.PEOPLE_MEDIA, "Grabaciones de voz de hablantes."),
        (Topic.PEOPLE_MEDIA, "Аудиозаписи речи дикторов."),
        (Topic.PEOPLE_MEDIA, "语音数据集，包含说话人录音"),
        (Topic.PEOPLE_MEDIA, "Selfies of volunteers for liveness detection."),
        (Topic.SPECIAL_CATEGORY, "Clinical notes of one ward."),
        (Topic.SPECIAL_CATEGORY, "MRI scans from 30 people."),
        (Topic.SPECIAL_CATEGORY, "Patientenakten aus einer Klinik."),
        (Topic.SPECIAL_CATEGORY, "Comptes rendus médicaux de patients."),
        (Topic.SPECIAL_CATEGORY, "Historias clínicas de pacientes."),
        (Topic.SPECIAL_CATEGORY, "Доктор и пациент: медицинские карты пациентов."),
        (Topic.SPECIAL_CATEGORY, "患者病历数据"),
        (Topic.SPECIAL_CATEGORY, "Each author's religion is given."),
        (Topic.SPECIAL_CATEGORY, "Party membership of each speaker is a column."),
        (Topic.SPECIAL_CATEGORY, "We asked workers for their ethnicity."),
        (Topic.SPECIAL_CATEGORY, "Posts of users with depression."),
        (Topic.SPECIAL_CATEGORY, "Questions that people asked doctors about their illness."),
        (Topic.SYNTHETIC, "Answers come from GPT-3.5."),
        (Topic.SYNTHETIC, "Texts were sampled from a language model."),
        (Topic.SYNTHETIC, "We asked ChatGPT to write ten stories."),
        (Topic.SYNTHETIC, "Die Fragen wurden mit ChatGPT erzeugt."),
        (Topic.SYNTHETIC, "Les réponses ont été générées par GPT-4."),
        (Topic.SYNTHETIC, "Las preguntas fueron generadas con GPT-4."),
        (Topic.SYNTHETIC, "As perguntas foram geradas pelo GPT-4."),
        (Topic.SYNTHETIC, "Вопросы сгенерированы с помощью ChatGPT."),
        (Topic.SYNTHETIC, "GPT-4 生成的指令数据"),
        (Topic.SYNTHETIC, "質問はChatGPTで生成されました"),
        (Topic.SYNTHETIC, "A Japanese translation of Alpaca made with DeepL."),
        (Topic.SYNTHETIC, "The images were rendered in Blender."),
        (Topic.SYNTHETIC, "BLIP captions of every picture."),
        (Topic.SYNTHETIC, "Examples were generated from templates."),
        (Topic.SYNTHETIC, "The problems are procedurally generated."),
        (Topic.SYNTHETIC, "Translated automatically with NLLB."),
        (Topic.SYNTHETIC, "Data was simulated."),
        (Topic.SYNTHETIC, "Conversations between two instances of GPT-4."),
        (Topic.TRANSFER, "Crowd workers from the United States and India took part."),
        (Topic.TRANSFER, "The data is stored on servers in the USA."),
        (Topic.TRANSFER, "Die Annotatoren leben in Indien."),
        (Topic.TRANSFER, "Annotators were recruited in the Philippines."),
        (Topic.USER_CONVERSATIONS, "Messages of a Telegram channel."),
        (Topic.USER_CONVERSATIONS, "Customer reviews of hotels."),
        (Topic.USER_CONVERSATIONS, "Kommentare von Nutzern eines Forums."),
        (Topic.USER_CONVERSATIONS, "Commentaires d'utilisateurs de Facebook."),
        (Topic.USER_CONVERSATIONS, "Comentarios de Twitter en español."),
        (Topic.USER_CONVERSATIONS, "Твиты на русском языке."),
        (Topic.USER_CONVERSATIONS, "ツイートのデータ"),
        (Topic.USER_CONVERSATIONS, "Comments under news articles by readers."),
        (Topic.USER_CONVERSATIONS, "YouTube comments."),
        (Topic.USER_CONVERSATIONS, "Questions asked on Stack Exchange."),
        (Topic.USER_CONVERSATIONS, "Reviews written by users of an app store."),
        (Topic.USER_CONVERSATIONS, "Hinglish tweets."),
        (Topic.USER_CONVERSATIONS, "IMDB movie reviews."),
        (Topic.RETENTION, "A new version is released each month."),
        (Topic.RETENTION, "The dataset will not be updated."),
        (Topic.RETENTION, "Recordings are kept for five years, then deleted."),
        (Topic.RETENTION, "Der Datensatz wird monatlich aktualisiert."),
        (Topic.RETENTION, "Le jeu de données est mis à jour chaque semaine."),
        (Topic.RETENTION, "El conjunto se actualiza cada mes."),
        (Topic.CONTACT, "Questions? Mail us: someone@example.org"),
        (Topic.CONTACT, "Bei Fragen: name@example.de"),
        (Topic.CONTACT, "Pour toute question, écrivez à nom@example.fr"),
        (Topic.CONTACT, "For questions open an issue on GitHub."),
        (
            Topic.REMOVAL_ROUTE,
            "Whoever wants a picture taken out may write to us and we remove it.",
        ),
        (Topic.REMOVAL_ROUTE, "Rights holders can ask for deletion."),
        (
            Topic.REMOVAL_ROUTE,
            "If you own a text and object to its use, tell us and it will be removed.",
        ),
        (Topic.WITHDRAWN, "The corpus was taken down by its authors."),
        (Topic.LAWFUL_BASIS, "The legal basis is legitimate interest under Art. 6(1)(f) GDPR."),
    ],
)
def test_says_so(topic: Topic, line: str) -> None:
    assert says(line, topic) == SAID


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.ANONYMISED, "Author names have not been anonymised."),
        (Topic.ANONYMISED, "Nothing was anonymized."),
        (Topic.ANONYMISED, "Die Daten sind nicht anonymisiert."),
        (Topic.ANONYMISED, "Les données ne sont pas anonymisées."),
        (Topic.CHILDREN, "The set does not include data of children."),
        (Topic.CRAWL, "No web scraping was used."),
        (Topic.SYNTHETIC, "None of the texts was generated by a model."),
    ],
)
def test_says_that_it_is_not_so(topic: Topic, line: str) -> None:
    assert says(line, topic) == SAID_NOT


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.ANONYMISED, "We plan to anonymize the names in a future release."),
        (Topic.ANONYMISED, "A model for anonymization of court rulings can be trained on it."),
    ],
)
def test_leaves_it_open(topic: Topic, line: str) -> None:
    assert says(line, topic) == OPEN


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.ANONYMISED, "Users should anonymize the outputs before they publish them."),
        (
            Topic.ANONYMISED,
            "Each entity name is replaced by another of its type.",
        ),
        (Topic.ANONYMISED, "Stop words and country names are removed."),
        (Topic.ANONYMISED, "The dataset supports named entity anonymization."),
        (Topic.CHILDREN, "Children's books in Dutch."),
        (Topic.CHILDREN, "Each node has two children."),
        (Topic.CHILDREN, "Data of minors was excluded."),
        (Topic.CHILDREN, "Questions of high school mathematics."),
        (Topic.CHILDREN, "Not suited for children under 13 years."),
        (Topic.CHILDREN, "Stories for children."),
        (Topic.CHILDREN, "Images were resized from 300 to 12-15 kB, average 4."),
        (Topic.CONSENT, "Consent was not obtained."),
        (Topic.CONSENT, "By using the data you consent to the license."),
        (Topic.CONSENT, "Clause types: Consent to Jurisdiction, Governing Law."),
        (Topic.CONSENT, "The question of consent is discussed in the paper."),
        (Topic.CRAWL, "The dataset can be downloaded from the website."),
        (Topic.CRAWL, "More information is available on the website."),
        (Topic.CRAWL, "You may not scrape this site."),
        (Topic.CRAWL, "Models may search the internet for answers."),
        (Topic.CRAWL, "See the official website of the task."),
        (Topic.CRAWL, "Download the images from the project website."),
        (Topic.CRAWL, "A robot that crawls over rough ground."),
        (Topic.CRAWL, "Bugs where a baby crawls."),
        (Topic.CRIMINAL, "A novel about a crime."),
        (Topic.CRIMINAL, "The card forbids use for crime prediction."),
        (Topic.CRIMINAL, "Classes: fraud, crime, sports, politics."),
        (Topic.PEOPLE_MEDIA, "A set of hate speech."),
        (Topic.PEOPLE_MEDIA, "Pictures of cats and dogs."),
        (Topic.PEOPLE_MEDIA, "10 hours of audio of birds."),
        (Topic.PEOPLE_MEDIA, "Hugging Face datasets viewer."),
        (Topic.PEOPLE_MEDIA, "Music recordings of solo instruments."),
        (Topic.PEOPLE_MEDIA, "There are no native speakers among the annotators."),
        (
            Topic.PEOPLE_MEDIA,
            "Each sentence was translated by native speakers.",
        ),
        (Topic.SPECIAL_CATEGORY, "Medical exam questions."),
        (Topic.SPECIAL_CATEGORY, "PubMed abstracts about diabetes."),
        (Topic.SPECIAL_CATEGORY, "No patient data is contained."),
        (Topic.SPECIAL_CATEGORY, "A horse race data set."),
        (Topic.SPECIAL_CATEGORY, "News on political parties."),
        (Topic.SPECIAL_CATEGORY, "Synthetic patient records made with Synthea, no real patients."),
        (Topic.SPECIAL_CATEGORY, "The set union members of a list are unique."),
        (Topic.SYNTHETIC, "This file was generated automatically by a script."),
        (Topic.SYNTHETIC, "Suited for training language models that generate text."),
        (Topic.SYNTHETIC, "Baselines with GPT-2 reach 40 %."),
        (Topic.SYNTHETIC, "We compare with images generated by Stable Diffusion."),
        (Topic.SYNTHETIC, "The tokens are labelled for machine translation."),
        (Topic.SYNTHETIC, "Can be used to train models for text generation."),
        (Topic.SYNTHETIC, "Human written answers, not generated by AI."),
        (Topic.SYNTHETIC, "The prompt was translated by professional translators."),
        (Topic.SYNTHETIC, "Synthetic data is out of scope."),
        (Topic.SYNTHETIC, "A neural network with synthetic gradients."),
        (Topic.TRANSFER, "Workers from Germany."),
        (Topic.TRANSFER, "News of China and India."),
        (Topic.TRANSFER, "Universities based in Canada published the paper."),
        (Topic.USER_CONVERSATIONS, "Follow us on Twitter."),
        (Topic.USER_CONVERSATIONS, "Code comments are kept."),
        (Topic.USER_CONVERSATIONS, "Join our Discord."),
        (Topic.USER_CONVERSATIONS, "See our forum for questions."),
        (Topic.USER_CONVERSATIONS, "A review of the literature."),
        (Topic.USER_CONVERSATIONS, "Comments and questions are welcome."),
        (Topic.USER_CONVERSATIONS, "This set does not contain tweets."),
        (Topic.RETENTION, "The code will be updated."),
        (Topic.RETENTION, "The weights are updated every step."),
        (Topic.RETENTION, "Updated daily exchange rates are a column."),
        (Topic.CONTACT, "Contact: [More Information Needed]"),
        (Topic.CONTACT, "Columns: id, contact, address."),
        (Topic.REMOVAL_ROUTE, "Duplicates were removed from the data."),
        (Topic.REMOVAL_ROUTE, "Removal of stop words."),
        (Topic.WITHDRAWN, "The old version of the library is no longer available."),
    ],
)
def test_does_not_say_so(topic: Topic, line: str) -> None:
    assert says(line, topic) != SAID


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.SPECIAL_CATEGORY, "The scans are from the patients of one clinic."),
        (Topic.SPECIAL_CATEGORY, "- Diagnosis (0 = healthy, 1 = ill)"),
        (Topic.USER_CONVERSATIONS, "Titles and user-submitted short answers."),
        (Topic.USER_CONVERSATIONS, "Ten thousand rows of review text from one shopping site."),
        (Topic.SYNTHETIC, "We translated all rows into Urdu using an open translation model."),
        (Topic.SYNTHETIC, "Synthetic sound mixtures of ten classes."),
        (Topic.ANONYMISED, "Chats with personal and sensitive information removed."),
        (Topic.CONTACT, "Please report problems in our issue tracker."),
        (Topic.CONTACT, "You can ask me on Discord."),
    ],
)
def test_kinds_met_on_unseen_cards(topic: Topic, line: str) -> None:
    assert says(line, topic) == SAID


def test_a_row_shown_as_an_example_says_nothing_of_the_set() -> None:
    row = '{"text": "Reviews of a shop collected from a website, by children", "label": 1}'
    for topic in (Topic.USER_CONVERSATIONS, Topic.CRAWL, Topic.CHILDREN):
        assert says(row, topic) == UNSAID


def test_a_keyword_of_any_alphabet_leads_to_its_line() -> None:
    """The first letters of a word are compared as bytes, on both sides."""
    assert says("Grabaciones de voces de niños.", Topic.CHILDREN) == SAID
    assert says("Recordings of a nino.", Topic.CHILDREN) == UNSAID


def test_what_needs_another_topic_comes_behind_it() -> None:
    first = {cue.topic: index for index, cue in reversed(list(enumerate(CUES)))}
    last = {cue.topic: index for index, cue in enumerate(CUES)}
    assert last[Topic.CRAWL] < first[Topic.CRAWLER]
    assert last[Topic.SYNTHETIC] < first[Topic.GENERATOR]


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (Topic.SPECIAL_CATEGORY, "Fictional patient records for teaching."),
        (Topic.USER_CONVERSATIONS, "Simulated user conversations."),
    ],
)
def test_people_who_do_not_exist(topic: Topic, line: str) -> None:
    assert says(line, topic) == OPEN
