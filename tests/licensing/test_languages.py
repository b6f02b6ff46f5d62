"""Clauses that close a license, in sixteen languages: three of each, in everyday words."""

from __future__ import annotations

import pytest
from tests.licensing.cases import card

from provenance.licensing import conclude_card
from provenance.report.license import LicenseState
from provenance.vocabulary.restrictions import Restriction

NC, RO, ARR = (
    Restriction.NON_COMMERCIAL,
    Restriction.RESEARCH_ONLY,
    Restriction.ALL_RIGHTS_RESERVED,
)
CLAUSES: dict[str, tuple[str, tuple[tuple[Restriction, str], ...]]] = {
    # language: heading, clauses
    "de": (
        "Lizenz",
        (
            (NC, "Eine Verwendung der Aufnahmen zu kommerziellen Zwecken ist untersagt."),
            (RO, "Die Aufnahmen stehen ausschließlich für die Forschung zur Verfügung."),
            (ARR, "© 2024 Vogelwarte. Alle Rechte vorbehalten."),
        ),
    ),
    "fr": (
        "Licence",
        (
            (NC, "Toute exploitation commerciale des enregistrements est interdite."),
            (RO, "Ces données sont réservées à la recherche scientifique."),
            (ARR, "Tous droits réservés par la volière."),
        ),
    ),
    "es": (
        "Licencia",
        (
            (NC, "Queda prohibido cualquier uso comercial de las grabaciones."),
            (RO, "Los datos se ofrecen únicamente con fines de investigación."),
            (ARR, "Todos los derechos reservados."),
        ),
    ),
    "it": (
        "Licenza",
        (
            (NC, "È vietato l'uso commerciale delle registrazioni."),
            (RO, "I dati possono essere usati solo per scopi di ricerca."),
            (ARR, "Tutti i diritti riservati."),
        ),
    ),
    "pt": (
        "Licença",
        (
            (NC, "As gravações não podem ser utilizadas para fins comerciais."),
            (RO, "Os dados destinam-se exclusivamente à pesquisa acadêmica."),
            (ARR, "Todos os direitos reservados."),
        ),
    ),
    "nl": (
        "Licentie",
        (
            (NC, "Commercieel gebruik van de opnames is niet toegestaan."),
            (RO, "De gegevens mogen uitsluitend voor wetenschappelijk onderzoek worden gebruikt."),
            (ARR, "Alle rechten voorbehouden."),
        ),
    ),
    "pl": (
        "Licencja",
        (
            (NC, "Nagrań nie wolno wykorzystywać w celach komercyjnych."),
            (RO, "Dane udostępniane są wyłącznie do celów badawczych."),
            (ARR, "Wszelkie prawa zastrzeżone."),
        ),
    ),
    "da": (
        "Licens",
        (
            (NC, "Optagelserne må ikke bruges kommercielt."),
            (RO, "Data må kun anvendes til forskning."),
            (ARR, "Alle rettigheder forbeholdes."),
        ),
    ),
    "sv": (
        "Licens",
        (
            (NC, "Kommersiell användning av inspelningarna är inte tillåten."),
            (RO, "Materialet får endast användas för forskningsändamål."),
            (ARR, "Alla rättigheter förbehållna."),
        ),
    ),
    "nb": (
        "Lisens",
        (
            (NC, "Opptakene kan ikke brukes til kommersielle formål."),
            (RO, "Dataene skal bare brukes til forskning."),
            (ARR, "Alle rettigheter reservert."),
        ),
    ),
    "ru": (
        "Лицензия",
        (
            (NC, "Запрещается использовать записи в коммерческих целях."),
            (RO, "Набор данных предоставляется исключительно для научной работы."),
            (ARR, "Все права защищены."),
        ),
    ),
    "zh": (
        "许可协议",
        (
            (NC, "未经许可，录音不得用于任何商业目的。"),
            (RO, "数据集仅限科研人员用于研究。"),
            (ARR, "版权所有，翻印必究。"),
        ),
    ),
    "ja": (
        "ライセンス",
        (
            (NC, "録音を営利目的で利用することはできません。"),
            (RO, "本データは研究目的に限り利用できます。"),
            (ARR, "無断転載を禁じます。"),
        ),
    ),
    "ko": (
        "라이선스",
        (
            (NC, "녹음 파일의 상업적 이용은 허용되지 않습니다."),
            (RO, "본 데이터는 연구 용도로만 제공됩니다."),
            (ARR, "모든 권리를 보유합니다."),
        ),
    ),
    "ar": (
        "الترخيص",
        (
            (NC, "لا يجوز استخدام التسجيلات لأغراض تجارية."),
            (RO, "تتاح البيانات لأغراض البحث العلمي فقط."),
            (ARR, "جميع الحقوق محفوظة."),
        ),
    ),
    "vi": (
        "Giấy phép",
        (
            (NC, "Không được sử dụng các bản ghi âm cho mục đích thương mại."),
            (RO, "Dữ liệu chỉ dành cho mục đích nghiên cứu."),
            (ARR, "Mọi quyền được bảo lưu."),
        ),
    ),
}
CASES = [
    pytest.param(heading, term, text, id=f"{language}-{term.value}")
    for language, (heading, clauses) in CLAUSES.items()
    for term, text in clauses
]
_COVERS = {NC: {NC, RO}, RO: {NC, RO}, ARR: {ARR}}


@pytest.mark.parametrize(("heading", "term", "text"), CASES)
def test_a_clause_below_a_license_heading_contradicts_an_open_tag(
    heading: str, term: Restriction, text: str
) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Vogel\n\n## {heading}\n\n{text}\n"))
    assert found.state is LicenseState.CONFLICTING
    assert _COVERS[term] & set(found.restrictions)


@pytest.mark.parametrize(
    "text",
    [
        "Der Korpus entstand in einem Forschungsprojekt der Universität.",
        "Le corpus a été créé pour la recherche en acoustique.",
        "Los datos se usaron en una investigación sobre aves.",
        "I dati sono utili per la ricerca e l'insegnamento.",
        "Os dados foram coletados em um projeto de pesquisa.",
        "De opnames komen uit onderzoek van vrijwilligers.",
        "Nagrania powstały w ramach badań naukowych.",
        "Optagelserne stammer fra et forskningsprojekt.",
        "Записи сделаны в ходе научных исследований.",
        "本数据集来自商业鸟舍和科研项目。",
        "本データは研究プロジェクトで作られました。",
        "이 데이터는 연구 과제에서 만들어졌습니다.",
        "جُمعت التسجيلات في مشروع بحث علمي.",
        "Dữ liệu được thu thập trong một dự án nghiên cứu.",
    ],
)
def test_what_tells_of_research_closes_nothing(text: str) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Vogel\n\n## Lizenz\n\n{text}\n"))
    assert (found.state, found.concluded) == (LicenseState.EXPLICIT, "MIT")


@pytest.mark.parametrize(
    ("text", "concluded"),
    [
        ("Los datos se publican bajo CC BY 4.0 y el código bajo MIT.", "CC-BY-4.0"),
        ("Os dados estão sob CC BY 4.0; o código sob MIT.", "CC-BY-4.0"),
        ("I dati sono sotto CC BY 4.0, il codice sotto MIT.", "CC-BY-4.0"),
        ("Die Daten stehen unter CC BY-SA 4.0, der Code unter GPLv3.", "CC-BY-SA-4.0"),
        ("Données : CC BY 4.0. Code : MIT.", "CC-BY-4.0"),
        ("De gegevens vallen onder CC BY 4.0, de broncode onder MIT.", "CC-BY-4.0"),
        ("Данные: CC BY 4.0. Код: MIT.", "CC-BY-4.0"),
        ("数据采用 CC BY-NC-SA 4.0，代码采用 MIT。", "CC-BY-NC-SA-4.0"),
        ("代码采用 MIT，数据采用 CC BY 4.0。", "CC-BY-4.0"),
        ("データは CC BY 4.0、コードは MIT License です。", "CC-BY-4.0"),
        ("데이터는 CC BY 4.0, 코드는 MIT입니다.", "CC-BY-4.0"),
        ("Los datos y el código están bajo MIT.", "MIT"),
        ("数据和代码采用 MIT。", "MIT"),
    ],
)
def test_code_is_told_from_data(text: str, concluded: str) -> None:
    assert conclude_card(card(f"# Vogel\n\n## License\n\n{text}\n")).concluded == concluded


@pytest.mark.parametrize(
    "text",
    [
        "Die Nutzung ist nur mit schriftlicher Genehmigung des Archivs erlaubt.",
        "Die Verwendung bedarf der Zustimmung der Sprecher.",
        "Toute utilisation est soumise à autorisation.",
        "Queda prohibido el uso sin autorización del museo.",
        "O uso requer permissão do arquivo.",
        "È vietato l'uso senza autorizzazione.",
        "Использование только с разрешения музея.",
        "未经作者许可，不得使用本语料。",
        "使用前需获得作者授权。",
        "許可なく利用することを禁じます。",
        "사전 동의 없이 사용할 수 없습니다.",
    ],
)
def test_what_has_to_be_asked_for(text: str) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Birds\n\n## License\n\n{text}\n"))
    assert found.state.value == "conflicting"


@pytest.mark.parametrize(
    "text",
    [
        "Die Nutzung ist ohne Genehmigung erlaubt.",
        "Utilisation libre, sans autorisation.",
        "Puede usarse sin autorización previa.",
        "可自由使用，无需授权。",
        "許可なく自由に利用できます。",
    ],
)
def test_what_has_not(text: str) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Birds\n\n## License\n\n{text}\n"))
    assert found.concluded == "MIT"
