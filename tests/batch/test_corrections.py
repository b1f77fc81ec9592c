"""Corrections: each kind is obeyed, in any order and by any number of workers, and only what is concerned is redone."""

from __future__ import annotations

import itertools
import json
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batch.samples import files
from brief_extract import Config, Document, Extractor, InputError
from brief_extract.batch import RunReport, discover, run_batch
from brief_extract.batch.correcting import correct, effects, is_corrected
from brief_extract.batch.corrections import Correction, Corrections, read_corrections

NAMES = """name,label,id,aliases,country,same_as
Ama Zorbu,PERSON,,,,Q1
A. Zorbu,PERSON
Kofi Zorbu,PERSON
Zorbu,PERSON
Zorb Foods,ORG,,ZF,KE
Quuxville,ORG
Nord,GPE
Nord Co,ORG,org/nord
"""
ARTICLES = {
    "a": "Ama Zorbu met Mali's envoy.\n\nThen A. Zorbu and Zorbu left for Quuxville.\n",
    "b": "Zorb Foods (ZF) grew, said Kofi Zorbu of Zorb Foods. Zorbu agreed.\n",
    "c": "Mali and Niger agreed on Friday.\n",
    "d": "Nord and Nord Co agreed.\n",
}
WITHOUT_MODEL = "xx"

Names = list[tuple[str, str, str | None]]
Run = Callable[..., RunReport]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "names.csv"
    path.write_text(NAMES)
    return path


@pytest.fixture(scope="module")
def documents(names: Path) -> dict[str, Document]:
    extractor = Extractor(names=[str(names)], language=WITHOUT_MODEL)
    return {id: extractor.extract(text, id=id) for id, text in ARTICLES.items()}


@pytest.fixture
def run(articles: Path, output: Path, names: Path) -> Run:
    for id, text in ARTICLES.items():
        (articles / f"{id}.txt").write_text(text)

    def run(*rows: str, jobs: int = 1, timeout: float = 0, into: Path = output, **options: Any) -> RunReport:
        into.mkdir(exist_ok=True)
        path = into / "corrections.csv"
        path.unlink(missing_ok=True)
        if rows:
            path.write_text("\n".join(["action,name,entity,into,label,id,document", *rows, ""]))
        config = Config(names=[str(names)], language=WITHOUT_MODEL, timeout=timeout)
        return run_batch(discover([articles], besides=into), into, config, jobs=jobs, **options)

    return run


def corrected(document: Document, *rows: Correction) -> Names:
    document = correct(document, Corrections(rows))
    return [(it.text, it.label, it.entity) for it in document.mentions]


def statuses(output: Path) -> dict[str, str]:
    return {it["id"]: it["status"] for it in json.loads((output / "run.json").read_bytes())["inputs"]}


AMA, SHORT, ALONE, ENVOY = "person/ama-zorbu", "person/a-zorbu", "person/zorbu", "country/ML"


class TestKinds:
    def test_nothing_is_wrong_without_corrections(self, documents: dict[str, Document]) -> None:
        assert corrected(documents["a"]) == [
            ("Ama Zorbu", "PERSON", AMA),
            ("Mali", "GPE", ENVOY),
            ("A. Zorbu", "PERSON", SHORT),
            ("Zorbu", "PERSON", ALONE),
            ("Quuxville", "ORG", "org/quuxville"),
        ]

    @pytest.mark.parametrize("row", [Correction("merge", name="A. Zorbu"), Correction("merge", entity=SHORT)])
    @pytest.mark.parametrize("into", [AMA, "Ama Zorbu"])
    def test_merge(self, row: Correction, into: str, documents: dict[str, Document]) -> None:
        document = correct(documents["a"], Corrections([row._replace(into=into)]))
        assert [it.entity for it in document.mentions] == [AMA, ENVOY, AMA, ALONE, "org/quuxville"]
        assert document.mentions[2].source == "corrections"
        ama = document.entity(AMA)
        assert (ama.name, ama.same_as, ama.mentions) == ("Ama Zorbu", ("Q1",), ("mention-1", "mention-3"))

    def test_merge_into_what_the_article_does_not_name(self, documents: dict[str, Document]) -> None:
        for into in (AMA, "Ama Zorbu"):
            document = correct(documents["b"], Corrections([Correction("merge", name="Zorbu", into=into)]))
            assert document.mentions[-1].entity == AMA
        assert document.entity(AMA).name == "Ama Zorbu"
        row = Correction("merge", name="Zorb Foods", into="country/ML")
        mali = correct(documents["b"], Corrections([row])).entity("country/ML")
        assert (mali.label, mali.refers_to) == ("GPE", ("country/ML",))

    def test_a_chain_of_merges(self, documents: dict[str, Document]) -> None:
        rows = [Correction("merge", entity=ALONE, into=SHORT), Correction("merge", entity=SHORT, into=AMA)]
        assert [it[2] for it in corrected(documents["a"], *rows)] == [AMA, ENVOY, AMA, AMA, "org/quuxville"]

    def test_split(self, documents: dict[str, Document]) -> None:
        row = Correction("split", name="ZF", entity="org/zorb-foods")
        assert [it[2] for it in corrected(documents["b"], row)][:3] == ["org/zorb-foods", "org/zf", "person/kofi-zorbu"]
        row = row._replace(into="ZF Bank")
        document = correct(documents["b"], Corrections([row]))
        assert (document.mentions[1].entity, document.entity("org/zf-bank").name) == ("org/zf-bank", "ZF Bank")
        same = Correction("split", name="Zorb Foods", entity="org/zorb-foods")
        assert [it[2] for it in corrected(documents["b"], same)][:2] == ["org/zorb-foods-2", "org/zorb-foods-2"]

    def test_what_was_split_off_is_not_merged_back_by_its_name(self, documents: dict[str, Document]) -> None:
        merged = Correction("merge", name="Zorbu", into=AMA)
        split = Correction("split", name="Zorbu", entity=ALONE, into="person/kofi-zorbu")
        assert corrected(documents["a"], merged, split)[3][2] == "person/kofi-zorbu"

    def test_relabel(self, documents: dict[str, Document]) -> None:
        found = corrected(documents["a"], Correction("relabel", name="Quuxville", label="GPE"))
        assert found[-1] == ("Quuxville", "GPE", "gpe/quuxville")
        found = corrected(documents["a"], Correction("relabel", entity="country/ML", label="ORG"))
        assert found[1] == ("Mali", "ORG", "country/ML")

    def test_what_was_relabelled_can_be_corrected_as_it_is_shown(self, documents: dict[str, Document]) -> None:
        relabel = Correction("relabel", name="Quuxville", label="GPE")
        merge = Correction("merge", entity="gpe/quuxville", into="gpe/quux")
        assert corrected(documents["a"], relabel, merge)[-1] == ("Quuxville", "GPE", "gpe/quux")
        drop = Correction("drop", entity="gpe/quuxville")
        assert len(corrected(documents["a"], relabel, drop)) == 4

    def test_link(self, documents: dict[str, Document]) -> None:
        rows = [Correction("link", name="Ama Zorbu", id="Q1"), Correction("link", entity=AMA, id="lei:7")]
        ama = correct(documents["a"], Corrections(rows)).entity(AMA)
        assert ama.same_as == ("Q1", "lei:7")
        document = correct(documents["a"], Corrections(rows))
        assert effects(document) == (str(rows[1]),)

    def test_drop(self, documents: dict[str, Document]) -> None:
        document = correct(documents["a"], Corrections([Correction("drop", name="Mali")]))
        assert [(it.id, it.text) for it in document.mentions] == [
            ("mention-1", "Ama Zorbu"),
            ("mention-2", "A. Zorbu"),
            ("mention-3", "Zorbu"),
            ("mention-4", "Quuxville"),
        ]
        assert document.get("country/ML") is None

    def test_a_correction_for_one_document_holds_there_alone_and_goes_first(
        self, documents: dict[str, Document]
    ) -> None:
        rows = [
            Correction("merge", name="Zorbu", into=AMA),
            Correction("merge", name="Zorbu", into="person/kofi-zorbu", document="b"),
        ]
        assert corrected(documents["a"], *rows)[3][2] == AMA
        assert corrected(documents["b"], *rows)[-1][2] == "person/kofi-zorbu"

    def test_the_more_particular_row_counts(self, documents: dict[str, Document]) -> None:
        name = Correction("relabel", name="Zorbu", label="ORG")
        assert corrected(documents["a"], name, Correction("relabel", entity=ALONE, label="GPE"))[3][1] == "ORG"
        both = Correction("relabel", name="Zorbu", entity=ALONE, label="LOC")
        assert corrected(documents["a"], name, both)[3][1] == "LOC"

    def test_a_name_of_another_entity_is_not_meant(self, documents: dict[str, Document]) -> None:
        row = Correction("drop", name="Zorbu", entity=AMA)
        document = correct(documents["a"], Corrections([row]))
        assert (document.mentions, effects(document)) == (documents["a"].mentions, ())
        assert correct(documents["c"], Corrections([row])) is documents["c"]

    def test_what_has_no_entity_stays_can_go_and_can_get_one(self, documents: dict[str, Document]) -> None:
        _, niger = documents["c"].mentions
        date = msgspec.structs.replace(
            niger, id="mention-3", start=25, end=31, text="Friday", label="DATE", entity=None
        )
        document = msgspec.structs.replace(documents["c"], mentions=(*documents["c"].mentions, date))
        assert corrected(document, Correction("drop", name="Mali")) == [
            ("Niger", "GPE", "country/NE"),
            ("Friday", "DATE", None),
        ]
        assert len(corrected(document, Correction("drop", name="Friday"))) == 2
        assert corrected(document, Correction("merge", name="Friday", into="Saturday"))[2][2] is None
        relabelled = Correction("relabel", name="Friday", label="PERSON")
        assert corrected(document, relabelled)[2] == ("Friday", "PERSON", "person/friday")

    def test_a_new_label_may_make_it_one_with_another(self, documents: dict[str, Document]) -> None:
        rows = Corrections([Correction("relabel", entity="org/nord", label="GPE")])
        (nord,) = correct(documents["d"], rows).entities
        assert (nord.id, nord.name, len(nord.mentions)) == ("gpe/nord", "Nord", 2)

    def test_what_goes_along_with_a_merge_and_a_split(self, documents: dict[str, Document]) -> None:
        def made(*rows: Correction) -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
            document = correct(documents["a"], Corrections(rows))
            return {it.id: (it.label, it.refers_to, it.same_as) for it in document.entities}

        assert made(Correction("merge", name="Ama Zorbu", into="person/x"))["person/x"] == ("PERSON", (), ("Q1",))
        split = Correction("split", name="Ama Zorbu", entity=AMA, into="person/x")
        assert made(split)["person/x"] == ("PERSON", (), ())
        region = made(Correction("merge", name="Quuxville", into="region/sahel"))["region/sahel"]
        assert region == ("LOC", ("region/sahel",), ())
        assert made(Correction("merge", name="Quuxville", into="desk/7"))["desk/7"] == ("ORG", (), ())

    def test_figures_name_what_the_names_of_their_sentence_have_become(self, names: Path) -> None:
        extractor = Extractor(names=[str(names)], language=WITHOUT_MODEL)
        document = extractor.extract("Ama Zorbu sold 40 ships to Mali.\n", id="a")
        assert document.figures[0].entities == ("person/ama-zorbu", "country/ML")
        rows = [Correction("drop", name="Mali"), Correction("merge", name="Ama Zorbu", into="Kofi Zorbu")]
        assert correct(document, Corrections(rows)).figures[0].entities == ("person/kofi-zorbu",)

    def test_another_document_stays_the_same_object(self, documents: dict[str, Document]) -> None:
        assert correct(documents["c"], Corrections([Correction("drop", name="Zorbu")])) is documents["c"]


KINDS = [
    "merge,A. Zorbu,,Ama Zorbu,,,",
    "split,ZF,org/zorb-foods,,,,",
    "relabel,Quuxville,,,GPE,,",
    "link,,person/ama-zorbu,,,Q99,",
    "drop,Niger,,,,,",
    "merge,Zorbu,,person/kofi-zorbu,,,b",
]
"""One row of each kind, and one for one document."""


class TestRuns:
    def test_only_the_documents_concerned_are_redone(self, output: Path, run: Run) -> None:
        run()
        run("merge,A. Zorbu,,Ama Zorbu,,,")
        assert statuses(output) == {"a": "done", "b": "skipped", "c": "skipped", "d": "skipped"}
        run("merge,A. Zorbu,,Ama Zorbu,,,", "drop,Niger,,,,,")
        assert statuses(output) == {"a": "skipped", "b": "skipped", "c": "done", "d": "skipped"}
        run("drop,Niger,,,,,", "relabel,Mali,,,ORG,,a")
        assert statuses(output) == {"a": "done", "b": "skipped", "c": "skipped", "d": "skipped"}
        run()
        assert statuses(output) == {"a": "done", "b": "skipped", "c": "done", "d": "skipped"}
        assert run().skipped == 4

    def test_every_way_to_the_same_corrections_ends_with_the_same_bytes(
        self, output: Path, run: Run, tmp_path: Path
    ) -> None:
        run(*KINDS, into=tmp_path / "at-once")
        expected = files(tmp_path / "at-once")
        shuffled = random.Random(5)
        for _ in range(8):
            rows = KINDS[:]
            shuffled.shuffle(rows)
            run(*rows[: shuffled.randrange(7)])
            run(*rows)
            found = files(output)
            found["corrections.csv"] = expected["corrections.csv"]
            assert found == expected
            assert run(*KINDS).skipped == 4

    @pytest.mark.parametrize("order", [0, 1])
    def test_workers_obey_as_this_process_does(
        self, order: int, articles: Path, output: Path, run: Run, tmp_path: Path
    ) -> None:
        for number in range(66):  # a worker has a chunk at least
            (articles / f"more-{number}.txt").write_text(ARTICLES["abc"[number % 3]])
        run(*KINDS, into=tmp_path / "here")
        rows = KINDS[::-1] if order else KINDS
        run(*rows, jobs=3 if order else 1, timeout=60)
        found, expected = files(output), files(tmp_path / "here")
        found["corrections.csv"] = expected["corrections.csv"]
        assert found == expected

    def test_what_had_no_effect_is_told_with_its_row(self, output: Path, run: Run) -> None:
        rows = ["drop,Niger,,,,,", "drop,Nigerr,,,,,", "relabel,Mali,,,GPE,,", "drop,Zorbu,,,,,c"]
        report = run(*rows)
        place = f"{output}/corrections.csv, row"
        told = [f"{place} 5: drop name='Zorbu' document='c'", f"{place} 3: drop name='Nigerr'"]
        told.append(f"{place} 4: relabel name='Mali' label='GPE'")
        assert report.without_effect == told
        assert "3 corrections without effect\n  " in report.summary()
        again = run(*rows)
        assert (again.skipped, again.without_effect) == (4, told)
        record = json.loads((output / "run.json").read_bytes())["corrections"]
        assert record == {"obeyed": ["drop name='Niger'"], "without_effect": told}

    def test_another_file_may_be_named(self, output: Path, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        path.write_text("action,name\ndrop,Niger\n")
        assert run("drop,Mali,,,,,", corrections=path).corrections == {"drop name='Niger'"}
        assert (output / "corrections.csv").exists()
        with pytest.raises(InputError, match=r"gone.csv: no such file or directory"):
            run(corrections=tmp_path / "gone.csv")


SELECTORS = st.sampled_from(
    [
        {"name": "Zorbu"},
        {"name": "Ama Zorbu"},
        {"entity": AMA},
        {"entity": ALONE},
        {"name": "Mali"},
        {"entity": "org/zorbu"},
    ]
)
INTO = st.sampled_from([AMA, SHORT, "New One", "org/zorbu"])
LABELS = st.sampled_from(["ORG", "PERSON", "GPE"])
ROWS = st.one_of(
    st.builds(lambda by, into: Correction("merge", into=into, **by), SELECTORS, INTO),
    st.builds(lambda by, label: Correction("relabel", label=label, **by), SELECTORS, LABELS),
    st.builds(lambda by: Correction("drop", **by), SELECTORS),
    st.builds(lambda by: Correction("link", id="Q5", **by), SELECTORS),
    st.builds(lambda into: Correction("split", name="Zorbu", entity=ALONE, into=into), st.just("") | INTO),
)


@settings(max_examples=300)
@given(rows=st.lists(ROWS, max_size=5), more=st.lists(ROWS, max_size=5), data=st.data())
def test_a_document_is_told_to_be_current_exactly_when_another_run_would_change_nothing(
    rows: list[Correction], more: list[Correction], data: st.DataObject, documents: dict[str, Document]
) -> None:
    """From any corrections to any others: what is not redone is as if it were."""
    other = [*more, *(row for row in rows if data.draw(st.booleans()))]
    for document in documents.values():
        before = correct(document, Corrections(rows))
        assert is_corrected(before, Corrections(data.draw(st.permutations(rows))))
        if is_corrected(before, Corrections(other)):
            assert correct(document, Corrections(other)) == before


def test_the_order_of_the_rows_changes_nothing(documents: dict[str, Document]) -> None:
    rows = [
        Correction("merge", name="Zorbu", into=AMA),
        Correction("merge", entity=SHORT, into=AMA),
        Correction("relabel", entity=AMA, label="ORG"),
        Correction("link", entity="org/ama-zorbu", id="Q7"),
    ]
    results = {correct(documents["a"], Corrections(order)).to_json() for order in itertools.permutations(rows)}
    assert len(results) == 1


class TestFile:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("name\nZorbu\n", "row 1: no column 'action'; fix: begin with action,name,entity,into,label,id,document"),
            ("action,names\ndrop,Zorbu\n", "row 1: no column is called 'names'; fix: did you mean 'name'?"),
            ("action,name\n\nrename,Zorbu\n", "row 3: action 'rename'; fix: use one of merge, split, relabel, link"),
            ("action,name\ndrop,\n", "row 2: no name and no entity; fix: say which name"),
            ("action,name\nmerge,Zorbu\n", "row 2: a merge without 'into'; fix: fill in 'into'"),
            ("action,name\nsplit,Zorbu\n", "row 2: a split without name or entity; fix: say which name is to leave"),
            ("action,name,label\nrelabel,Zorbu,PER\n", "row 2: label 'PER'; fix: use one of PERSON, ORG"),
            ("action,name,id\ndrop,Zorbu,Q1\n", "row 2: a drop with 'id'; fix: leave 'id' empty"),
            ('action,name\ndrop,"Zorbu"x\n', "row 2: not CSV"),
            (
                "action,name,into\nmerge,Zorbu,a/b\nmerge,Zorbu,a/c\n",
                "row 3: merge name='Zorbu' into='a/c' contradicts ",
            ),
            ("action,name,into\ndrop,Zorbu,a/b\n", "row 2: a drop with 'into'; fix: leave 'into' empty"),
            ("action,name,label\ndrop,Zorbu,ORG\n", "row 2: a drop with 'label'; fix: leave 'label' empty"),
            (
                "action,name,label\nrelabel,Zorbu,ORG\nrelabel,Zorbu,GPE\n",
                "row 3: relabel name='Zorbu' label='GPE' contradicts ",
            ),
            ("action,name,id\nlink,Zorbu,\n", "row 2: a link without 'id'; fix: fill in 'id'"),
            ("action,entity,into\nmerge,x/1,a/1\nmerge,a/1,a/2\nmerge,a/2,a/1\n", "leads in a circle; fix: remove "),
            ("action,entity,into\nmerge,a/1,a/2\nmerge,a/2,a/3\nmerge,a/3,a/1\n", "leads in a circle; fix: remove "),
        ],
    )
    def test_a_mistake_is_told_with_row_and_fix(self, text: str, told: str, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        path.write_text(text)
        with pytest.raises(InputError) as error:
            read_corrections(path)
        assert str(error.value).startswith(f"{path}, row ")
        assert told in str(error.value)

    def test_what_is_no_circle(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        path.write_text("action,name,entity,into\nmerge,Zorbu,a/1,a/2\nmerge,,a/2,a/1\nmerge,,a/3,a/1\n")
        assert len(read_corrections(path)) == 3

    def test_a_split_may_say_into_what_or_not(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        path.write_text("action,name,entity,into\nsplit,Zorbu,a/1,\nsplit,Zorbu,a/2,a/3\n")
        assert len(read_corrections(path)) == 2

    def test_they_travel_to_another_process(self) -> None:
        rows = [Correction("drop", name="Zorbu")]
        told = pickle.loads(pickle.dumps(Corrections(rows, {str(rows[0]): "c.csv, row 2"}))).without_effect(set())
        assert told == ["c.csv, row 2: drop name='Zorbu'"]
        assert Corrections(rows).without_effect({str(rows[0])}) == []

    def test_no_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        path.write_bytes(b"action,name\ndrop,S\xe9\n")
        with pytest.raises(InputError, match=r"corrections.csv: not UTF-8; fix: save it as UTF-8"):
            read_corrections(path)

    def test_semicolons_and_spare_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        path.write_text("\ufeffAction;Name;Note\r\ndrop; Zorbu ;why\r\n;;\r\ndrop;Zorbu\r\n")
        corrections = read_corrections(path)
        assert (len(corrections), "drop name='Zorbu'" in corrections) == (1, True)
