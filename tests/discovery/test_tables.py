from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery.body import candidates
from provenance.discovery.readers import tables
from provenance.report.training import Discovery, Role


def found(body: str, repo: str = "models/org/name") -> Discovery:
    """What the reader of tables sees, whatever the score says of it."""
    reading, _ = candidates(read_card(body.encode(), repo), lambda name: None)
    mentions = tuple(c.mention for c in tables.read(reading))
    return Discovery(mentions, tuple(tables.totals(reading)))


MIXTURE = """## Training data

| Source | Paper | Number of pairs | Weight |
| --- | :-: | ---: | --- |
| [Forum posts](https://example.org/forum) | [p](https://arxiv.org/abs/1) | 1,200,000 | 60% |
| **Stories** (short) | - | 300 K | 30 % |
| Both ([One](https://example.org/one) and [Two](https://example.org/two)) | x | 100,000 | 10% |
| **Total** | | **1,700,000** | |
"""


def test_rows_units_and_total() -> None:
    discovery = found(MIXTURE)
    rows = [
        (m.name, m.url, [(a.measure.unit, a.value) for a in m.amounts]) for m in discovery.mentions
    ]
    assert rows[0] == (
        "Forum posts",
        "https://example.org/forum",
        [("pairs", 1_200_000.0), ("percent", 60.0)],
    )
    assert rows[1] == ("Stories (short)", None, [("pairs", 300_000.0), ("percent", 30.0)])
    assert [t.value for t in discovery.totals] == [1_700_000.0]
    assert discovery.totals[0].measure.unit == "pairs"


def test_a_row_of_two_links_is_two_sets_sharing_one_count() -> None:
    one, two = found(MIXTURE).mentions[2:]
    assert (one.name, two.name) == ("One", "Two")
    assert one.amounts[0].row == two.amounts[0].row
    assert one.amounts[0].among == two.amounts[0].among == 2


def test_evidence_is_the_row() -> None:
    mention = found(MIXTURE).mentions[1]
    assert mention.evidence.line == 6
    assert "Stories" in mention.evidence.excerpt


@pytest.mark.parametrize(
    "body",
    [
        "## Training\n\n| Hyperparameter | Number |\n|---|---|\n| epochs | 3 |\n",
        "```\n## Training data\n| Dataset | Size |\n|---|---|\n| SQuAD | 90 |\n```\n",
        "## Training data\n\n| Dataset | Size |\n|---|---|\n| Train | 90 |\n| Test | 10 |\n",
        "no table | here\n",
    ],
)
def test_other_tables_name_no_sets(body: str) -> None:
    assert found(body).mentions == ()


def test_split_columns_and_words_give_roles() -> None:
    body = (
        "## Details of the downstream task\n\n| Dataset | Split | # samples |\n|---|---|---|\n"
        "| squad_v2 | train | 130319 |\n| squad_v2 | valid | 11873 |\n| Own Train | | 87.7 K |\n"
    )
    got = [(m.name, m.role, [a.value for a in m.amounts]) for m in found(body).mentions]
    assert got == [
        ("squad_v2", Role.FINETUNING, [130_319.0]),
        ("squad_v2", Role.EVALUATION, []),
        ("Own", Role.FINETUNING, [87_700.0]),
    ]


def test_a_family_table_gives_this_model_its_own_row() -> None:
    body = (
        "## Models\n\n| Model | #params | Pre-training data |\n|---|---|---|\n"
        "| `name` | 1M | Big Corpus (20 GB of text) |\n| `other` | 1M | Other Corpus |\n"
        "| `third` | 1M | 20GB of texts |\n"
    )
    (mention,) = found(body).mentions
    assert (mention.name, mention.role) == ("Big Corpus", Role.PRETRAINING)
    assert mention.amounts[0].value == 20e9
    assert found(body, "models/org/third").mentions == ()


def test_hub_links_give_ids() -> None:
    body = (
        "### Training Data\n| Dataset | Size |\n|--|--|\n"
        "| [Questions](https://huggingface.co/datasets/org/questions) | 5 |\n"
    )
    assert found(body).mentions[0].id == "org/questions"


def test_ragged_rows_are_read_as_far_as_they_go() -> None:
    body = (
        "## Training data\n| Dataset | Size |\n|--|--|\n| only a name\n| |\n"
        "| Two | x |\n| Three | 3 |\n| Four | 4 |\n"
    )
    assert [(m.name, len(m.amounts)) for m in found(body).mentions] == [
        ("only a name", 0),
        ("Two", 0),
        ("Three", 1),
        ("Four", 1),
    ]


def test_a_set_whose_name_begins_like_a_total_is_a_set() -> None:
    body = (
        "## Training data\n\n| Dataset | Size |\n|--|--|\n| Total Recall Corpus | 3 |\n"
        "| [All data NLI](https://huggingface.co/datasets/org/nli) | 4 |\n| All NLI | 5 |\n"
        "| Subtotal | 12 |\n| Total (all) | 20 |\n"
    )
    discovery = found(body)
    assert [m.name for m in discovery.mentions] == [
        "Total Recall Corpus",
        "All data NLI",
        "All NLI",
    ]
    assert [t.value for t in discovery.totals] == [20.0]


def test_two_columns_of_shares_are_two_measures_and_sampling_goes_first() -> None:
    body = (
        "## Training data\n\n| Dataset | Token share | Sampling weight |\n|--|--|--|\n"
        "| One | 90% | 10% |\n| Two | 10% | 90% |\n"
    )
    one, two = found(body).mentions
    assert [a.value for a in one.amounts] == [10, 90]
    assert one.amounts[0].measure != one.amounts[1].measure
    assert one.amounts[0].measure == two.amounts[0].measure


EPOCHS = (
    "## Training data\n\n| Dataset | Words (per-epoch) | Epochs |\n|--|--|--|\n"
    "| Owls | 200M | 2.5 |\n| Hawks | 100M | twice |\n| Gulls | 50M | 1 |\n"
)


def test_size_times_epochs_is_what_a_set_weighs_first() -> None:
    owls, hawks, gulls = found(EPOCHS).mentions
    assert [(a.measure.unit, a.value) for a in owls.amounts] == [
        ("words × epochs", 500e6),
        ("words (per-epoch)", 200e6),
    ]
    assert [a.measure.unit for a in hawks.amounts] == ["words (per-epoch)"]
    assert gulls.amounts[0].value == 50e6


def test_a_column_of_epochs_is_no_score() -> None:
    seen = candidates(read_card(EPOCHS.encode(), "models/org/name"), lambda name: None)[1]
    assert all("table: counts training sets" in c.features for c in seen if c.group)
    assert not any("table: has scores" in c.features for c in seen)


def test_epochs_multiply_no_percent() -> None:
    body = EPOCHS.replace("Words (per-epoch)", "Share").replace("200M", "60%")
    assert [a.measure.unit for a in found(body).mentions[0].amounts] == ["percent"]
