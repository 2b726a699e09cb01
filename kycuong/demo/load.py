"""Load the demonstration: Lạng Sơn from 2018 to the day of loading, by the same acts as the desk and the import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from kycuong.catalog.actions import install_standard_checklist
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken
from kycuong.core.statistics import analyze
from kycuong.demo.langson import REFORMS, STRUCTURE_2019, UnitFact, structure_on
from kycuong.followup.actions import install_standard_wordings
from kycuong.inspections.actions import Planned, Seat, open_inspection
from kycuong.inspections.rules import Form, TeamRole
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person, Unit
from kycuong.plans.actions import announce_theme, install_plan_duties

from .accounts import ACCOUNTS, DEMO_PASSWORD
from .days_off import load_days_off
from .followed import load_recommendations
from .next_year import load_plans_of_next_year
from .opened import load_openness
from .reported import load_reports_of_agencies
from .scenario import afterwards, article
from .scenario.sketch import PlanSketch, VisitSketch, is_working_day
from .structure import Units, load_reforms, load_structure_of_2019
from .visits import load_plans, load_visits

Progress = Callable[[str, int, int], None]
"""Told (what, done, of how many) while the loading goes on."""

THEMES = {
    2018: "Tăng cường kỷ luật, kỷ cương hành chính",
    2019: "Tăng cường kỷ luật, kỷ cương hành chính, nâng cao trách nhiệm phục vụ",
}


def silent(what: str, done: int, total: int) -> None:
    """No progress wanted."""


@transaction.atomic
def load_demonstration(*, until: date | None = None, reforms: bool = True, progress: Progress = silent) -> Units:
    """Load everything up to `until` (default today), or without the reforms only 2018 and the article's months.

    All or nothing: an interrupted loading leaves an empty database.
    """
    if Unit.objects.exists():
        raise RuleBroken(
            "Cơ sở dữ liệu đã có đơn vị; dữ liệu minh họa chỉ nạp vào cơ sở dữ liệu trống. "
            "Hãy đặt KYCUONG_HOME sang một thư mục mới rồi chạy lại.",
            en="The database already has units; the demonstration loads into an empty one only. "
            "Point KYCUONG_HOME to a new folder and run again.",
        )
    day = until or today()
    with at_the_machine():
        install_standard_checklist(by=None)
        install_plan_duties(by=None)
        install_standard_wordings(by=None)
        load_days_off(day)
        progress("Đơn vị năm 2019", 0, 1)
        units = load_structure_of_2019()
        progress("Đơn vị năm 2019", 1, 1)
        _themes(units)
        load_article(units, until=day, progress=progress)
        if reforms:
            load_later_years(units, until=day, progress=progress)
            load_people_of_today(units, day)
    analyze()
    return units


def load_article(units: Units, *, until: date, progress: Progress = silent) -> None:
    """2018 and January to April 2019: the statements of the tour rest on these."""
    province = article.Province({fact.key: fact for fact in STRUCTURE_2019})
    load_plans([*article.plans_of_2018(province), *article.plans_of_2019(province)], units, until=until)
    visits = [*article.visits_of_2018(province), *article.visits_of_first_months(province)]
    _load(visits, units, until, "Kiểm tra 2018 – 4/2019", progress)


def load_later_years(units: Units, *, until: date, progress: Progress = silent) -> None:
    """The reforms, then generated plans and visits to the day of loading."""
    load_reforms(units, progress=lambda done, total: progress("Sắp xếp tổ chức 2020 – 2025", done, total))
    plans: list[PlanSketch] = afterwards.plans_afterwards(structure_on)
    load_plans(plans, units, until=until)
    _load(afterwards.visits_afterwards(structure_on), units, until, "Kiểm tra 5/2019 – nay", progress)


def _load(visits: list[VisitSketch], units: Units, until: date, what: str, progress: Progress) -> None:
    made = load_visits(visits, units, _kinds(), until=until, progress=lambda done, total: progress(what, done, total))
    load_recommendations(made, until=until)


def _kinds() -> dict[str, str]:
    """Kind of every unit that ever was, by key."""
    begun: list[UnitFact] = list(STRUCTURE_2019)
    for reform in REFORMS:
        for step in reform.steps:
            begun += [successor for successor in step.successors if isinstance(successor, UnitFact)]
    return {fact.key: fact.kind for fact in begun}


def _themes(units: Units) -> None:
    for year, title in THEMES.items():
        announce_theme(by=None, authority=units["tinh-lang-son"], year=year, title=title)


def load_people_of_today(units: Units, day: date) -> None:
    """Accounts for every role, and what is on the desk today: a scheduled inspection, a sealed one, plans, periodic reports."""
    people: dict[str, Person] = {}
    for account in ACCOUNTS:
        unit = units[account.unit]
        person, _ = create_account(
            by=None,
            at=unit,
            username=account.username,
            full_name=account.full_name,
            position=account.position,
            password=DEMO_PASSWORD,
        )
        grant_role(person, by=None, role=account.role, unit=unit, valid_from=day)
        people[account.username] = person
    _on_the_desk(units, people, day)
    load_plans_of_next_year(units, people, day)
    load_reports_of_agencies(units, people, day)
    load_openness(units, people, day)


def _on_the_desk(units: Units, people: dict[str, Person], day: date) -> None:
    team = [
        Seat(person=people["truongdoan"], role=TeamRole.HEAD),
        Seat(person=people["thanhvien"], role=TeamRole.MEMBER),
    ]
    soon = next(d for d in (day + timedelta(n) for n in range(3, 20)) if is_working_day(d))
    open_inspection(
        by=people["truongdoan"],
        lead=units["so-noi-vu"],
        form=Form.PLANNED,
        title="Kiểm tra theo kế hoạch (minh họa)",
        team=team,
        visits=[Planned(units["xa-na-sam"], soon, "full"), Planned(units["xa-bac-son-2025"], soon, "full")],
    )
    open_inspection(
        by=people["truongdoan"],
        lead=units["so-noi-vu"],
        form=Form.SURPRISE,
        title="Kiểm tra đột xuất, còn niêm phong (minh họa)",
        team=team[:1],
        visits=[Planned(units["xa-cao-loc"], soon, "short")],
        sealed=True,
    )
