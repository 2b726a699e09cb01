"""What somebody asks of the generated nation, and how its units are divided among kinds."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from kycuong.core.problems import BadInput

MOST = {"provinces": 34, "units": 300_000, "visits": 50_000_000, "years": 10, "seed": 2**31}
LEAST = {"provinces": 1, "units": 8, "visits": 1, "years": 1, "seed": 0}


@dataclass(frozen=True, slots=True)
class Wish:
    """So many provinces, about so many units on the last day, so many visits over so many years; `seed` draws the rest."""

    provinces: int = 34
    units: int = 100_000
    visits: int = 10_000_000
    years: int = 10
    seed: int = 1

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many units of each kind one province has on the last day, itself left out."""

    communes: int
    departments: int
    divisions: int
    services: int


def checked(wish: Wish) -> Wish:
    """The wish itself; BadInput names the number that cannot be."""
    for name, value in wish.as_dict().items():
        if not LEAST[name] <= value <= MOST[name]:
            raise BadInput(
                f"--{name} phải từ {LEAST[name]} đến {MOST[name]}, không phải {value}.",
                en=f"--{name} must lie between {LEAST[name]} and {MOST[name]}, not {value}.",
            )
    if wish.units < 8 * wish.provinces:
        raise BadInput(
            f"{wish.provinces} tỉnh cần ít nhất {8 * wish.provinces} đơn vị; hãy tăng --units hoặc giảm --provinces.",
            en=f"{wish.provinces} provinces need at least {8 * wish.provinces} units; raise --units or lower --provinces.",
        )
    return wish


def sizes_of(wish: Wish, real_communes: int) -> Sizes:
    """The share of one province: no more communes than it really has; what is left becomes divisions and service units."""
    units = wish.units // wish.provinces
    communes = min(real_communes, max(2, units // 8))
    departments = min(14, max(2, units // 12))
    rest = max(0, units - 1 - communes - departments)
    divisions = min(8 * departments, rest // 3)
    return Sizes(communes, departments, divisions, rest - divisions)


def share(total: int, parts: int, place: int) -> int:
    """The part at this place when `total` is divided as evenly as whole numbers allow."""
    return total * (place + 1) // parts - total * place // parts
