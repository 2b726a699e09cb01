"""Two members at one unit, a desk that goes on, somebody who is gone: everything is kept, and a person decides."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from kycuong.audit import canonical
from tests.field.client.window import Phone, Refused
from tests.field.faults.harness import SESSIONS, Server, modules, sign_in, visit_of, whoami

Opens = Callable[..., "Member"]
SIGN = """
const [visit, more] = given
const [one, heads] = [await pack.pack(visit), await log.heads(visit)]
const snapshot = fold.snapshot(await pack.checklist(one.form), one, fold.fold(heads), heads)
const sha256 = await fold.digest(snapshot)
const signature = { team_signatory: "Trưởng đoàn", unit_signature: "signed", unit_signatory: "Chủ tịch", refusal_reason: "",
  witness: "", secretary: "", begun_at: "00:10", ended_at: "00:20", strokes: { team: [], unit: [] } }
await log.say(visit, "s/" + ids.uuid7(), { snapshot, sha256, read: { sha256, at: Date.now() }, ...signature, ...more })
return [snapshot, sha256]
"""


GRADED = """
const found = await pack.checklist((await pack.pack(given)).form)
return found.groups.flatMap((group) => group.criteria).find((one) => one.answer_type === "grade" && !one.condition).code
"""


class Member:
    """A person of the team with a phone, at a visit."""

    def __init__(self, browser: Browser, server: Server, username: str, visit: str = "", form: str = "") -> None:
        self.context = browser.new_context(base_url=server.url)
        self.context.set_default_timeout(20_000)
        sign_in(self.context, server.url, username)
        page = self.context.new_page()
        page.goto("/field/manifest.webmanifest")
        self.phone = Phone(page, modules(page))
        self.uid = whoami(self.phone)["user"]["uid"]
        self.visit = visit or visit_of(self.phone, form=form)
        self.phone.begin(self.uid)
        self.phone.do("return pack.pull()")

    def say(self, field: str, value: Any, **options: Any) -> str:
        self.heads(field)
        return str(self.phone.say(field, value, visit=self.visit, **options)["op_id"])

    def heads(self, field: str) -> list[dict[str, Any]]:
        return list(self.phone.do("return log.heads(given)", self.visit).get(field, []))

    def mine(self) -> list[dict[str, Any]]:
        return list(self.phone.do("return log.mine(given)", self.visit))

    def pack(self) -> dict[str, Any]:
        return dict(self.phone.do("await pack.pull(); return pack.pack(given)", self.visit))

    def sync(self) -> str:
        return self.phone.sync()

    def record(self) -> dict[str, Any]:
        """The visit as everybody reads it."""
        body = "async (visit) => (await fetch('/api/v1/visits/' + visit)).json()"
        return dict(self.phone.page.evaluate(body, self.visit))

    def post(self, address: str, form: str = "") -> int:
        """A button of a page at the desk."""
        body = """async ([address, form, token]) => (await fetch(address, { method: "POST", body: new URLSearchParams(form),
          headers: { "X-CSRFToken": token }, redirect: "follow" })).status"""
        return int(self.phone.page.evaluate(body, [address, form, whoami(self.phone)["csrf"]]))


@pytest.fixture
def opens(browser: Browser, server: Server) -> Iterator[Opens]:
    """Somebody takes a phone along; a second one to the same visit."""
    made: list[Member] = []

    def act(username: str, **given: Any) -> Member:
        made.append(Member(browser, server, username, **given))
        return made[-1]

    yield act
    for one in made:
        one.context.close()


@pytest.fixture
def two(opens: Opens) -> tuple[Member, Member]:
    head = opens("truongdoan", form="short")
    return head, opens("thanhvien", visit=head.visit)


@pytest.mark.long
def test_F21_two_members_same_field(two: tuple[Member, Member]) -> None:
    head, member = two
    criterion = head.phone.do(GRADED, head.visit)
    code = f"a/{criterion}"
    first, second = head.say(code, {"outcome": "pass"}), member.say(code, {"outcome": "fail", "finding": "Không có sổ"})
    assert (head.sync(), member.sync(), head.sync()) == ("sent", "sent", "sent")
    for one in two:
        assert {line["op_id"] for line in one.heads(code)} == {first, second}
    assert [line["author_name"] for line in head.heads(code) if not line.get("own")] == ["Thành viên đoàn (minh họa)"]
    assert head.record()["answers"][criterion]["outcome"] == "pass", (
        "what came second is not written over what came first"
    )
    head.say(code, {"outcome": "fail", "finding": "Sổ để trống"})
    assert (head.sync(), member.sync()) == ("sent", "sent")
    assert [line["value"]["finding"] for line in member.heads(code)] == ["Sổ để trống"]
    assert head.record()["answers"][criterion]["outcome"] == "fail"


@pytest.mark.long
def test_F22_delete_vs_edit(two: tuple[Member, Member]) -> None:
    head, member = two
    field = "f/0190eeee-0000-7000-8000-" + head.visit[-12:]
    value = {"criterion_code": "", "description": "Bảng phân công để trống", "severity": 1, "due_on": None}
    head.say(field, value)
    assert (head.sync(), member.sync()) == ("sent", "sent")
    head.say(field, None, deleted=True)
    member.say(field, {**value, "description": "Bảng phân công đã cũ"})
    assert (head.sync(), member.sync(), head.sync()) == ("sent", "sent", "sent")
    assert sorted(line["deleted"] for line in head.heads(field)) == [False, True]
    member.say(field, {**value, "description": "Bảng phân công đã cũ"})
    assert (member.sync(), head.sync()) == ("sent", "sent")
    assert [line["deleted"] for line in head.heads(field)] == [False]
    assert [one["description"] for one in head.record()["findings"]] == ["Bảng phân công đã cũ"]


@pytest.mark.long
def test_F39_F49_sign_then_late_colleague_op(opens: Opens) -> None:
    """What is signed is what was read back, with its photo; what comes later stands beside it, and is told."""
    head = opens("truongdoan")
    member = opens("thanhvien", visit=head.visit)
    head.say("t/strengths", "Nền nếp")
    photo = head.phone.photo(visit=head.visit)
    late = member.say("t/strengths", "Chưa nền nếp")
    snapshot, sha256 = head.phone.do(SIGN, [head.visit, {}])
    assert sha256 == hashlib.sha256(canonical.dumps(snapshot)).hexdigest()
    assert snapshot["media"] == {photo["media_id"]: photo["sha256"]}
    with pytest.raises(Refused) as refused:
        head.say("t/strengths", "Sửa sau khi ký")
    assert refused.value.name == "Signed"
    head.phone.do("await send.sendOps(() => null)")
    told = head.pack()["signature"]
    assert (told["sha256"], told["waiting_media"], told["done"]) == (sha256, 1, False)
    assert head.record()["state"] == "draft"
    assert head.sync() == "sent"
    assert head.record()["state"] == "signed"
    assert head.record()["strengths"] == "Nền nếp"
    assert member.sync() == "sent"
    (op,) = member.mine()
    assert (op["op_id"], op["state"], op["value"]) == (late, "acked", "Chưa nền nếp")
    assert op["status"] in ("set_aside", "conflict")
    assert head.record()["strengths"] == "Nền nếp"
    assert head.pack()["signature"]["sha256"] == sha256
    with pytest.raises(Refused):
        member.say("t/explanation", "Sau khi ký")


@pytest.mark.long
def test_F44_device_revoked(opens: Opens) -> None:
    head, admin = opens("truongdoan"), opens("quantri", visit="0190bbbb-0000-7000-8000-000000000009")
    head.say("t/strengths", "Chưa gửi")
    device = head.phone.do("return log.device()")
    assert admin.post(f"/field/devices/{device}/revocation/") == 200
    assert head.sync() == "revoked"
    assert head.phone.waiting()["ops"] == 1
    text = head.phone.do("return (await bundle.exportAll()).text()")
    status = head.phone.do("const one = await wire.ask('POST', 'rescue', { text: given }); return one.status", text)
    assert status == 200
    assert head.record()["strengths"] == "Chưa gửi", "what was on a revoked phone comes in by the parcel"


@pytest.mark.long
def test_F43_forgotten_passphrase_and_escrow(opens: Opens) -> None:
    head, admin = opens("truongdoan"), opens("quantri", visit="0190bbbb-0000-7000-8000-000000000009")
    head.say("t/strengths", "Giữ kín")
    device = head.phone.do("return log.device()")
    head.phone.do("vault.lock()")
    ask = "const one = await wire.ask(...given); return [one.status, one.data]"
    assert head.phone.do(ask, ["GET", f"devices/{device}/key"])[0] == 403
    reason = {"json": {"reason": "Quên mật khẩu khi đi xã"}}
    assert head.phone.do(ask, ["POST", f"devices/{device}/key-request", reason])[0] == 201
    assert head.post(f"/field/devices/{device}/key/") == 403, "nobody approves for oneself"
    assert admin.post(f"/field/devices/{device}/key/") == 200
    status, told = head.phone.do(ask, ["GET", f"devices/{device}/key"])
    assert status == 200
    head.phone.do("await vault.adopt(...given)", [told["key"], "mật khẩu mới rồi"])
    assert head.heads("t/strengths")[0]["value"] == "Giữ kín"
    assert head.sync() == "sent"


@pytest.mark.long
def test_F19_csrf_rotated(opens: Opens) -> None:
    head = opens("truongdoan")
    head.say("t/strengths", "Tốt")
    head.phone.do("wire.trust('x'.repeat(64))")
    assert head.phone.do("return (await wire.ask('POST', 'ops', { json: {} })).status") == 403
    assert head.sync() == "sent"


@pytest.mark.long
def test_F23_two_tabs_race(opens: Opens) -> None:
    """Two tabs write and send at once; the server has each saying once."""
    head = opens("truongdoan")
    page = head.context.new_page()
    page.goto("/field/manifest.webmanifest")
    other = Phone(page, head.phone.addresses)
    assert other.unlock(head.uid)
    many = "window.busy = (async () => { for (let n = 0; n < 12; n++) { await log.say(given, 't/strengths', 'x' + n); if (n % 7 === 0) await sync.sync({ now: true }) } })(); return 0"
    head.phone.do(many, head.visit)
    other.do(many, head.visit)
    head.phone.do("await window.busy")
    other.do("await window.busy")
    assert head.sync() == "sent"
    assert [op["seq"] for op in head.mine()] == list(range(1, 25))
    assert head.phone.do("return sync.complete(given)", head.visit) is True


PUBLISH = """
from kycuong.catalog.actions import change_criterion, publish_draft, start_draft
from kycuong.catalog.models import Checklist
from kycuong.orgs.authority import at_the_machine
with at_the_machine():
    old = Checklist.objects.standard().published().first()
    draft = start_draft(by=None, version="2099.1", title="Phiếu mới", based_on=old)
    change_criterion(draft.criteria.order_by("position")[1], by=None, content={"text": "Hỏi khác đi"})
    draft.refresh_from_db()
    publish_draft(draft, by=None)
"""


@pytest.mark.long
def test_F37_checklist_changed_on_server(opens: Opens, server: Server) -> None:
    """A draft keeps the checklist it was begun with, on the phone and at the office; the next visit gets the new one."""
    head = opens("truongdoan", form="short")
    criterion = head.phone.do(GRADED, head.visit)
    before = head.pack()["form"]
    head.say(f"a/{criterion}", {"outcome": "pass"})
    server.run(PUBLISH)
    head.say("t/strengths", "Tốt")
    assert head.sync() == "sent"
    assert head.pack()["form"] == before
    assert {(op["status"], op["form"]) for op in head.mine()} == {("applied", before)}
    assert head.record()["answers"][criterion]["outcome"] == "pass"
    later = visit_of(head.phone, form="short")
    assert head.phone.do("await pack.pull(); return (await pack.pack(given)).form", later) != before
    assert head.phone.do("return pack.checklist(given)", before) is not None, "the old one stays for the old draft"


@pytest.mark.long
def test_F38_member_removed_before_sync(opens: Opens, server: Server) -> None:
    head = opens("truongdoan")
    member = opens("thanhvien", visit=head.visit)
    member.say("t/strengths", "Viết trước khi rời đoàn")
    member.phone.photo(visit=member.visit)
    server.run(LEAVE)
    assert member.sync() == "signed_out", "with the role every session ends"
    SESSIONS.pop((server.url, "thanhvien"))
    sign_in(member.context, server.url, "thanhvien")
    assert member.sync() == "sent"
    assert member.phone.waiting() | {"oldest": None} == {"ops": 0, "media": 0, "bytes": 0, "oldest": None, "damaged": 0}
    assert {op["status"] for op in member.mine()} == {"set_aside"}
    assert member.mine()[0]["value"] == "Viết trước khi rời đoàn", "nothing is deleted from the phone"


LEAVE = """
from datetime import timedelta
from kycuong.core.clock import today
from kycuong.orgs.actions import end_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Assignment
with at_the_machine():
    held = Assignment.objects.filter(person__username="thanhvien", valid_to__gt=today())
    held.update(valid_from=today() - timedelta(days=30))  # what begins and ends on one day is as if never given
    for one in held:
        end_role(one, by=None)
"""
