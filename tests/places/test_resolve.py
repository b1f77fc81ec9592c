"""What the resolver weighs, each pinned by a pair of texts that differ in it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from brief_extract import Config, Document, Extractor, ModelError, extract
from brief_extract.export import STREAMS
from brief_extract.integrity import check_integrity
from brief_extract.places import Name, gazetteer, place_of, resolve
from brief_extract.places.resolve import Choice, confidence

BOTH = "A team from Springfield, Illinois, beat one from Springfield, Missouri. Fans drove back to Springfield."


def names_in(text: str, *names: str) -> list[Name]:
    return [Name(text.index(name), text.index(name) + len(name), name) for name in names]


def areas(text: str, *names: str, home: str | None = None) -> list[str | None]:
    return [choice and choice.place.admin1 for choice in resolve(text, names_in(text, *names), home=home)]


def test_any_names_of_any_text_can_be_asked() -> None:
    text = "From Salem, Ore., to Boise"
    assert areas(text, "Salem", "Ore.", "Boise") == ["US.OR", "US.OR", "US.ID"]


def test_an_unknown_name_has_no_place() -> None:
    assert resolve("In Qxqxqx", names_in("In Qxqxqx", "Qxqxqx")) == [None]


def test_the_home_decides_between_towns_and_does_not_overrule_the_text() -> None:
    assert areas("In Manhattan", "Manhattan", home="US.KS") == ["US.KS"]
    assert areas("In Portland, Maine", "Portland", "Maine", home="US.OR") == ["US.ME", "US.ME"]


def test_a_name_is_no_evidence_for_itself() -> None:
    once = resolve("Paris", names_in("Paris", "Paris"))
    many = resolve("Paris " * 50, [Name(6 * n, 6 * n + 5, "Paris") for n in range(50)])
    assert once[0] is not None
    assert {choice and choice.confidence for choice in many} == {once[0].confidence}


def test_neighbours_tell_where_a_local_paper_is() -> None:
    text = "Crews from Mexico, Fulton, Moberly and Boonville met the mayor of Columbia in Jefferson City"
    assert areas(text, "Columbia", "Fulton", "Boonville") == ["US.MO"] * 3
    assert areas("The mayor of Columbia", "Columbia") != ["US.MO"]


def test_a_village_of_a_country_that_nothing_else_is_in_is_no_place() -> None:
    text = "Before Tet the shops of Hanoi and Da Nang are full"
    tet = resolve(text, names_in(text, "Tet", "Hanoi", "Da Nang"))[0]
    assert tet is not None
    assert place_of(tet) is None


def test_a_region_is_no_village_of_its_name() -> None:
    text = "Votes from the Highlands came late, said Washington"
    as_region = [name._replace(label="LOC") for name in names_in(text, "Highlands")]
    (highlands, _) = resolve(text, [*as_region, *names_in(text, "Washington")])
    assert highlands is not None
    assert place_of(highlands) is None


def test_confidence_grows_with_the_lead() -> None:
    assert confidence(0.0, 12) < confidence(1.0, 12) < confidence(3.0, 12) <= 1


def test_of_what_is_unsure_the_country_alone_is_told() -> None:
    (town,) = [it for it in gazetteer.load().lookup("Wichita Falls") if it.kind == "town"]
    unsure = place_of(Choice(town, 0.3))
    assert unsure is not None
    assert (unsure.kind, unsure.country, unsure.lat, unsure.admin1, unsure.geonames) == (
        "unsure",
        "US",
        None,
        None,
        None,
    )
    assert place_of(Choice(town._replace(country=None), 0.3)) is None
    assert place_of(Choice(town, 0.1)) is None


@pytest.fixture(scope="module")
def document() -> Document:
    return extract(BOTH)


def test_two_places_of_one_name_are_two_entities(document: Document) -> None:
    check_integrity(document)
    towns = [entity for entity in document.entities if entity.name == "Springfield"]
    assert sorted(entity.place.admin1 or "" for entity in towns if entity.place) == ["US.IL", "US.MO"]
    assert len({entity.id for entity in towns}) == 2


def test_the_last_told_place_counts_from_there_on(document: Document) -> None:
    last = [mention for mention in document.mentions if mention.text == "Springfield"][-1]
    assert last.entity is not None
    place = document.entity(last.entity).place
    assert place is not None
    assert place.admin1 in {"US.IL", "US.MO"}


def test_a_state_with_the_name_of_a_country_is_no_country() -> None:
    document = extract("She taught in Athens, Georgia, and then in Tbilisi.")
    places = {entity.name: entity.place for entity in document.entities if entity.place}
    assert {name: place.admin1 for name, place in places.items()}["Athens"] == "US.GA"
    assert "country/GE" not in document


def test_places_can_be_left_out_and_then_need_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ModelError("the gazetteer is missing")

    monkeypatch.setattr(sys.modules["brief_extract.places.resolve"], "load", refuse)
    document = Extractor(Config(places=False)).extract(BOTH)
    assert {entity.place for entity in document.entities} == {None}
    with pytest.raises(ModelError):
        extract(BOTH)


def test_a_document_with_places_survives_json(document: Document) -> None:
    assert Document.from_json(document.to_json()) == document
    frame = document.frames()["places"]
    assert set(frame["country"]) == {"US"}


def test_geojson_has_a_point_for_each_place(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "places.geojson"
    path.write_bytes(b"".join(STREAMS["geojson"]([document, document])))
    collection = json.loads(path.read_text(encoding="utf-8"))
    points = [feature["geometry"]["coordinates"] for feature in collection["features"]]
    assert len(points) == 2 * len([entity for entity in document.entities if entity.place])
    assert all(-180 <= lon < -80 and 30 < lat < 45 for lon, lat in points)
    assert "GeoNames" in collection["attribution"]
    assert json.loads(b"".join(STREAMS["geojson"]([])))["features"] == []


@pytest.mark.parametrize("home", ["Kansas", "U", "US-", "US_KS", "USA"])
def test_a_home_is_a_code(home: str) -> None:
    with pytest.raises(ValueError, match="give the code of a country or state"):
        Config(home=home)
