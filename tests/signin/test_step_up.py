"""Before an act that binds, a fresh proof: asked in one place, so that no surface passes by, and nothing typed is lost."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from kycuong.core import presence
from kycuong.core.clock import now, today
from kycuong.core.problems import StepUpNeeded
from kycuong.field.models import FieldDevice
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Visit
from kycuong.orgs.actions import change_account
from kycuong.orgs.models import Assignment, Person
from kycuong.signin.actions.keys import make_key
from kycuong.signin.models import AccessKey
from kycuong.site.presence import presence_of
from kycuong.site.stepping import NOT_STEPPED, STEP_UP
from tests import shape
from tests.desk import YESTERDAY, Desk
from tests.field.phone import Phone
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import SoftKey, app_of, code_now

CODE = Path(presence.__file__).parents[1]
SOUNDS = re.compile(
    r"\.(sign|approve|issue|annul|grant|end|break|ask_break|note_break|release|open_all|upgrade|erase|seat|drop_codes|enrol"
    r"|change_password|import|waive|look|approve_\w+|(re)?set_?(factors|password)|reset\w*|deactivate|reactivate|link|unlink|revoke|make\w*)$|^sealing\.|^seal\.|^role\.|^retention\.|^measure\.(record|decline)"
)
"""Verbs that bind an office, open what is closed, or change who may do what."""
PLAN_PAPERS = {
    "plan.issue", "plan.approve", "daysoff.end", "recusal.end", "device.revoke", "retention.end_hold",
}  # fmt: skip
"""Sound alike and are none: papers whose force comes from a paper signed elsewhere, and rights taken away."""


READ_BY_HAND = {
    "audit/migrating.py": {"row.migrate"},
    "inspections/actions/sealing.py": {"sealing.look"},
    "letterheads/actions.py": set(),
    "followup/actions/drafting.py": {"recommendation.draft", "recommendation.change"},
    "followup/actions/measuring.py": {"measure.propose", "measure.record", "measure.decline"},
    "followup/actions/_steps.py": set(),
    "inspections/actions/_conclusion.py": {"conclusion.draft", "conclusion.approve", "conclusion.issue", "conclusion.return"},
    "nation/load.py": {"nation.load"},
    "orgs/history/batch.py": set(),
    "rounds/actions/reporting.py": set(),
}  # fmt: skip
"""Files in which a verb is put together, or handed on, with what such an act may be called."""


HAND_ON = ("move", "_write", "conclude", "add")
"""What takes a verb and records it later: verbs in their calls count as well."""


def recorded(tree: ast.AST) -> Iterator[ast.expr]:
    """The first argument of every call that records."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and shape.name_of(call.func) in ("record", "record_many") and call.args:
            yield call.args[0]


def is_plain(verb: ast.expr) -> bool:
    """Written out: a word, or one of two words."""
    if isinstance(verb, ast.IfExp):
        return is_plain(verb.body) and is_plain(verb.orelse)
    return isinstance(verb, ast.Constant)


def verbs_in_code() -> set[str]:
    """Every verb that some act records; those that nobody can read off are named above."""
    found: set[str] = set().union(*READ_BY_HAND.values())
    for path in CODE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        handed = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and shape.name_of(one.func) in HAND_ON]
        for verb in (*recorded(tree), *handed):
            words = (node.value for node in ast.walk(verb) if isinstance(node, ast.Constant))
            found |= {word for word in words if isinstance(word, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", word)}
    return found


def test_a_verb_that_cannot_be_read_is_named_here() -> None:
    unread = {
        path.relative_to(CODE).as_posix()
        for path in CODE.rglob("*.py")
        if not all(is_plain(verb) for verb in recorded(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert unread - {"audit/log.py"} == set(READ_BY_HAND)


def test_no_sensitive_act_is_forgotten() -> None:
    sensitive = {verb for verb in verbs_in_code() if SOUNDS.search(verb)} - PLAN_PAPERS
    assert len(sensitive) > 15, "this check reads the wrong thing"
    assert sorted(sensitive - set(STEP_UP) - set(NOT_STEPPED)) == [], "say in kycuong/site/stepping.py which it is"


def test_every_declared_act_exists() -> None:
    asked = verbs_in_code() | {"person.export", "sealing.begin"}
    assert sorted(set(STEP_UP) - asked) == []


@pytest.fixture
def draft(desk: Desk) -> Visit:
    """Without a checklist, so that nothing is missing."""
    return desk.open(visits=[Planned(desk.units["commune"], YESTERDAY)]).visits.get()


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Six minutes go by for proofs, and for nothing else."""

    def later() -> None:
        moment = now() + timedelta(minutes=6)
        monkeypatch.setattr(presence, "now", lambda: moment)

    return later


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    assert client.get("/me/security/").status_code == 200
    return client


def typed_minutes() -> dict[str, str]:
    return {"team_signatory": "Trưởng đoàn & <b>", "unit_signatory": "Chủ tịch “xã”", "confirmed": "on"}


def grant(desk: Desk) -> dict[str, str]:
    return {"role": "leader", "unit": desk.units["commune"].slug, "first": "", "last": ""}


@pytest.mark.django_db
def test_a_fresh_proof_is_enough(strict: None, desk: Desk, head: Person) -> None:
    admin = desk.people["system_admin"]
    app_of(admin)
    client = signed_in(admin)
    client.post(f"/people/{head.uid}/", grant(desk))
    assert Assignment.objects.filter(person=head, role="leader").exists()


@pytest.mark.django_db
def test_an_old_proof_is_asked_for_again_and_what_was_typed_goes_on(
    strict: None,
    desk: Desk,
    head: Person,
    stale: Callable[[], None],
) -> None:
    admin = desk.people["system_admin"]
    admin.set_password(PASSWORD)
    admin.save()
    secret = app_of(admin)
    client = signed_in(admin)
    stale()
    address = f"/people/{head.uid}/"
    waiting = client.post(address, grant(desk))["Location"]
    assert waiting.startswith("/confirm/?w=")
    assert not Assignment.objects.filter(person=head, role="leader").exists(), "nothing was written"
    assert "huyen" not in str(dict(client.session.items())), "what waits is sealed"
    page = client.get(waiting).content.decode()
    assert "cấp vai trò" in page
    for wrong in ({"password": "x", "code": code_now(secret)}, {"password": PASSWORD, "code": "000000"}):
        assert client.post(waiting, wrong).status_code == 422
    page = client.post(waiting, {"password": PASSWORD, "code": code_now(secret, 1)}).content.decode()
    assert f'action="{address}"' in page
    form = page.partition(f'action="{address}"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', form))
    assert {name: unescape(value) for name, value in fields.items() if name != "confirmed_form"} == grant(desk)


@pytest.mark.django_db
def test_a_passkey_confirms_alone_and_only_its_owners(
    strict: None,
    desk: Desk,
    head: Person,
    stale: Callable[[], None],
) -> None:
    admin = desk.people["system_admin"]
    _row, key = SoftKey.of(admin)
    _other, others = SoftKey.of(head)
    client = signed_in(admin)
    session = client.session
    session["proved"] = int((now() - timedelta(minutes=6)).timestamp())
    session.save()
    address = f"/people/{head.uid}/"
    waiting = client.post(address, grant(desk), secure=True)["Location"]
    for one, status in ((others, 302), (key, 200)):
        asked = client.post("/sign-in/passkey/options/", secure=True).json()
        answer = client.post(waiting, {"credential": one.signed(asked)}, secure=True)
        assert answer.status_code == status
    client.post(address, grant(desk), secure=True)
    assert Assignment.objects.filter(person=head, role="leader").exists()


@pytest.mark.django_db
def test_a_list_of_people_leads_back_to_the_list(
    strict: None,
    desk: Desk,
    stale: Callable[[], None],
) -> None:
    admin = desk.people["system_admin"]
    admin.set_password(PASSWORD)
    admin.save()
    secret = app_of(admin)
    client = signed_in(admin)
    path = "/lists/people.csv?q=an"
    assert client.get(path).status_code == 200
    stale()
    waiting = client.get(path)["Location"]
    assert client.post(waiting, {"password": PASSWORD, "code": code_now(secret)})["Location"] == path


@pytest.mark.django_db
@pytest.mark.parametrize("confirm", [True, False])
def test_no_key_signs_minutes_not_even_one_that_once_did(
    head: Person, draft: Visit, settings: Any, confirm: bool
) -> None:
    """What a key may do does not hang on whether people are asked again."""
    settings.CONFIRM = confirm
    actions.record_answers(draft, by=head, answers={}, strengths="Tốt")
    draft.refresh_from_db()
    body = {"version": draft.version, "team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch"}
    for scope in ("read", "write", "sign"):
        key, token = make_key(head, by=head, name=scope, scope="write", expires_on=today())
        AccessKey.objects.filter(pk=key.pk).update(scope=scope)
        answer: Any = Client().post(
            f"/api/v1/visits/{draft.uid}/minutes",
            body,
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 403, answer.content.decode()
        if scope != "read":
            assert answer.json()["type"] == "urn:kycuong:problem:step-up-needed"
    draft.refresh_from_db()
    assert draft.signed_at is None


@pytest.mark.django_db
def test_the_demonstration_asks_for_nothing(desk: Desk, head: Person, stale: Callable[[], None]) -> None:
    client = signed_in(desk.people["system_admin"])
    stale()
    client.post(f"/people/{head.uid}/", grant(desk))
    assert Assignment.objects.filter(person=head, role="leader").exists()


@pytest.mark.django_db
def test_sealing_wants_a_fresh_proof_and_opening_in_the_open_does_not(strict: None, desk: Desk) -> None:
    """Asked where it is done: in the log both are the opening of an inspection."""
    with presence.present(presence.Presence(now() - timedelta(minutes=6))):
        desk.open()
        with pytest.raises(StepUpNeeded, match="niêm phong một cuộc"):
            desk.open(sealed=True)
    with presence.present(presence.Presence(now())):
        desk.open(sealed=True)


@pytest.mark.django_db
def test_a_program_in_a_session_is_told_with_a_stable_code(
    strict: None, desk: Desk, head: Person, draft: Visit, stale: Callable[[], None]
) -> None:
    app_of(head)
    actions.record_answers(draft, by=head, answers={}, strengths="Tốt")
    draft.refresh_from_db()
    client = signed_in(head)
    stale()
    body = {"version": draft.version, "team_signatory": "A", "unit_signatory": "B"}
    told = client.post(f"/api/v1/visits/{draft.uid}/minutes", body, content_type="application/json")
    assert (told.status_code, told.json()["type"]) == (403, "urn:kycuong:problem:step-up-needed")
    draft.refresh_from_db()
    assert draft.signed_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/me/security/app/", "/me/security/passkeys/", "/me/security/keys/"])
def test_a_new_proof_is_asked_for_before_another_is_begun(
    strict: None, binh: Person, stale: Callable[[], None], path: str
) -> None:
    client = signed_in(binh)
    assert client.get(path).status_code == 200
    stale()
    assert client.get(path)["Location"].startswith("/confirm/?w=")


@pytest.mark.django_db
def test_a_form_with_files_is_not_kept_and_says_so(
    strict: None, desk: Desk, head: Person, stale: Callable[[], None]
) -> None:
    admin = desk.people["system_admin"]
    app_of(admin)
    client = signed_in(admin)
    stale()
    answer = client.post(f"/people/{head.uid}/", grant(desk) | {"tep": SimpleUploadedFile("a.txt", b"x")})
    assert answer.status_code == 403
    assert "gửi lại kèm tệp" in answer.content.decode()


@pytest.mark.django_db
def test_htmx_is_led_by_its_own_header(strict: None, desk: Desk, head: Person, stale: Callable[[], None]) -> None:
    admin = desk.people["system_admin"]
    app_of(admin)
    client = signed_in(admin)
    stale()
    answer = client.post(f"/people/{head.uid}/", grant(desk), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/confirm/?w=")


def test_what_a_phone_sends_is_known_as_such(strict: None, rf: RequestFactory) -> None:
    """And asked like the rest: only minutes of the signer's own phone are not (tests/signin/test_on_glass.py)."""
    request = rf.post("/api/v1/field/ops")
    request.session = {"began": 1}  # type: ignore[assignment]
    sent = presence_of(request)
    assert sent
    assert sent.by_phone
    assert not sent.fresh
    request.path_info = "/api/v1/visits"
    other = presence_of(request)
    assert other
    assert not other.by_phone


@pytest.mark.django_db
def test_two_forms_of_one_browser_wait_side_by_side_until_each_is_sent(
    strict: None, desk: Desk, head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = desk.people["system_admin"]
    admin.set_password(PASSWORD)
    admin.save()
    secret = app_of(admin)
    client = signed_in(admin)
    session = client.session
    session["proved"] = int((now() - timedelta(minutes=6)).timestamp())
    session.save()
    address, here = f"/people/{head.uid}/", {"referer": f"http://testserver/people/{head.uid}/?tab=2"}
    first = client.post(address, grant(desk), headers=here)["Location"]
    second = client.post(address, grant(desk) | {"role": "auditor"}, headers=here)["Location"]
    proof = {"password": PASSWORD, "code": code_now(secret)}
    page = client.post(first, proof).content.decode()
    assert 'name="role" value="leader"' in page, "the second did not overwrite the first"
    assert f'href="{address}?tab=2"' in page, "«Thôi» leads to the page where the form stood"
    assert (
        'name="role" value="auditor"'
        in client.post(second, {"password": PASSWORD, "code": code_now(secret, 1)}).content.decode()
    )
    name = first.partition("=")[2]
    assert name in client.session["waiting"], "kept until it is sent"
    sent = urlencode(grant(desk) | {"confirmed_form": name})
    client.post(address, sent, content_type="application/x-www-form-urlencoded")
    assert [*client.session["waiting"]] == [second.partition("=")[2]]


@pytest.mark.django_db
def test_only_a_few_wait_and_another_site_is_no_way_back(
    strict: None, desk: Desk, head: Person, stale: Callable[[], None]
) -> None:
    admin = desk.people["system_admin"]
    app_of(admin)
    client = signed_in(admin)
    stale()
    for _each in range(7):
        client.post(f"/people/{head.uid}/", grant(desk), headers={"referer": "https://evil.example/x"})
    assert len(client.session["waiting"]) == 5
    page = client.get(f"/confirm/?w={[*client.session['waiting']][-1]}")
    assert "evil" not in page.content.decode()
    assert client.get("/confirm/?w=khong-co").status_code == 200


@pytest.mark.django_db
def test_a_password_never_waits_in_a_session(strict: None, binh: Person, stale: Callable[[], None]) -> None:
    client = signed_in(binh)
    assert client.get("/password/").status_code == 200
    stale()
    new = "mot-mat-khau-moi-dai"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    waiting = client.post("/password/", form)["Location"]
    assert waiting.startswith("/confirm/?w=")
    binh.refresh_from_db()
    assert binh.check_password(PASSWORD)
    assert client.post(waiting, {"password": PASSWORD})["Location"] == "/password/", "back to an empty form"


def test_a_phone_is_enrolled_with_a_fresh_proof(desk: Desk, settings: Any) -> None:
    """A session that somebody left open must not make a phone that holds a key of its own."""
    settings.CONFIRM = True
    phone = Phone(desk.people["team_member"], enrolled=False)
    session = phone.client.session
    session["proved"] = int(now().timestamp()) - 301
    session.save()
    answer = phone.enrol()
    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":step-up-needed")
    assert not FieldDevice.objects.exists()
    session["proved"] = int(now().timestamp())
    session.save()
    assert phone.enrol().status_code == 201


@pytest.mark.django_db
def test_another_name_or_e_mail_of_an_account_wants_a_fresh_proof(strict: None, desk: Desk, head: Person) -> None:
    admin = desk.people["system_admin"]
    with (
        presence.present(presence.Presence(now() - timedelta(minutes=6))),
        pytest.raises(StepUpNeeded, match="đổi thông"),
    ):
        change_account(head, by=admin, full_name=head.full_name, email="ke.gian@vidu.vn")
    head.refresh_from_db()
    assert head.email != "ke.gian@vidu.vn"
