"""Case files chosen at random: anybody can repeat it, nobody chooses twice in silence."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.models import CaseFilePick, Visit
from kycuong.inspections.queries import minutes_digest, read_back_mark
from kycuong.inspections.rules import picks
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
CODES = [f"H{place:03}-2026" for place in range(1, 41)]
LAND = "Hồ sơ đất đai tháng 10"


def chosen(desk: Desk, visit: Visit, **given: Any) -> CaseFilePick:
    return actions.pick_case_files(
        visit, by=desk.people["team_member"], **{"subject": LAND, "number": 5, "codes": CODES, **given}
    )


def by_hand(codes: list[str], number: int, seed: str) -> list[str]:
    """The page's three sentences, followed by somebody else."""
    head = hashlib.sha256("\n".join(codes).encode()).hexdigest()
    key = {code: hmac.new(bytes.fromhex(seed), f"{head} {code}".encode(), hashlib.sha256).hexdigest() for code in codes}
    return sorted(codes, key=lambda code: key[code])[:number]


def test_the_choice_is_kept_and_can_be_repeated(desk: Desk) -> None:
    visit = desk.visit()
    made = chosen(desk, visit)
    assert made.picked == by_hand(CODES, 5, made.seed)
    assert len(set(made.picked)) == 5
    assert made.is_repeatable
    assert entries_for(made)[0].verb == "visit.pick"
    visit.refresh_from_db()
    assert visit.version == 1
    made.picked = [*made.picked[1:], CODES[0] if CODES[0] not in made.picked else CODES[1]]
    assert not made.is_repeatable


def test_a_fixed_seed_always_gives_the_same() -> None:
    assert picks.pick(CODES, 3, "00" * 32) == by_hand(CODES, 3, "00" * 32)
    assert picks.pick(CODES, 3, "00" * 32) != picks.pick(CODES, 3, "01" * 32)
    drawn = Counter(code for seed in range(400) for code in picks.pick(CODES, 10, f"{seed:064x}"))
    assert min(drawn.values()) > 60  # each of 40 is drawn about 100 times
    assert max(drawn.values()) < 145


def test_a_number_stands_for_a_list_without_codes(desk: Desk) -> None:
    made = chosen(desk, desk.visit(), codes=[], size=12, number=12)
    assert (made.size, made.codes, sorted(made.picked, key=int)) == (12, [], [str(n) for n in range(1, 13)])
    assert made.is_repeatable


def test_choosing_again_needs_a_reason_and_keeps_both(desk: Desk) -> None:
    visit = desk.visit()
    first = chosen(desk, visit)
    with pytest.raises(BadInput, match="đã chọn ngẫu nhiên 1 lần") as refused:
        chosen(desk, visit, reason="khác")
    assert refused.value.errors[0]["field"] == "reason"
    second = chosen(desk, visit, reason="Hai hồ sơ đang ở Thanh tra tỉnh")
    assert (first.position, second.position) == (1, 2)
    assert first.seed != second.seed
    assert visit.picks.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFilePick.objects.filter(pk=second.pk).update(reason="")


def test_the_same_uid_is_the_same_choice(desk: Desk) -> None:
    visit, uid = desk.visit(), uuid7()
    assert chosen(desk, visit, uid=uid) == chosen(desk, visit, uid=uid)
    assert visit.picks.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"codes": []}, "size"),
        ({"size": 39}, "size"),
        ({"codes": [], "size": 5001}, "size"),
        ({"codes": [], "size": 10**12}, "size"),
        ({"codes": [], "size": 0}, "size"),
        ({"codes": [*CODES, f"  {CODES[3]} "]}, "codes"),
        ({"codes": ["x" * 81]}, "codes"),
        ({"number": 0}, "number"),
        ({"number": 41}, "number"),
        ({"codes": [], "size": 900, "number": 201}, "number"),
        ({"subject": " "}, "subject"),
        ({"codes": ["a\x00", "b"], "number": 1}, "codes"),
    ],
)
def test_what_cannot_be_chosen_from_is_refused(desk: Desk, given: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        chosen(desk, desk.visit(), **given)
    assert {fault["field"] for fault in refused.value.errors} == {field}


def test_only_who_records_chooses_and_only_in_a_draft(desk: Desk) -> None:
    visit = desk.visit()
    for who in ("leader", "unit_head", "outsider"):
        with pytest.raises(NotAllowed):
            actions.pick_case_files(visit, by=desk.people[who], subject=LAND, number=1, size=3)
    desk.sign(desk.answered(visit))
    with pytest.raises(RuleBroken, match="đã ký thì không sửa được"):
        chosen(desk, visit)


def test_the_minutes_carry_the_choice_and_their_digest_covers_it(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.answered(desk.visit())
    mark = read_back_mark(visit)
    made = chosen(desk, visit)
    assert read_back_mark(visit) != mark
    desk.sign(visit)
    visit.refresh_from_db()
    shown = as_person(desk.people["unit_head"]).get(f"/visits/{visit.uid}/minutes/?print=1").content.decode()
    for words in (made.seed, made.list_sha256, ", ".join(made.picked), LAND, "chọn 5 trong 40 hồ sơ"):
        assert words in shown
    assert minutes_digest(visit, visit.minutes) == visit.minutes.digest
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inspections_casefilepick SET seed = %s", ["0" * 64])
    assert minutes_digest(Visit.objects.get(pk=visit.pk), visit.minutes) != visit.minutes.digest


def test_choosing_on_the_page_and_by_the_api(desk: Desk, as_person: AsPerson) -> None:
    visit, page = desk.visit(), as_person(desk.people["team_member"])
    address = f"/visits/{visit.uid}/picks/"
    typed = {"subject": LAND, "number": "2", "size": "", "codes": "\r\n".join([*CODES, ""])}
    assert page.post(address, typed).status_code == 302
    shown = page.get(address).content.decode()
    assert "Tính lại từ số gieo: khớp" in shown
    refused = page.post(address, {**typed, "number": "hai"})
    assert refused.status_code == 422
    assert CODES[7] in refused.content.decode()
    body = json.dumps({"subject": LAND, "number": 1, "size": 9})
    answer = page.post(f"/api/v1/visits/{visit.uid}/picks", body, content_type="application/json")
    assert answer.status_code == 422
    assert "lý do" in answer.json()["detail"]
    body = json.dumps({"subject": LAND, "number": 1, "size": 9, "reason": "Thêm lĩnh vực khác"})
    made = page.post(f"/api/v1/visits/{visit.uid}/picks", body, content_type="application/json").json()
    assert made["picked"] == by_hand([str(n) for n in range(1, 10)], 1, made["seed"])
    told = page.get(f"/api/v1/visits/{visit.uid}").json()["picks"]
    assert [one["position"] for one in told] == [1, 2]
    actions.remove_draft_visit(visit, by=desk.people["team_head"])
    assert not CaseFilePick.objects.exists()
