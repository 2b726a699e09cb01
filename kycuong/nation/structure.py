"""One province of the generated nation, built by the same acts of reorganisation as the desk's: the units of 2016, then each reform."""

from __future__ import annotations

from collections.abc import Iterable

from vietnam_provinces import Ward

from kycuong.orgs.history import Draft, create_units, one_rebuild
from kycuong.orgs.imports.catalogue import titled
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import Kind

from . import facts
from .ground import Commune, District, Ground, paper
from .reforms import carry_out_reforms
from .wishes import share

DISTRICT_SIZE = 9
"""About how many communes a district had."""


def build_province(ground: Ground) -> dict[str, Unit]:
    """Write the province into the register, up to the last day. Its units by key."""
    founding = Founding(ground)
    founding.lay_out()
    with one_rebuild():
        drafts = founding.drafts
        made = create_units(list(drafts.values()), by=None, on=facts.BEGINNING, document=paper(facts.BEGINNING))
        ground.units = dict(zip(drafts, made.born, strict=True))
        carry_out_reforms(ground)
    return ground.units


class Founding:
    """The units of the first day as drafts, each after its parent."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.drafts: dict[str, Draft] = {}

    def lay_out(self) -> None:
        ground = self.ground
        for place, name in enumerate(ground.old_provinces):
            self._add(f"p{place}", self._title(name), Kind.PROVINCE, ground.nation, self._code())
            self._departments(place)
        self._name_communes()
        for place in range(len(ground.old_provinces)):
            self._districts(place)
        self._services()

    def _add(self, key: str, name: str, kind: str, parent: Unit | str, code: str = "") -> None:
        above = self.drafts[parent] if isinstance(parent, str) else parent
        self.ground.names[key] = name
        self.drafts[key] = Draft(name=name, kind=kind, parent=above, code=code, slug=self.ground.address(name))

    def _code(self) -> str:
        """A province that went on bears its code from the beginning."""
        return "" if self.ground.is_merged else f"{self.ground.code:02d}"

    def _title(self, name: str) -> str:
        if not self.ground.is_merged:
            return titled(self.ground.province)
        return f"{'Thành phố' if name in facts.CITIES_BEFORE else 'Tỉnh'} {name}"

    def _departments(self, place: int) -> None:
        keys = []
        for number, (_today, before) in enumerate(facts.DEPARTMENTS[: self.ground.sizes.departments]):
            for part, name in enumerate(before):
                keys.append(f"p{place}/d{number}.{part}")
                self._add(keys[-1], name, Kind.PROVINCIAL_DEPARTMENT, f"p{place}")
        for index in range(share(self.ground.sizes.divisions, len(self.ground.old_provinces), place)):
            key, room = keys[index % len(keys)], facts.DIVISIONS[index // len(keys) % len(facts.DIVISIONS)]
            self._add(f"{key}/v{index}", f"{room} {self.ground.names[key]}", Kind.DIVISION, key)

    def _name_communes(self) -> None:
        """Today's communes by the catalogue, and what each was made of."""
        ground = self.ground
        wards = list(Ward.iter_by_province(ground.province.code))[: ground.sizes.communes]
        for number, ward in enumerate(wards):
            place = number * len(ground.old_provinces) // len(wards)
            commune = Commune(ward.name, f"{ward.code.value:05d}", place)
            commune.old = [f"c{number}/{part}" for part in range(ground.rng.choice((2, 3)))]
            for key, ending in zip(commune.old, facts.OLD_COMMUNES, strict=False):
                ground.names[key] = f"Xã {commune.base} {ending}".strip()
            ground.communes.append(commune)

    def _districts(self, place: int) -> None:
        """Old communes of one old province, nine or so a district; in each the second one was two before 2020."""
        keys = [key for commune in self.ground.communes if commune.place == place for key in commune.old]
        for start in range(0, len(keys), DISTRICT_SIZE):
            mine = keys[start : start + DISTRICT_SIZE]
            district = District(f"p{place}/q{start}", place, mine)
            base = self.ground.names[mine[0]].removeprefix("Xã ")
            self._add(district.key, f"Huyện {base}", Kind.DISTRICT_PC, f"p{place}")
            self.ground.districts.append(district)
            for number, key in enumerate(mine):
                if number == 1 and len(mine) >= 4:
                    self._halves(key, district.key)
                else:
                    self._add(key, self.ground.names[key], Kind.COMMUNE_PC, district.key)

    def _halves(self, key: str, district: str) -> None:
        name = self.ground.names[key]
        self.ground.halves[key] = (f"{key}/a", f"{key}/b")
        for half, ending in zip(self.ground.halves[key], ("Bắc", "Nam"), strict=True):
            self._add(half, f"{name} {ending}", Kind.COMMUNE_PC, district)

    def _services(self) -> None:
        """Schools, health stations and the like, spread over the communes."""
        places = [self.ground.halves.get(key, (key,))[0] for key in self._old_communes()]
        for place, key in enumerate(places):
            for number in range(share(self.ground.sizes.services, len(places), place)):
                what, count = facts.SERVICES[number % len(facts.SERVICES)], number // len(facts.SERVICES) + 1
                name = f"{what} {self.ground.names[key].removeprefix('Xã ')}{f' {count}' if count > 1 else ''}"
                self._add(f"{key}/s{number}", name, Kind.PUBLIC_SERVICE_UNIT, key)

    def _old_communes(self) -> Iterable[str]:
        return (key for commune in self.ground.communes for key in commune.old)
