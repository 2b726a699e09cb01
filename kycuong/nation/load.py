"""Load the generated nation piece by piece: each piece is one transaction that is noted, so that a second run goes on where one stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from django.db import DEFAULT_DB_ALIAS, transaction
from vietnam_provinces import Province, Ward

from kycuong.audit.bulk import entry_between_pieces
from kycuong.audit.log import record, take_turns
from kycuong.audit.models import AuditHead, BulkLoad
from kycuong.catalog.actions import install_standard_checklist
from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.exposure import is_public
from kycuong.core.problems import RuleBroken
from kycuong.core.statistics import analyze
from kycuong.deadlines.actions import fill_year
from kycuong.deadlines.queries import years_without_days
from kycuong.followup.actions import install_measure_kinds, install_standard_wordings
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import Source
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Person, Unit, UnitVersion
from kycuong.orgs.rules import INSPECTABLE, Kind
from kycuong.plans.actions import install_plan_duties

from . import facts
from .accounts import make_accounts
from .days import Days
from .following import Following
from .ground import Ground, paper
from .interrupted import ensure_sound
from .profiles import TRIED_ON, Profiles, draw_profiles
from .roster import Roster
from .structure import build_province
from .wishes import Wish, checked, share, sizes_of
from .writing import Table, catch_up, in_bulk, sqlite_file
from .yearly import Year

Progress = Callable[[str, int, int], None]
"""Told (what, done, of how many) while the loading goes on."""
VERB = "nation.load"
TOP = "ca-nuoc"
NAME = "Cả nước (dữ liệu tạo sinh)"
GROUND, ACCOUNTS = "nền / ground", "tài khoản / accounts"


def silent(what: str, done: int, total: int) -> None:
    """No progress wanted."""


def load_nation(wish: Wish, *, progress: Progress = silent) -> int:
    """Write what of the wish is not there yet. How many visits this run wrote.

    RuleBroken where real data, another load or the demonstration lies, or where the file is damaged.
    """
    checked(wish)
    if (database := sqlite_file()) is not None:
        ensure_sound(database)
    ensure_ours(wish)
    with at_the_machine(), in_bulk():
        _once(GROUND, wish, lambda: _lay_ground(wish))
        provinces = list(Province.iter_all())[: wish.provinces]
        for place, province in enumerate(provinces):
            _once(_of_province(province), wish, lambda province=province: _build(province, wish))  # type: ignore[misc]
            progress("Đơn vị / units", place + 1, len(provinces))
        _once(ACCOUNTS, wish, lambda: _people(provinces[0]))
        analyze()
        written = sum(_years(provinces, wish, progress))
    analyze()
    return written


def ensure_alone() -> None:
    """Nobody else reaches this installation: the accounts have a password that everybody knows."""
    if is_public():
        raise RuleBroken(
            "Máy khác vào được nơi này (KYCUONG_ADDRESS, KYCUONG_HOSTS, KYCUONG_HTTPS) mà dữ liệu tạo sinh mở chín tài khoản bằng mật khẩu ai "
            "cũng biết và không gỡ ra được. Hãy nạp ở một thư mục mới chỉ máy này vào được.",
            en="Other machines reach this place (KYCUONG_ADDRESS, KYCUONG_HOSTS, KYCUONG_HTTPS), while generated data open nine accounts with "
            "a password that everybody knows and can never be taken out. Load into a new folder that only this machine reaches.",
        )


def ensure_ours(wish: Wish) -> None:
    """Generated rows go into an empty database, or where the same load stopped."""
    begun = BulkLoad.objects.order_by("pk").first()
    if begun is None and (Unit.objects.exists() or Person.objects.exists()):
        raise RuleBroken(
            "Cơ sở dữ liệu đã có đơn vị hoặc người dùng; dữ liệu tạo sinh chỉ nạp vào cơ sở dữ liệu trống. Hãy đặt KYCUONG_HOME sang "
            "một thư mục mới, chạy `KYCUONG_DEMO=0 ./run prepare`, rồi nạp.",
            en="The database already has units or people; generated data load into an empty one only. Point KYCUONG_HOME to a new folder, "
            "run `KYCUONG_DEMO=0 ./run prepare`, then load.",
        )
    if begun is not None and begun.wish != wish.as_dict():
        options = " ".join(f"--{name} {value}" for name, value in begun.wish.items())
        raise RuleBroken(
            f"Cơ sở dữ liệu này đang nạp với {options}; hãy chạy lại đúng như vậy, hoặc dùng thư mục mới.",
            en=f"This database is being loaded with {options}; run it again just so, or use a new folder.",
        )
    if Inspection.objects.exclude(source=Source.DEMONSTRATION).exists():
        raise RuleBroken(
            "Đã có người ghi cuộc kiểm tra vào cơ sở dữ liệu này; không nạp thêm dữ liệu tạo sinh. Hãy dùng thư mục mới.",
            en="Somebody has recorded inspections in this database; no generated data are added. Use a new folder.",
        )
    if (other := entry_between_pieces(using=DEFAULT_DB_ALIAS)) is not None:
        raise RuleBroken(
            f"Sau khi nạp dở, cơ sở dữ liệu này đã có việc khác (mục nhật ký số {other.seq}, {other.model}); không nạp tiếp đè lên. Hãy dùng thư mục mới.",
            en=f"Since the load stopped, something else was done in this database (entry {other.seq} of the log, {other.model}); nothing is "
            "laid over it. Use a new folder.",
        )


def _once(piece: str, wish: Wish, write: Callable[[], dict[str, list[int]]]) -> bool:
    """Write the piece and note it, in one transaction, unless it is there. Whether it was written."""
    if BulkLoad.objects.filter(piece=piece).exists():
        return False
    with transaction.atomic():
        take_turns()
        if BulkLoad.objects.filter(piece=piece).exists():  # another load had its turn first
            return False
        begun = AuditHead.objects.values_list("size", flat=True).first() or 0
        load = BulkLoad.objects.create(piece=piece, rows=write(), wish=wish.as_dict())
        record(VERB, load, by=None, begun=begun)
    return True


def _of_province(province: Province) -> str:
    return f"{province.code.value:02d} {province.name}"


def _lay_ground(wish: Wish) -> dict[str, list[int]]:
    """What every installation has, and the top of the hierarchy."""
    draft = Draft(name=NAME, kind=Kind.NATION, parent=None, slug=TOP)
    create_units([draft], by=None, on=facts.BEGINNING, document=paper(facts.BEGINNING))
    install_standard_checklist(by=None)
    install_plan_duties(by=None)
    install_standard_wordings(by=None)
    install_measure_kinds(by=None)
    for year in years_without_days(*range(facts.BEGINNING.year, today().year + 2)):
        fill_year(year, by=None)
    return {}


def _build(province: Province, wish: Wish) -> dict[str, list[int]]:
    """The units of a province and their reforms, by the acts of the desk: each row has its entry in the log."""
    sizes = sizes_of(wish, sum(1 for _ in Ward.iter_by_province(province.code)))
    rng = Random(f"{wish.seed}/{province.code.value}")
    build_province(Ground(province, sizes, rng, Unit.objects.get(slug=TOP)))
    return {}


def _people(province: Province) -> dict[str, list[int]]:
    day = date(facts.LAST_YEAR, 12, 31)
    first = UnitVersion.objects.filter(unit__slug__startswith=f"{province.code.value:02d}-", valid_to__gt=day)
    department = first.filter(kind=Kind.PROVINCIAL_DEPARTMENT).order_by("unit_id")[0].unit
    commune = first.filter(kind=Kind.COMMUNE_PC).order_by("unit_id")[0].unit
    make_accounts(Unit.objects.get(slug=TOP), department, commune)
    return {}


def _years(provinces: list[Province], wish: Wish, progress: Progress) -> Iterator[int]:
    """Province by province, year by year; the number of visits that were written now."""
    done, parts = 0, len(provinces) * wish.years
    years = range(facts.LAST_YEAR - wish.years + 1, facts.LAST_YEAR + 1)
    cast: Cast | None = None
    for place, (province, year) in enumerate((province, year) for province in provinces for year in years):
        count, piece = share(wish.visits, parts, place), f"{_of_province(province)} {year}"
        if not BulkLoad.objects.filter(piece=piece).exists():
            cast = cast or Cast(wish)
            if _once(piece, wish, lambda: cast.write(province, year, count, done, progress)):  # noqa: B023 - run at once
                yield count
        done += count
        progress("Lượt kiểm tra / visits", done, wish.visits)


class Cast:
    """What all years share: the profiles that visits copy, and the topics."""

    def __init__(self, wish: Wish) -> None:
        self.wish, self.calendar = wish, Days()
        self.profiles: Profiles = draw_profiles(*_models_for_checks(), seed=wish.seed)
        self.topics = list(Topic.objects.order_by("pk").values_list("pk", flat=True))

    def write(self, province: Province, year: int, count: int, before: int, progress: Progress) -> dict[str, list[int]]:
        """The rows of one year; the numbers that they got."""
        roster = Roster(province.code.value, date(year, 1, 1), date(year, 12, 31))
        rng = Random(f"{self.wish.seed}/{province.code.value}/{year}")
        rows = Year(roster, self.profiles, Following(self.calendar), self.topics, rng)
        for written in rows.write(count):
            progress("Lượt kiểm tra / visits", before + written, self.wish.visits)
        catch_up(rows.tables)
        return spans(rows.tables)


def spans(tables: list[Table]) -> dict[str, list[int]]:
    found = ((table.model._meta.label, table.span()) for table in tables)
    return {label: span for label, span in found if span}


def _models_for_checks() -> tuple[dict[str, Unit], Unit]:
    """A unit of each inspectable kind on the day of the profiles, and a department that leads."""
    there = UnitVersion.objects.filter(valid_from__lte=TRIED_ON, valid_to__gt=TRIED_ON).order_by("unit_id")
    found = {kind: there.filter(kind=kind).select_related("unit").first() for kind in INSPECTABLE}
    departments = there.filter(kind=Kind.PROVINCIAL_DEPARTMENT).select_related("unit")
    return {kind: version.unit for kind, version in found.items() if version}, departments[1].unit
