"""An export holds what figures count and nothing else; it is of one moment, whole or not there, and written again only where it changed."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from kycuong.catalog.models import Criterion
from kycuong.core.problems import BadInput, Busy, Missing, RuleBroken
from kycuong.facts.queries import opened
from kycuong.facts.rules import ANSWERS, MANIFEST, TABLES
from kycuong.facts.store import Folder, Source, export_facts
from kycuong.followup.models import Recommendation
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.models import Person
from kycuong.reports.figures import by_group, by_lead, by_unit, glance, items
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.rules.periods import parse_period
from tests.desk import YESTERDAY, Desk
from tests.sealed import SECRET, seal
from tests.sides import Sides

from . import here

pytestmark = pytest.mark.django_db
READ = re.compile(r"\b(?:FROM|JOIN)\s+([a-z]+_[a-z_]+)")
HELD = {table.name: {column.name: column for column in table.columns} for table in (*TABLES, ANSWERS)}


def all_texts() -> str:
    """Every text that counts, in both views, as it was and restated."""
    found = []
    for view in (SUBJECT, LEAD):
        for restated in (None, date(2020, 1, 1)):
            found += [text for _name, text, _values in here.texts(Question(1, parse_period("2019"), view, restated))]
    found += [by_lead.PLANS, *(by_lead.text_of(name) for name in here.BY_LEAD)]
    return "\n".join([*found, by_group.TITLES, by_group.BODY, by_unit.BODY, glance.BODY, items.BODY])


def test_every_table_that_a_text_reads_is_exported_and_no_other() -> None:
    assert set(READ.findall(all_texts())) == HELD.keys()


def test_no_column_is_exported_that_no_text_reads() -> None:
    words = set(re.findall(r"\w+", all_texts()))
    idle = {f"{table}.{column}" for table, columns in HELD.items() for column in columns if column not in words}
    assert idle == set()


def test_texts_of_the_database_are_never_nothing() -> None:
    """An empty field of a text is the empty text: so no column may hold both."""
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table in TABLES:
        fields = {field.column: field for field in by_table[table.name]._meta.concrete_fields}
        for column in table.columns:
            assert column.stored != "VARCHAR" or not fields[column.name].null, f"{table.name}.{column.name}"


def test_words_leave_only_from_names_of_units_and_published_checklists() -> None:
    """…and numbers of issued plans. Everything else is one of the words that we chose; of what people type at visits a mark leaves, if it is read at all."""
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    free, marks = set(), set()
    for table in TABLES:
        fields = {field.column: field for field in by_table[table.name]._meta.concrete_fields}
        for column in table.columns:
            where = f"{table.name}.{column.name}"
            marks |= {where} if column.holds == "mark" else set()
            free |= {where} if column.holds == "text" and not fields[column.name].choices else set()
    assert marks == {"followup_recommendation.document"}
    assert {name.split(".")[0] for name in free if not name.endswith("_code")} == {
        *(
            "orgs_unit",
            "orgs_unitversion",
            "catalog_topic",
            "catalog_criteriongroup",
            "catalog_criterion",
            "plans_inspectionplan",
        ),
    }


def test_of_the_number_of_a_document_only_a_mark_leaves(desk: Desk, sealed: Inspection, tmp_path: Path) -> None:
    Recommendation.objects.update(document="CV 12 gửi ông Người-Không-Được-Lộ")
    with here.engine(tmp_path) as engine:
        marks = engine.rows("SELECT DISTINCT document FROM followup_recommendation", {})
        assert {mark for (mark,) in marks} <= {"x"}
        found = engine.rows("SELECT COUNT(*) FROM followup_recommendation WHERE document <> ''", {})
    assert found == [(Recommendation.objects.filter(visit__state="signed").exclude(state="draft").count(),)] != [(0,)]


@pytest.fixture
def sealed(desk: Desk, sides: Sides) -> Inspection:
    return seal(desk)


def words_of(place: Path) -> set[str]:
    """Every text that stands in an export."""
    with opened("duckdb", str(place)) as engine:
        return {
            str(word)
            for table, columns in HELD.items()
            for column in columns.values()
            if column.stored == "VARCHAR"
            for (word,) in engine.rows(f"SELECT DISTINCT {column.name} FROM {table}", {})
        }


def typed() -> Iterator[str]:
    """What people wrote at visits and after them, and their names."""
    yield from Person.objects.values_list("full_name", flat=True)
    rooms = ("inspections", "followup", "selfchecks", "field", "draws")
    for model in (model for room in rooms for model in apps.get_app_config(room).get_models()):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and not field.name.endswith("_name_then"):
                yield from model._base_manager.values_list(field.column, flat=True).distinct()


def test_nothing_of_a_sealed_visit_no_name_and_no_free_text_is_in_an_export(
    sealed: Inspection, desk: Desk, tmp_path: Path
) -> None:
    def none_is_in_any_file(*given: int) -> None:
        """Also while it is made."""
        looked.append(given)
        assert not any(
            secret.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() for secret in SECRET
        )

    looked: list[tuple[int, ...]] = []
    here.exported(tmp_path, none_is_in_any_file)
    none_is_in_any_file()
    assert len(looked) > 10
    found = words_of(tmp_path)
    written = {text for text in typed() if text and " " in text and len(text) > 8}
    assert len(written) > 30
    assert any(word in text for word in SECRET for text in written)
    assert {text for text in written if any(text in word for word in found)} == set()
    assert not [word for word in found for secret in SECRET if secret in word]
    with opened("duckdb", str(tmp_path)) as engine:
        visits = {pk for (pk,) in engine.rows("SELECT id FROM inspections_visit", {})}
        inspections = {pk for (pk,) in engine.rows("SELECT id FROM inspections_inspection", {})}
        answered = {pk for (pk,) in engine.rows("SELECT DISTINCT visit_id FROM facts_answer", {})}
    assert visits == set(Visit.objects.filter(state="signed").values_list("pk", flat=True)) != set()
    assert answered <= visits
    assert sealed.pk not in inspections


def test_what_did_not_change_is_not_written_again(desk: Desk, tmp_path: Path) -> None:
    desk.signed()
    first = here.exported(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/*.parquet")}
    assert first.written == first.files == len(before) > 10
    again = here.exported(tmp_path)
    assert (again.written, again.rows, again.files) == (0, first.rows, first.files)
    desk.signed(visits=desk_visits(desk))
    third = here.exported(tmp_path)
    changed = {path.parent.name for path in tmp_path.glob("*/*.parquet") if path not in before}
    assert {"inspections_inspection", "inspections_visit", "facts_answer"} <= changed
    assert not {name for name in changed if name.startswith(("orgs_", "catalog_", "plans_"))}
    assert third.written == len(changed)
    kept = {path: moment for path, moment in before.items() if path.exists()}
    assert all(path.stat().st_mtime_ns == moment for path, moment in kept.items())


def desk_visits(desk: Desk) -> list[Any]:
    return [Planned(desk.units["second_commune"], YESTERDAY, "short")]


def test_a_changed_row_of_the_past_is_in_the_next_export(desk: Desk, tmp_path: Path) -> None:
    """By digest, not by number or moment: rows change later, and numbers are not in the order in which rows appear."""
    visit = desk.signed()
    here.exported(tmp_path)
    Visit.objects.filter(pk=visit.pk).update(visited_on=date(2019, 5, 6))
    here.exported(tmp_path)
    with opened("duckdb", str(tmp_path)) as engine:
        assert engine.rows("SELECT visited_on FROM inspections_visit", {}) == [(date(2019, 5, 6),)]


@pytest.mark.parametrize(
    "words",
    ["a\r\nb", "a\rb", "a\nb", '"a", b\r\n', "a\\nb", ",", '"', "\r", "\n", "", " ", "NULL", "1", "ấ\u2028b\x1f"],
)
def test_a_text_comes_through_as_it_was_typed(desk: Desk, tmp_path: Path, words: str) -> None:
    """A browser sends what was typed in a text area with CRLF, and a published checklist cannot be changed any more."""
    before = dict(Criterion.objects.values_list("code", "text"))
    code = sorted(before)[0]
    with connection.cursor() as cursor:  # past the rule of published checklists
        cursor.execute("UPDATE catalog_criterion SET text = %s WHERE code = %s", [words, code])
    with here.engine(tmp_path) as engine:
        found = dict(engine.rows("SELECT code, text FROM catalog_criterion", {}))
    assert found[code] == words
    assert {one: text for one, text in found.items() if one != code} == {
        one: before[one] for one in found if one != code
    }


def test_only_its_owner_reads_it(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "export"
    here.exported(place)
    for path in [place, *place.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


class Stopped(Exception):
    pass


def test_one_that_was_stopped_leaves_the_former_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.signed()
    here.exported(tmp_path)
    before = (tmp_path / MANIFEST).read_text()
    desk.signed(visits=desk_visits(desk))

    def stopping() -> Any:
        inner = here.within()

        class Half:
            def __enter__(self) -> Source:
                source = inner.__enter__()

                def rows(sql: str) -> Any:
                    if sql.startswith("SELECT SUBSTR") and "inspections_finding t" in sql:
                        raise Stopped
                    return source(sql)

                return rows

            def __exit__(self, *given: Any) -> None:
                inner.__exit__(*given)

        return Half()

    with pytest.raises(Stopped):
        export_facts(Folder(tmp_path), lambda done, total: None, moment=stopping)
    assert (tmp_path / MANIFEST).read_text() == before
    assert not list(tmp_path.glob(".kycuong-writing-*"))
    with opened("duckdb", str(tmp_path)) as engine:
        assert engine.rows("SELECT COUNT(*) FROM inspections_visit", {}) == [(1,)]
    here.exported(tmp_path)
    with opened("duckdb", str(tmp_path)) as engine:
        assert engine.rows("SELECT COUNT(*) FROM inspections_visit", {}) == [(2,)]


def test_whoever_reads_may_finish_however_many_exports_come(desk: Desk, tmp_path: Path) -> None:
    visit = desk.signed()
    here.exported(tmp_path)
    with opened("duckdb", str(tmp_path)) as engine:
        for year in (2017, 2018, 2019):
            Visit.objects.filter(pk=visit.pk).update(visited_on=date(year, 5, 6))
            here.exported(tmp_path)
        assert len(list(tmp_path.glob("inspections_visit/*.parquet"))) == 4
        assert engine.rows("SELECT visited_on FROM inspections_visit", {}) == [(YESTERDAY,)]
    here.exported(tmp_path)
    assert len(list(tmp_path.glob("inspections_visit/*.parquet"))) == 1


def test_a_changed_or_missing_file_is_told_and_not_counted(desk: Desk, tmp_path: Path) -> None:
    desk.signed()
    here.exported(tmp_path)
    (one,) = tmp_path.glob("inspections_visit/*.parquet")
    data = one.read_bytes()
    one.write_bytes(bytes([*data[:-9], data[-9] ^ 1, *data[-8:]]))
    with pytest.raises(RuleBroken, match="đã bị đổi"), opened("duckdb", str(tmp_path)):
        pass
    one.unlink()
    with pytest.raises(RuleBroken, match="thiếu"), opened("duckdb", str(tmp_path)):
        pass
    here.exported(tmp_path)  # mends it
    with opened("duckdb", str(tmp_path)) as engine:
        assert engine.rows("SELECT COUNT(*) FROM inspections_visit", {}) == [(1,)]


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"\xff\xfe", b'{"format": 3}', b'{"format": 3, "taken_at": "2026-01-01", "tables": {}}']
)
def test_a_broken_manifest_is_told(desk: Desk, tmp_path: Path, text: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(text)
    with pytest.raises(RuleBroken, match="bị hỏng"), opened("duckdb", str(tmp_path)):
        pass


def without_a_table(told: Any) -> None:
    del told["tables"]["orgs_unit"]


def with_other_columns(told: Any) -> None:
    told["tables"]["orgs_unit"]["columns"] = ["zzz:INT"]


def with_another_format(told: Any) -> None:
    told["format"] = 1


def without_parts(told: Any) -> None:
    told["tables"]["orgs_unit"]["parts"] = []


def with_a_digest_that_is_none(told: Any) -> None:
    told["tables"]["orgs_unit"]["parts"][0]["digest"] = 7


def with_parts_of_another_table(told: Any) -> None:
    tables = told["tables"]
    tables["orgs_unit"]["parts"], tables["orgs_closure"]["parts"] = (
        tables["orgs_closure"]["parts"],
        tables["orgs_unit"]["parts"],
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_a_table, "phiên bản khác"),
        (with_other_columns, "phiên bản khác"),
        (with_another_format, "phiên bản khác"),
        (without_parts, "bị hỏng"),
        (with_parts_of_another_table, "bị hỏng"),
        (with_a_digest_that_is_none, "bị hỏng"),
    ],
)
def test_a_manifest_that_does_not_fit_this_program_is_told(desk: Desk, tmp_path: Path, change: Any, said: str) -> None:
    here.exported(tmp_path)
    told = json.loads((tmp_path / MANIFEST).read_text())
    change(told)
    (tmp_path / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(RuleBroken, match=said), opened("duckdb", str(tmp_path)):
        pass
    here.exported(tmp_path)  # made anew
    with opened("duckdb", str(tmp_path)) as engine:
        assert engine.rows("SELECT COUNT(*) > 0 FROM orgs_unit", {}) == [(True,)]


def test_a_table_that_is_exported_no_more_goes(desk: Desk, tmp_path: Path) -> None:
    """With all its parts: what was taken out on purpose does not lie on. A folder with anything else in it is not ours."""
    here.exported(tmp_path)
    gone = tmp_path / "reports_measure"
    gone.mkdir()
    (gone / "2019-0123456789abcdef.parquet").write_bytes(b"of an earlier version")
    here.exported(tmp_path)
    assert not gone.exists()
    gone.mkdir()
    for name in ("2019-0123456789abcdef.parquet", "of-others.parquet"):
        (gone / name).write_bytes(b"of others")
        if name == "of-others.parquet":
            with pytest.raises(BadInput, match="chứa thứ khác .reports_measure"):
                here.exported(tmp_path)
            Folder(tmp_path).sweep()
    assert len(list(gone.iterdir())) == 2


def test_a_copy_without_hidden_files_is_an_export_too(desk: Desk, tmp_path: Path) -> None:
    place, copy = tmp_path / "out", tmp_path / "copy"
    here.exported(place)
    shutil.copytree(place, copy, ignore=shutil.ignore_patterns(".*"))
    with opened("duckdb", str(copy)) as engine:
        assert engine.rows("SELECT COUNT(*) > 0 FROM orgs_unit", {}) == [(True,)]
    assert here.exported(copy).written == 0


def test_measures_are_not_exported(desk: Desk) -> None:
    """Kind, day and unit of a measure name a person where eight work; no command counts them over an export."""
    assert not [table for table in HELD if "measure" in table]


def test_a_manifest_cannot_name_files_elsewhere(desk: Desk, tmp_path: Path) -> None:
    here.exported(tmp_path)
    text = (tmp_path / MANIFEST).read_text()
    (tmp_path / MANIFEST).write_text(text.replace('"orgs_unit/all', '"../orgs_unit/all'))
    with pytest.raises(RuleBroken, match="bị hỏng"), opened("duckdb", str(tmp_path)):
        pass


def test_a_table_that_is_a_link_is_neither_written_nor_swept(desk: Desk, tmp_path: Path) -> None:
    place, other = tmp_path / "out", tmp_path / "other"
    here.exported(place)
    other.mkdir()
    foreign = other / "all-0123456789abcdef.parquet"
    foreign.write_bytes(b"of others")
    for name in ("link", "followup_extension"):
        with contextlib.suppress(OSError):
            (place / name).rmdir()
        (place / name).symlink_to(other)
        with pytest.raises(BadInput, match=f"chứa thứ khác .{name}"):
            here.exported(place)
        Folder(place).sweep()
        assert foreign.read_bytes() == b"of others"
        (place / name).unlink()


def test_a_lock_of_others_makes_no_folder_ours(desk: Desk, tmp_path: Path) -> None:
    """Many programs leave a file `.lock`; and a table may be called as one of ours is."""
    foreign = [tmp_path / "sales" / "2020.parquet", tmp_path / "orgs_unit" / "all-0123456789abcdef.parquet"]
    for path in (tmp_path / ".lock", *foreign):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"of others")
    tmp_path.chmod(0o755)
    for name in (".lock", "sales", "orgs_unit"):
        with pytest.raises(BadInput, match="chứa thứ khác"):
            here.exported(tmp_path)
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
        assert all(path.exists() for path in foreign)
        (tmp_path / name).rename(tmp_path.parent / f"{tmp_path.name}-{name}")
        foreign = [path for path in foreign if path.parent.name != name]


def test_a_file_that_has_not_our_name_is_not_swept(desk: Desk, tmp_path: Path) -> None:
    here.exported(tmp_path)
    foreign = tmp_path / "orgs_unit" / "mine.parquet"
    foreign.write_bytes(b"of others")
    here.exported(tmp_path)
    assert foreign.exists()


def test_only_the_last_folder_is_made(desk: Desk, tmp_path: Path) -> None:
    """A share that is not mounted, or a slip of the pen, must not fill another disk."""
    with pytest.raises(BadInput, match="thư mục chứa nó trước"):
        here.exported(tmp_path / "mnt" / "facts")
    assert not (tmp_path / "mnt").exists()


def test_other_folders_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="không có bản xuất"), opened("duckdb", str(tmp_path)):
        pass
    (tmp_path / "thư.txt").write_text("của người khác")
    with pytest.raises(BadInput, match="chứa thứ khác"):
        here.exported(tmp_path)
    with pytest.raises(BadInput, match="chọn thư mục khác"):
        here.exported(tmp_path / "thư.txt" / "x")
    with pytest.raises(BadInput, match="máy tính số liệu"), opened("excel", str(tmp_path)):
        pass


def test_one_export_at_a_time(desk: Desk, tmp_path: Path) -> None:
    with Folder(tmp_path).begun().alone(), pytest.raises(Busy):
        here.exported(tmp_path)
