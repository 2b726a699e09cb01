"""2018 and the first four months of 2019: what was said then in words holds here exactly, as a scenario of single visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.demo.langson import UnitFact

from .sketch import Batch, PlanSketch, VisitSketch, dice, in_order, visits_of, working_days

UNITS_IN_2018 = 296
UNITS_IN_FIRST_MONTHS = 197
FIRST, LAST = date(2019, 1, 1), date(2019, 4, 30)

HOME_AFFAIRS = "so-noi-vu"
COMBINED_DISTRICTS = ("huyen-loc-binh", "huyen-dinh-lap", "huyen-chi-lang", "huyen-huu-lung", "huyen-cao-loc")
COMBINED_COMMUNES = ("xa-hoang-dong", "xa-yen-khoai", "xa-mai-sao", "xa-cai-kinh", "xa-bac-xa")
COMBINED_TOPICS = ("admin_discipline", "home_affairs", "admin_reform")
CAO_LOC_ROOMS, CAO_LOC_COMMUNES = 8, 3
CHI_LANG_ROOMS, CHI_LANG_COMMUNES = 12, 20
PROVINCE_OFFICE = "van-phong-ubnd-tinh"
DOUBLE_VISITS = 13
LATE_WITH_ITS_PLAN = "ban-dan-toc"
"""The one of 31 agencies whose plan for 2019 came after the first quarter: a choice of the demonstration, not a fact."""

MONTHS_OF_2018 = (1, 1, 2, 2, 3, 3, 4, 4, 6, 9, 14, 12)
"""How the visits of 2018 lie over the months: a rush towards the end of the year, as officials describe it."""


@dataclass(frozen=True)
class Province:
    """The units of 2019 by key, and the children of each."""

    facts: Mapping[str, UnitFact]

    def children(self, parent: str, kind: str | None = None) -> list[str]:
        return [
            fact.key for fact in self.facts.values() if fact.parent == parent and (kind is None or fact.kind == kind)
        ]

    def agencies(self) -> list[str]:
        return [f.key for f in self.facts.values() if f.kind in ("provincial_department", "district_pc")]


def visits_of_2018(province: Province) -> list[VisitSketch]:
    """Visits to exactly UNITS_IN_2018 distinct units, most of them late in the year."""
    rng = dice("2018")
    units = [key for agency in province.agencies() for key in province.children(agency)]
    higher = rng.sample(province.agencies(), 14)
    higher = [key for key in higher if key != HOME_AFFAIRS]
    chosen = rng.sample(units, UNITS_IN_2018 - len(higher))
    visits: list[VisitSketch] = []
    days = [d for m, weight in enumerate(MONTHS_OF_2018, 1) for d in _month(2018, m) * weight]
    for lead in province.agencies():
        own = [key for key in chosen if province.facts[key].parent == lead]
        if own:
            visits += visits_of(Batch(lead, own, days, surprise=0.45, quality=0.86), dice("2018", lead))
    visits += visits_of(Batch(HOME_AFFAIRS, higher, days, surprise=0.4, label="2018-tinh"), dice("2018", "province"))
    again = rng.sample(visits, 18)
    visits += [
        VisitSketch(f"{v.inspection}/phuc-tra", v.lead, v.unit, rng.choice(_month(2018, 12)), "recheck", v.topics, 0.93)
        for v in again
    ]
    return in_order(visits)


def visits_of_first_months(province: Province) -> list[VisitSketch]:
    """January to April 2019: the named agencies exactly as told, the others so that the whole province gives 197."""
    named = [*_dinh_lap(province), *_chi_lang(province), *_cao_loc(province), *_home_affairs()]
    seen = {visit.unit for visit in named}
    closed = {"huyen-dinh-lap", "huyen-chi-lang", "huyen-cao-loc", HOME_AFFAIRS}
    rng = dice("2019", "others")
    active = [key for key in province.agencies() if key not in closed]
    free = [key for agency in active for key in province.children(agency) if key not in seen]
    chosen = rng.sample(free, UNITS_IN_FIRST_MONTHS - len(seen))
    days = working_days(FIRST, LAST)
    visits = list(named)
    for lead in active:
        own = [key for key in chosen if province.facts[key].parent == lead]
        if own:
            visits += visits_of(Batch(lead, own, days, surprise=0.78), dice("2019", lead))
    april = working_days(date(2019, 4, 8), LAST)
    early = [v for v in visits if v.lead not in closed and v.on < date(2019, 3, 1)]
    visits += [
        VisitSketch(f"{v.inspection}/phuc-tra", v.lead, v.unit, rng.choice(april), "recheck", v.topics, 0.94)
        for v in rng.sample(early, min(9, len(early)))
    ]
    visits += _one_stop_desks(province, visits, closed)
    return in_order(visits)


def plans_of_2018(province: Province) -> list[PlanSketch]:
    """Plans of the first year of the theme: many of them only in the second quarter."""
    days = working_days(date(2018, 2, 26), date(2018, 8, 31))
    return [
        PlanSketch(
            agency, 2018, f"{dice('plan', 2018, agency).randint(8, 90)}/KH", dice("plan", 2018, agency).choice(days), 50
        )
        for agency in province.agencies()
    ]


def plans_of_2019(province: Province) -> list[PlanSketch]:
    """Thirty of thirty-one agencies issue their plan in the first quarter, most for the whole year."""
    days = working_days(date(2019, 1, 3), date(2019, 3, 29))
    plans = []
    for agency in province.agencies():
        rng = dice("plan", 2019, agency)
        on = date(2019, 4, 18) if agency == LATE_WITH_ITS_PLAN else rng.choice(days)
        window = (date(2019, 3, 1), date(2019, 10, 31)) if rng.random() < 0.12 else None
        percent = 100 if agency == "huyen-cao-loc" else rng.choice([50, 60, 70, 80, 100])
        plans.append(PlanSketch(agency, 2019, f"{rng.randint(5, 80)}/KH", on, percent, window=window))
    return plans


def _month(year: int, month: int) -> list[date]:
    last = date(year + month // 12, month % 12 + 1, 1)
    return [day for day in working_days(date(year, month, 1), last) if day < last]


def _pick(keys: Sequence[str], count: int, first: Sequence[str], *purpose: object) -> list[str]:
    """`count` keys, among them all of `first`."""
    others = [key for key in keys if key not in first]
    return [*first, *dice(*purpose).sample(others, count - len(first))]


def _dinh_lap(province: Province) -> list[VisitSketch]:
    units = province.children("huyen-dinh-lap", "commune_pc")
    days = working_days(date(2019, 2, 18), date(2019, 4, 26))
    return list(visits_of(Batch("huyen-dinh-lap", units, days, surprise=0.8), dice("2019", "dinh-lap")))


def _chi_lang(province: Province) -> list[VisitSketch]:
    rooms = _pick(province.children("huyen-chi-lang", "division"), CHI_LANG_ROOMS, (), "chi-lang", "rooms")
    communes = _pick(
        province.children("huyen-chi-lang", "commune_pc"), CHI_LANG_COMMUNES, ("xa-mai-sao",), "chi-lang", "communes"
    )
    days = working_days(date(2019, 1, 14), date(2019, 4, 26))
    return list(visits_of(Batch("huyen-chi-lang", rooms + communes, days, surprise=0.75), dice("2019", "chi-lang")))


def _cao_loc(province: Province) -> list[VisitSketch]:
    """Eight rooms and three communes, all found in order."""
    environment = [
        key
        for key in province.children("huyen-cao-loc", "division")
        if province.facts[key].name == "Phòng Tài nguyên và Môi trường"
    ]
    rooms = _pick(province.children("huyen-cao-loc", "division"), CAO_LOC_ROOMS, environment, "cao-loc", "rooms")
    communes = _pick(province.children("huyen-cao-loc", "commune_pc"), CAO_LOC_COMMUNES, (), "cao-loc", "communes")
    days = working_days(date(2019, 2, 18), date(2019, 4, 24))
    batch = Batch("huyen-cao-loc", rooms + communes, days, surprise=0.7, quality=1.0)
    return list(visits_of(batch, dice("2019", "cao-loc")))


def _one_stop_desks(province: Province, visits: Sequence[VisitSketch], closed: set[str]) -> list[VisitSketch]:
    """The province's office looks at one-stop desks of communes that their districts had inspected: counted twice by sums."""
    communes = sorted({v.unit for v in visits if v.lead not in closed and province.facts[v.unit].kind == "commune_pc"})
    chosen = dice("2019", PROVINCE_OFFICE).sample(communes, DOUBLE_VISITS)
    days = working_days(date(2019, 3, 18), LAST)
    batch = Batch(PROVINCE_OFFICE, chosen, days, surprise=1.0, topics=("admin_discipline", "one_stop"), label="mot-cua")
    return list(visits_of(batch, dice("2019", PROVINCE_OFFICE, "visits")))


def _home_affairs() -> list[VisitSketch]:
    """Five districts and five communes, combined with home affairs and administrative reform."""
    days = working_days(date(2019, 3, 4), date(2019, 4, 25))
    batch = Batch(
        HOME_AFFAIRS,
        (*COMBINED_DISTRICTS, *COMBINED_COMMUNES),
        days,
        form="combined",
        topics=COMBINED_TOPICS,
        largest=2,
    )
    return list(visits_of(batch, dice("2019", HOME_AFFAIRS)))
