from __future__ import annotations

from collections.abc import Sequence

from brief_extract.entities import Recogniser
from brief_extract.entities.model import Span
from entities.samples import article, recognise, shown, unit


class WaveringModel:
    """Takes the first word for a person, and once for an organisation."""

    name = "wavering 1.0"

    def predict(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[Span(0, text.index(" "), "ORG" if "left" in text else "PERSON")] for text in texts]


def test_one_label_for_one_name_by_majority() -> None:
    units = article(("paragraph", "Goïta spoke."), ("paragraph", "Goïta left."), ("paragraph", "Goïta won."))
    mentions, entities, _ = next(Recogniser(WaveringModel()).pipe([units]))
    assert [(mention.label, mention.source) for mention in mentions] == [
        ("PERSON", "model"),
        ("PERSON", "document"),
        ("PERSON", "model"),
    ]
    assert [entity.id for entity in entities] == ["person/goita"]


def test_the_lexicon_overrules_the_model() -> None:
    assert shown("Mali agreed.", {"Mali": "PERSON"}) == [("Mali", "GPE", "country/ML")]


def test_whose_dollars_they_are_belongs_to_the_amount() -> None:
    assert shown("A loan of US $5 million.", {"US": "GPE", "$5 million": "MONEY"}) == [("US $5 million", "MONEY", None)]
    assert shown("It paid NZ$3.", {"NZ$3": "CARDINAL"}) == [("NZ$3", "MONEY", None)]
    assert shown("Group A 12 won.", {"12": "CARDINAL"}) == [("12", "CARDINAL", None)]
    assert shown("The US sent $5.", {"US": "GPE", "$5": "MONEY"}) == [
        ("US", "GPE", "country/US"),
        ("$5", "MONEY", None),
    ]


def test_a_surname_follows_the_full_name() -> None:
    mentions, entities = recognise(
        article(("paragraph", "Emmanuel Macron spoke."), ("paragraph", "Macron left.")),
        {"Emmanuel Macron": "PERSON", "Macron": "ORG"},
    )
    assert [(mention.text, mention.label, mention.entity) for mention in mentions] == [
        ("Emmanuel Macron", "PERSON", "person/emmanuel-macron"),
        ("Macron", "PERSON", "person/emmanuel-macron"),
    ]
    assert [(entity.name, entity.mentions) for entity in entities] == [("Emmanuel Macron", ("mention-1", "mention-2"))]


def test_an_acronym_follows_the_long_name() -> None:
    assert shown("The Coffee Board of Kenya (CBK) met. CBK agreed.", {"Coffee Board of Kenya": "ORG"}) == [
        ("Coffee Board of Kenya", "ORG", "org/coffee-board-of-kenya"),
        ("CBK", "ORG", "org/coffee-board-of-kenya"),
        ("CBK", "ORG", "org/coffee-board-of-kenya"),
    ]


def test_repeats_of_a_name_are_tagged_in_headings_and_cells_too() -> None:
    mentions, _ = recognise(
        article(
            ("heading", "Goïta Cuts Ties"),
            ("paragraph", "Assimi Goïta cut ties."),
            ("cell", "Goïta"),
            ("item", "and Goïta"),
        ),
        {"Assimi Goïta": "PERSON"},
    )
    assert [(mention.block, mention.text, mention.source) for mention in mentions] == [
        ("heading-1", "Goïta", "document"),
        ("paragraph-2", "Assimi Goïta", "model"),
        ("cell-3", "Goïta", "document"),
        ("item-4", "Goïta", "document"),
    ]


def test_a_repeat_beside_another_capital_is_left_alone() -> None:
    assert [text for text, *_ in shown("Sembrado won. The Sembrado Vida plan", {"Sembrado won": "EVENT"})] == [
        "Sembrado won"
    ]


def test_the_model_is_not_believed_about_cells_and_headings_in_title_case() -> None:
    labels = {"Closing Remarks": "PERSON", "Support Staff": "ORG", "Russia": "GPE"}
    mentions, _ = recognise(
        article(("heading", "Their Closing Remarks"), ("cell", "Support Staff"), ("cell", "Russia and China")), labels
    )
    assert [(mention.text, mention.source) for mention in mentions] == [("Russia", "lexicon"), ("China", "lexicon")]


def test_the_model_is_believed_about_headings_in_sentence_case() -> None:
    labels = {"Nokia": "ORG", "Vesta": "ORG", "1993": "DATE"}
    headings = ("Nokia cuts more jobs", "Vesta Orders Three Ships", "What we saw in 1993")
    mentions, _ = recognise(article(*(("heading", heading) for heading in headings)), labels)
    assert [(mention.text, mention.label) for mention in mentions] == [("Nokia", "ORG")]


def test_the_model_is_believed_about_persons_that_stand_apart_in_headings() -> None:
    labels = {"Dora Lindqvist": "PERSON", "Bo Ek": "PERSON", "Marsh": "PERSON", "Rice": "PERSON"}
    headings = ("Dora Lindqvist", "Coach: Bo Ek", "Marsh", "Marsh Wins Again", "Rice")
    units = article(*(("heading", heading) for heading in headings), ("paragraph", "They sold rice."))
    mentions, _ = recognise(units, labels)
    assert [(mention.block, mention.text, mention.source) for mention in mentions] == [
        ("heading-1", "Dora Lindqvist", "model"),
        ("heading-2", "Bo Ek", "model"),
        ("heading-3", "Marsh", "model"),
        ("heading-4", "Marsh", "document"),
    ]


def test_a_word_that_opens_a_sentence_is_no_name_if_the_document_writes_it_small() -> None:
    assert shown("Coal was dear. Plants burn coal.", {"Coal": "PERSON"}) == []


def test_dates_and_numbers_name_no_entity_and_stay_in_prose() -> None:
    mentions, entities = recognise(
        article(("heading", "Two Years"), ("item", "after Two Years")), {"Two Years": "DATE"}
    )
    assert [(mention.block, mention.label, mention.entity) for mention in mentions] == [("item-2", "DATE", None)]
    assert entities == ()


def test_a_longer_name_of_the_model_holds_the_country_in_it() -> None:
    mentions, entities = recognise([unit("The Bank of China closed.")], {"Bank of China": "ORG"})
    assert [mention.text for mention in mentions] == ["Bank of China"]
    assert [(entity.id, entity.refers_to) for entity in entities] == [("org/bank-of-china", ("country/CN",))]


def test_an_owner_is_a_name_of_its_own() -> None:
    assert shown("as Kenya’s Ministry of Health said", {"Kenya’s Ministry of Health": "ORG"}) == [
        ("Kenya", "GPE", "country/KE"),
        ("Ministry of Health", "ORG", "org/ministry-of-health"),
    ]


def test_demonym_and_name_are_one_entity() -> None:
    mentions, entities = recognise([unit("French envoys left; France kept a Franco-Malian office.")])
    assert [(mention.text, mention.label, mention.entity) for mention in mentions] == [
        ("French", "NORP", "country/FR"),
        ("France", "GPE", "country/FR"),
        ("Franco-Malian", "NORP", "norp/franco-malian"),
    ]
    assert [(entity.id, entity.name, entity.label, entity.refers_to) for entity in entities] == [
        ("country/FR", "France", "GPE", ("country/FR",)),
        ("norp/franco-malian", "Franco-Malian", "NORP", ("country/FR", "country/ML")),
    ]
