"""The names that a user gives: they win over lexicon and model, in every kind of block, as their row says."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brief_extract import Config, Entity, Extractor, FormatError, InputError, Mention
from brief_extract.entities import Recogniser, Unit, own_names
from brief_extract.entities.lexicon import load
from brief_extract.entities.name_lists import LABELS, NameList
from brief_extract.entities.own_names import OwnNames, load_names
from brief_extract.entities.units import Kind
from entities.samples import FakeModel, article, unit

HEADER = "name,label,id,aliases,country,same_as,case,drop"


def listed(*rows: str, header: str = HEADER, path: str = "desk.csv") -> OwnNames:
    return several("\n".join([header, *rows, ""]), path=path)


def several(*texts: str, path: str = "desk.csv") -> OwnNames:
    return OwnNames([NameList(path, text.encode(), "") for text in texts], load())


def recognise(
    units: list[Unit], names: OwnNames, labels: dict[str, str] | None = None
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    mentions, entities, _ = next(Recogniser(FakeModel(labels), names=names).pipe([units]))
    return mentions, entities


def shown(text: str, names: OwnNames, labels: dict[str, str] | None = None) -> list[tuple[str, str, str | None, str]]:
    mentions, _ = recognise([unit(text)], names, labels)
    return [(mention.text, mention.label, mention.entity, mention.source) for mention in mentions]


class TestPrecedence:
    def test_the_lexicon_gives_way(self) -> None:
        names = listed("Mali,ORG,org/mali-foods")
        assert shown("Shares of Mali rose in Niger.", names) == [
            ("Mali", "ORG", "org/mali-foods", "names"),
            ("Niger", "GPE", "country/NE", "lexicon"),
        ]

    def test_the_model_gives_way_at_the_same_words_and_at_more_or_fewer(self) -> None:
        names = listed("Zorb Foods,ORG,zorb")
        for span in ("Zorb Foods", "Zorb", "Foods Ltd", "Old Zorb Foods Ltd"):
            assert shown("They met Old Zorb Foods Ltd on Friday.", names, {span: "PERSON", "Friday": "DATE"}) == [
                ("Zorb Foods", "ORG", "zorb", "names"),
                ("Friday", "DATE", None, "model"),
            ]

    def test_a_longer_name_of_the_lexicon_gives_way_too(self) -> None:
        assert shown("The European Union paid.", listed("Union,ORG,u")) == [("Union", "ORG", "u", "names")]

    def test_an_acronym_that_the_document_defines_otherwise_is_the_name_of_the_list(self) -> None:
        text = "The Zorb Quux Union (ZQU) met. ZQU paid."
        found = shown(text, listed("ZQU,PRODUCT,p/zqu"), {"Zorb Quux Union": "ORG"})
        assert [it for it in found if it[0] == "ZQU"] == [("ZQU", "PRODUCT", "p/zqu", "names")] * 2

    def test_a_region_behind_a_place_of_a_list_does_not_make_it_another_place(self) -> None:
        names = listed("Birmingham,GPE,gpe/our-birmingham")
        assert shown("in Birmingham, Alabama.", names)[0] == ("Birmingham", "GPE", "gpe/our-birmingham", "names")

    def test_it_holds_in_every_kind_of_block(self) -> None:
        kinds: list[Kind] = ["paragraph", "heading", "item", "cell", "quote"]
        units = article(*((kind, "Zorb Foods") for kind in kinds))
        mentions, _ = recognise(units, listed("Zorb Foods,ORG,zorb"))
        assert [(it.block, it.text, it.entity) for it in mentions] == [
            (f"{kind}-{number}", "Zorb Foods", "zorb") for number, kind in enumerate(kinds, 1)
        ]

    def test_a_person_of_a_list_is_known_by_the_surname(self) -> None:
        names = listed("Ama Zorbu,PERSON,p/1")
        assert shown("Ama Zorbu spoke. Then Zorbu left.", names, {"Zorbu": "ORG"})[1] == (
            "Zorbu", "PERSON", "p/1", "document",
        )  # fmt: skip

    def test_a_cell_in_a_column_of_persons_is_what_the_list_says(self) -> None:
        cell = Unit(block="table-1", cell="table-1.cell-1", header="Player", kind="cell", text="Zorb Foods", offsets=0)
        mentions, _ = recognise([cell], listed("Zorb Foods,ORG,zorb"))
        assert [(it.label, it.entity) for it in mentions] == [("ORG", "zorb")]

    def test_without_lists_nothing_changes(self) -> None:
        text = "Mali and Zorb Foods met in Bamako."
        assert shown(text, listed("Quux,ORG,q"), {"Zorb Foods": "ORG"}) == [
            (it.text, it.label, it.entity, it.source)
            for it in next(Recogniser(FakeModel({"Zorb Foods": "ORG"})).pipe([[unit(text)]]))[0]
        ]


class TestSpelling:
    @pytest.mark.parametrize(
        ("case", "text", "found"),
        [
            ("", "Zorb", True),
            ("", "ZORB", True),
            ("", "zorb", False),
            ("", "ZORb", False),
            ("", "Zorbs", False),
            ("", "Zorb's", True),
            ("exact", "Zorb", True),
            ("exact", "ZORB", False),
            ("any", "zorb", True),
            ("any", "zOrB", True),
            ("any", "zord", False),
        ],
    )
    def test_case(self, case: str, text: str, found: bool) -> None:
        assert bool(listed(f"Zorb,ORG,z,,,,{case}").find(f"the {text} met")) is found

    @pytest.mark.parametrize(
        ("name", "text", "found"),
        [
            ("Zor", "ZOR", False),  # too short for capitals to be no acronym
            ("Séléka", "Seleka", True),
            ("Séléka", "SELEKA", True),
            ("Séléka", "SÉLÉKA", True),
            ("Seleka", "Séléka", False),
            ("Élan", "Elan", True),
            ("The Body Store", "the Body Store", True),
            ("Body Store", "body Store", False),
            ("van Zorb", "Van Zorb", True),
            ("van Zorb", "van Zorb", True),
            ("iZorb", "iZorb", True),
            ("O'Zorb", "O’Zorb", True),
            ("Côte d’Or", "Côte d'Or", True),
            ("Zorb  Foods", "Zorb\nFoods", True),
            ("Yahoo!", "Yahoo!", True),
            ("Zorb S.A.", "Zorb S.A.", True),
            ("Łódź", "Łódź", True),
            ("Ψ Zorb", "Ψ Zorb", True),
            ("Zorb", "www.Zorb.com", False),
            ("Zorb", "@Zorb", False),
        ],
    )
    def test_accents_articles_and_marks(self, name: str, text: str, found: bool) -> None:
        assert [text[it.start : it.end] for it in listed(f"{name},ORG,z").find(text)] == ([text] if found else [])

    def test_in_any_case_the_letters_are_the_same(self) -> None:
        names = listed("Zorb Foods,ORG,z,,,,any", "frm,ORG,f,,,,any", "Élan,ORG,e,,,,any")
        text = "zorb fooda, zorb foods, ﬁrm, elan, ÉLAN"
        assert [text[it.start : it.end] for it in names.find(text)] == ["zorb foods", "elan", "ÉLAN"]

    def test_an_exact_name_keeps_its_accents(self) -> None:
        assert not listed("Séléka,ORG,z,,,,exact").find("Seleka")

    def test_aliases_are_the_name(self) -> None:
        names = listed("Zorb Foods,ORG,zorb,ZF; Zorbco ;Zorb")
        mentions, entities = recognise([unit("ZF, Zorbco, Zorb and Zorb Foods.")], names)
        assert [it.text for it in mentions] == ["ZF", "Zorbco", "Zorb", "Zorb Foods"]
        assert [(it.id, it.name, len(it.mentions)) for it in entities] == [("zorb", "Zorb Foods", 4)]

    def test_the_longest_name_counts_at_each_place(self) -> None:
        names = listed("Zorb,PERSON,a", "Zorb Foods,ORG,b", "Zorb Foods East Africa,ORG,c", "Zorb Foods West,ORG,d")
        text = "Zorb; Zorb Foods; Zorb Foods East Timor; Zorb Foods East Africa; Zorb Foods West"
        ids = [it.entry.senses[0].entity for it in names.find(text)]
        assert ids == ["a", "b", "b", "c", "d"]


class TestRows:
    def test_without_an_id_a_name_is_what_the_model_calls_it(self) -> None:
        assert shown("Zorb Foods", listed("Zorb Foods,ORG"))[0][2] == "org/zorb-foods"

    def test_without_an_id_a_name_of_the_lexicon_stays_its_entity_and_gets_more(self) -> None:
        _, entities = recognise([unit("Niger and Mali")], listed("Mali,GPE,,,,Q912"))
        assert [(it.id, it.refers_to, it.same_as) for it in entities] == [
            ("country/NE", ("country/NE",), ()),
            ("country/ML", ("country/ML",), ("Q912",)),
        ]

    def test_without_an_id_a_name_with_several_meanings_has_one_from_now_on(self) -> None:
        assert shown("Georgia", listed("Georgia,GPE"))[0][2] == "gpe/georgia"

    def test_a_country_of_a_list_takes_the_place_of_the_lexicons(self) -> None:
        _, (bamako,) = recognise([unit("Bamako")], listed("Bamako,GPE,,,KE"))
        assert (bamako.id, bamako.refers_to) == ("gpe/bamako", ("country/KE",))

    def test_an_id_of_the_lexicon_makes_a_name_one_more_of_that_entity(self) -> None:
        _, (mali,) = recognise([unit("Mali and Zorbland")], listed("Zorbland,GPE,country/ML,,,Q912"))
        assert (mali.id, mali.name, mali.same_as, len(mali.mentions)) == ("country/ML", "Mali", ("Q912",), 2)

    def test_a_country_and_several_ids_elsewhere(self) -> None:
        _, (zorb,) = recognise([unit("Zorb")], listed("Zorb,ORG,z,,ke;ML,Q1; lei:2"))
        assert (zorb.refers_to, zorb.same_as) == (("country/KE", "country/ML"), ("Q1", "lei:2"))

    def test_an_organisation_without_a_country_points_to_the_places_in_its_name(self) -> None:
        _, (zorb,) = recognise([unit("Zorb Kenya met.")], listed("Zorb Kenya,ORG,z"))
        assert zorb.refers_to == ("country/KE",)

    def test_rows_with_one_id_are_one_entity_named_as_the_first(self) -> None:
        names = listed("Zorb Foods,ORG,z,,KE,Q1", "Quux,ORG,q", "Zorbco,ORG,z", "Zorbella,ORG,z")
        _, entities = recognise([unit("Zorbella and Zorbco")], names)
        assert [(it.id, it.name, it.refers_to, it.same_as) for it in entities] == [
            ("z", "Zorb Foods", ("country/KE",), ("Q1",))
        ]

    def test_of_rows_with_one_name_the_last_counts_unless_another_is_spelled_so(self) -> None:
        assert [it.entry.senses[0].entity for it in listed("Zorb,ORG,a", "Zorb,ORG,b").find("Zorb ZORB")] == ["b", "b"]
        names = listed("ZORB,ORG,capitals,,,,exact", "Zorb,ORG,small")
        assert [it.entry.senses[0].entity for it in names.find("Zorb ZORB")] == ["small", "capitals"]

    def test_a_later_list_counts_more(self) -> None:
        first, second = f"{HEADER}\nZorb,ORG,a\n", f"{HEADER}\nZorb,GPE,b\n"
        assert several(first, second).find("Zorb")[0].entry.senses[0].entity == "b"
        assert several(second, first).find("Zorb")[0].entry.senses[0].entity == "a"

    def test_a_dropped_name_is_none_and_longer_names_stay(self) -> None:
        names = listed("Union,,,,,,,yes", "Zorb,,,,,,,x")
        text = "Zorb of the Union and the European Union met Zorb Foods."
        assert [it[0] for it in shown(text, names, {"Zorb": "PERSON", "Union": "ORG", "Zorb Foods": "ORG"})] == [
            "European Union",
            "Zorb Foods",
        ]

    def test_a_dropped_phrase_hides_the_names_in_it(self) -> None:
        assert shown("A Mali pig.", listed("Mali pig,,,,,,,yes"), {"Mali": "GPE"}) == []


class TestFiles:
    def test_json_lines_and_parquet_say_the_same_as_csv(self, tmp_path: Path) -> None:
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        (tmp_path / "n.csv").write_text(f"{HEADER}\nZorb,ORG,z,ZB;Zb,KE,Q1;Q2,any,\nUnion,,,,,,,yes\n")
        (tmp_path / "n.jsonl").write_text(
            '{"name": "Zorb", "label": "ORG", "id": "z", "aliases": ["ZB", "Zb"], "country": "KE", '
            '"same_as": ["Q1", "Q2"], "case": "any", "note": 1}\n\n{"name": "Union", "drop": true}\n'
        )
        table = pa.table(
            {
                "name": ["Zorb", "Union"],
                "label": ["ORG", None],
                "id": ["z", None],
                "aliases": [["ZB", "Zb"], []],
                "country": ["KE", None],
                "same_as": ["Q1;Q2", None],
                "case": ["any", None],
                "drop": [None, "yes"],
            }
        )
        parquet.write_table(table, tmp_path / "n.parquet")
        kinds = [load_names([str(tmp_path / f"n.{kind}")], load()).names for kind in ("csv", "jsonl", "parquet")]
        text = "zorb ZB Zb zB Union"
        found = [[(it.start, it.end, it.entry) for it in names.find(text)] for names in kinds if names]
        assert found[0] == found[1] == found[2]
        assert len(found[0]) == 5

    def test_what_spreadsheets_write(self) -> None:
        text = '\ufeffName;Label;Same as;Note\r\n"Zorb; Sons";ORG;Q1;x\r\n\r\nQuux;ORG;;"a\nb"\r\nZim;ORG;Q3\r\n'
        names = several(text)
        assert [it.entry.senses[0].same_as for it in names.find("Zorb; Sons, Quux, Zim")] == [("Q1",), (), ("Q3",)]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("name,label\nZorb,ORG\nQuux,CORP\n", "desk.csv, row 3: label 'CORP'; fix: use one of PERSON, ORG, GPE"),
            ("name,label\n,ORG\n", "row 2: no name; fix: write one, or remove the row"),
            ('name,label\n" ",ORG\n', "row 2: no name; fix: "),
            ("name,label\n@zorb,ORG\n", "row 2: '@zorb' begins with no letter or digit; fix: leave '@' out"),
            (f"name,label\n{'Z' * 201},ORG\n", "row 2: a name of 201 characters; fix: give at most 200"),
            ("name,label,country\nZorb,ORG,Kenya\n", "row 2: country 'Kenya' is no ISO 3166 code; fix: use one of two"),
            ("name,label,case\nZorb,ORG,lower\n", "row 2: case 'lower'; fix: say 'exact', 'any' or nothing"),
            ("name,label,drop\nZorb,,perhaps\n", "row 2: drop 'perhaps'; fix: say 'yes', or leave it empty"),
            ("name,label,id\nZorb,ORG,a b\n", "row 2: id 'a b'; fix: an id is text"),
            ("name,label,alias\nZorb,ORG,Z\n", "row 1: no column is called 'alias'; fix: did you mean 'aliases'?"),
            ("title,kind\nZorb,ORG\n", "row 1: its columns are title, kind; fix: name one 'name' and one 'label'"),
            ("", "row 1: its columns are none; fix: "),
            ("name,label\nZorb,ORG,KE,FR\n", "row 2: 4 fields, but the header has 2; fix: put quotes around"),
            ('name,label\n"Zorb"x,ORG\n', "row 2: not CSV: "),
            ("name,label\nZo\u200brb,ORG\n", "row 2: 'Zo\\u200brb' has characters that cannot be seen; fix: remove"),
        ],
    )
    def test_a_mistake_is_told_with_file_row_and_fix(self, text: str, told: str) -> None:
        with pytest.raises(InputError) as error:
            several(text)
        assert told in str(error.value)

    @pytest.mark.parametrize(
        ("drop", "found"),
        [
            *((yes, 0) for yes in ("yes", "TRUE", "true", "y", "1", "x")),
            *((no, 1) for no in ("", "no", "0", "False", "N")),
        ],
    )
    def test_flags(self, drop: str, found: int) -> None:
        names = listed(f"Zorb, ORG ,{drop}", header=" Name ,LABEL,drop")
        assert [len(it.entry.senses) for it in names.find("Zorb")] == [found]
        assert not several("name,drop\nZorb,yes\n").find("Zorb")[0].entry.senses

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('{"name": "Zorb", "label": "ORG"}\n[1]\n', "desk.jsonl, row 2: not a JSON object: "),
            ('{"name": "Zorb", "label": "ORG", "aliases": 3}\n', "row 1: aliases 3; fix: give text, several separated"),
            ('{"name": "Zorb", "label": "ORG", "country": [3]}\n', "row 1: country [3]; fix: give text"),
            ('{"name": "Zorb", "label": "ORG", "same_as": ["Q1", 3]}\n', "row 1: same_as ['Q1', 3]; fix: give text"),
            ('\n \n{"name": "", "label": "ORG"}\n', "row 3: no name; fix: "),
            ('{"name": 3, "label": "ORG"}\n', "row 1: no name; fix: "),
            ('{"name": "Zorb", "lable": "ORG"}\n', "row 1: no column is called 'lable'; fix: did you mean 'label'?"),
        ],
    )
    def test_a_mistake_in_json_lines(self, text: str, told: str) -> None:
        with pytest.raises(InputError) as error:
            several(text, path="desk.jsonl")
        assert told in str(error.value)

    def test_a_mistake_in_parquet(self, tmp_path: Path) -> None:
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        parquet.write_table(pa.table({"name": ["Zorb", ""], "label": ["ORG", "ORG"]}), tmp_path / "n.parquet")
        with pytest.raises(InputError, match=r"n.parquet, row 2: no name"):
            load_names([str(tmp_path / "n.parquet")], load())

    def test_files_that_are_no_lists(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(InputError, match=r"gone.csv: no such file or directory; fix: check the path"):
            load_names(["gone.csv"], load())
        with pytest.raises(InputError, match=r"desk.xlsx: no list of names; fix: give a .csv, .jsonl or .parquet"):
            several("x", path="desk.xlsx")
        with pytest.raises(InputError, match=r"desk.csv, row 2: not UTF-8; fix: save the list as UTF-8"):
            OwnNames([NameList("desk.csv", b"name,label\nS\xe9l\xe9ka,ORG\n", "")], load())
        with pytest.raises(InputError, match="not a Parquet file"):
            several("x", path="desk.parquet")
        monkeypatch.setattr("brief_extract.entities.name_lists.find_spec", lambda _: None)
        with pytest.raises(FormatError, match=r"needs pyarrow.*brief-extract\[parquet\]"):
            several("x", path="desk.parquet")


class TestLoading:
    def test_one_content_is_packed_once_whichever_thread_asks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "n.csv"
        path.write_text(f"{HEADER}\nZorb,ORG,once\n")
        made: list[int] = []
        make = OwnNames.__init__
        barrier = threading.Barrier(4)

        def counted(self: OwnNames, *arguments: object) -> None:
            made.append(1)
            make(self, *arguments)  # type: ignore[arg-type]

        def ask() -> None:
            barrier.wait()
            found.append(load_names([str(path)], load()).names)

        monkeypatch.setattr(own_names.OwnNames, "__init__", counted)
        found: list[OwnNames | None] = []
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(made), len(set(map(id, found)))) == (1, 1)
        path.write_text(f"{HEADER}\nZorb,ORG,twice\n")
        changed = load_names([str(path)], load()).names
        assert changed
        assert changed.find("Zorb")[0].entry.senses[0].entity == "twice"

    def test_the_digest_is_that_of_the_content(self, tmp_path: Path) -> None:
        one, other = tmp_path / "a.csv", tmp_path / "b.csv"
        for path in (one, other):
            path.write_text(f"{HEADER}\nZorb,ORG,z\n")
        config = Config(names=str(one))
        assert config.digest == Config(names=[str(other)]).digest != Config().digest
        assert Config(names=str(one), entities=False).digest == Config(entities=False).digest
        before = config.digest
        extractor = Extractor(config.with_options(language="xx"))
        assert extractor.generator.config == extractor.config.digest
        one.write_text(f"{HEADER}\nZorb,ORG,other\n")
        assert config.digest != before
        assert extractor.generator.config != extractor.config.digest  # it has read the list as it was

    def test_a_list_that_is_gone_is_told(self) -> None:
        with pytest.raises(InputError, match=r"gone.csv: no such file"):
            Extractor(names="gone.csv", language="xx").extract("Zorb")

    def test_names_is_a_path_or_several(self) -> None:
        assert Config(names="a.csv").names == Config(names=["a.csv"]).names == ("a.csv",)
        for wrong in (3, [3], (None,)):
            with pytest.raises(TypeError, match=r"names is .*; give paths of lists"):
                Config(names=wrong)  # type: ignore[arg-type]


WORDS = st.text(st.sampled_from("abcdéßİŁЖ中'-."), min_size=0, max_size=6)
NAMES = st.builds(
    lambda first, rest: " ".join([first, *rest]),
    st.builds(lambda a, b: a + b, st.sampled_from("ABÉЖ中a1"), WORDS),
    st.lists(WORDS.filter(bool), max_size=3),
)


@given(NAMES, st.sampled_from(LABELS), st.sampled_from(["", "exact", "any"]), st.data())
def test_an_own_name_that_stands_in_a_text_as_a_whole_word_is_a_mention_with_its_id(
    name: str, label: str, case: str, data: st.DataObject
) -> None:
    before = data.draw(st.sampled_from(["", "They met ", "In Mali, ", "(", "European ", "“"]))
    after = data.draw(st.sampled_from(["", ".", " said so.", ", Kenya", ")", "’s", " Ltd"]))
    text = f"{before}{name}{after}"
    model = {data.draw(st.sampled_from([text.split(maxsplit=1)[0], text.rsplit(maxsplit=1)[-1], name])): "PERSON"}
    assume("://" not in text)
    names = listed(f'"{name}",{label},own/1,,,,{case}')
    mentions, entities = recognise([unit(text)], names, model)
    own = [it for it in mentions if it.source == "names"]
    assert [(it.text, it.start, it.label, it.entity) for it in own] == [(name, len(before), label, "own/1")]
    assert [(it.id, it.name) for it in entities if it.id == "own/1"] == [("own/1", name.replace("’", "'"))]


@given(st.lists(NAMES, min_size=1, max_size=12), st.lists(NAMES, max_size=12))
def test_packed_names_are_found_as_a_plain_search_finds_them(listed_names: list[str], in_text: list[str]) -> None:
    names = listed(*(f'"{name}",ORG,id/{number},,,,exact' for number, name in enumerate(listed_names)))
    text = ", ".join([*in_text, *listed_names])
    assert [(it.start, it.end) for it in names.find(text)] == _plainly(text, listed_names)


def _plainly(text: str, names: list[str]) -> list[tuple[int, int]]:
    """The longest name at each start of a word, from the left."""
    from brief_extract.entities.addresses import without_addresses
    from brief_extract.entities.names import WORD, ends_word, fold

    text = without_addresses(fold(text))
    found: list[tuple[int, int]] = []
    for word in WORD.finditer(text):
        if found and word.start() < found[-1][1]:
            continue
        fitting = [it for it in map(fold, names) if text.startswith(it, word.start())]
        ends = [word.start() + len(it) for it in fitting if ends_word(text, word.start() + len(it))]
        if ends:
            found.append((word.start(), max(ends)))
    return found


@pytest.mark.parametrize("make", [lambda n: "Zorb " * n, lambda n: "Zorb-" * n, lambda n: "The " * n])
def test_the_time_for_a_text_grows_with_its_length_alone(make: Callable[[int], str]) -> None:
    names = listed(*(f"{'Zorb ' * number}Quux,ORG,id/{number}" for number in range(1, 30)), "The Zorb,ORG,t")
    assert len(names.find(make(40_000))) == 0


def test_the_order_of_rows_with_different_names_does_not_matter() -> None:
    rows = [f"Zorb {number},ORG,id/{number}" for number in range(50)]
    text = " ".join(f"Zorb {number}." for number in range(50))
    shuffled = rows[:]
    random.Random(1).shuffle(shuffled)
    one, other = (listed(*it).find(text) for it in (rows, shuffled))
    assert one == other
