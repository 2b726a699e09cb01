"""An office's own Word files: sent, looked at, taken into use from a day on; and back to the standard form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from docx import Document as WordFile

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, Missing, NotAllowed, RuleBroken, Stale
from kycuong.files.queries import damages, strays
from kycuong.files.store.vault import _path
from kycuong.letterheads.actions import keep_template, use_template
from kycuong.letterheads.documents import examined, sample, starting, written
from kycuong.letterheads.models import PaperTemplate, TemplateUse
from kycuong.letterheads.queries import own_of, template_for, version_of
from kycuong.letterheads.rules import FROZEN, Paper
from kycuong.papers.places import needed
from kycuong.papers.vetting import vet
from kycuong.plans.actions import Item, add_item, draft_plan
from kycuong.plans.models import InspectionPlan
from tests.desk import Desk
from tests.papers.samples import words_of_pdf, words_of_word

Client = Callable[[Any], Any]
TOMORROW = today() + timedelta(days=1)


def form_of(desk: Desk, paper: str = "plan", said: str = "Mẫu riêng của Sở") -> bytes:
    """The standard form, with a line of the office's own in it."""
    file, out = WordFile(io.BytesIO(starting(desk.units["department"], paper, today=today()).data)), io.BytesIO()
    file.add_paragraph(said)
    file.save(out)
    return out.getvalue()


def kept(desk: Desk, paper: str = "plan") -> PaperTemplate:
    given: dict[str, Any] = {"by": desk.people["records_clerk"], "name": "mau.docx", "faults": [], "deviations": []}
    return keep_template(desk.units["department"], paper=paper, data=form_of(desk, paper), **given)


def plan(desk: Desk) -> InspectionPlan:
    made = draft_plan(by=desk.people["aggregator"], agency=desk.units["department"], year=today().year)
    add_item(made, by=desk.people["aggregator"], said=Item(form="planned", unit=desk.units["commune"], month=5))
    return made


def test_every_kind_has_a_form_to_begin_with_that_may_be_sent_back(desk: Desk) -> None:
    unit = desk.units["department"]
    for paper in Paper:
        if paper in FROZEN:
            with pytest.raises(RuleBroken, match="luôn theo thể thức chuẩn"):
                starting(unit, paper, today=today())
        else:
            assert vet(starting(unit, paper, today=today()).data, needed(sample(unit, paper, today=today()))) == [], (
                paper
            )


def test_papers_are_made_from_it_from_its_day_on_and_then_no_more(desk: Desk) -> None:
    unit, by, made = desk.units["department"], desk.people["records_clerk"], plan(desk)
    template, given = kept(desk), {"by": by, "paper": "plan"}
    assert own_of(unit, "plan", today()) == ""
    use_template(unit, valid_from=TOMORROW, template=template, **given)
    assert own_of(unit, "plan", today()) == ""
    use_template(unit, valid_from=today(), template=template, **given)
    assert own_of(unit, "decision", today()) == ""
    word = written("plan", made.uid, "docx", by=by).data
    words, pdf = words_of_word(word), written("plan", made.uid, "pdf", by=by).data
    assert words - words_of_pdf(pdf) == {"Mẫu": 1, "riêng": 1, "của": 1, "Sở": 1}, "and nothing else is different"
    assert "Dự thảo" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    feet = WordFile(io.BytesIO(word)).sections[0].first_page_footer.paragraphs
    assert "DỰ THẢO, chưa ban hành" in [one.text for one in feet]
    use_template(unit, valid_from=today(), template=None, **given)
    assert own_of(unit, "plan", today()) == ""
    assert own_of(unit, "plan", TOMORROW) == template.sha256
    assert TemplateUse.objects.count() == 2


def test_what_is_refused(desk: Desk) -> None:
    unit, template = desk.units["department"], kept(desk)
    given: dict[str, Any] = {"by": desk.people["records_clerk"], "valid_from": today()}
    with pytest.raises(RuleBroken, match="loại văn bản khác"):
        use_template(unit, paper="notice", template=template, **given)
    with pytest.raises(BadInput, match="từ hôm nay"):
        use_template(unit, paper="plan", template=template, **{**given, "valid_from": today() - timedelta(days=1)})
    seen = version_of(TemplateUse, unit=unit, paper="plan")
    use_template(unit, paper="plan", template=None, version=seen, **given)
    with pytest.raises(Stale):
        use_template(unit, paper="plan", template=template, version=seen, **given)
    bad = examined(unit, "plan", form_of(desk, said="{{la}}"), "mau.docx", today=today())
    with pytest.raises(BadInput, match="chưa dùng làm mẫu") as told:
        keep_template(
            unit, by=given["by"], paper="plan", data=b"x", name="a", faults=bad.faults, deviations=bad.deviations
        )
    assert "«{{la}}» không có trong hệ thống" in told.value.errors[0]["vi"]
    for who in ("leader", "team_head", "unit_head", "system_admin"):
        with pytest.raises(NotAllowed):
            use_template(unit, paper="plan", template=None, **{**given, "by": desk.people[who]})
        with pytest.raises(Missing):
            template_for(desk.people[who], template.uid)


def test_stored_files_are_looked_after(desk: Desk) -> None:
    template = kept(desk)
    assert template.sha256 not in strays()
    _path(template.sha256).unlink()
    assert [one.what for one in damages() if one.uid == str(template.uid)] == ["missing"]


def test_from_the_page_to_the_paper(desk: Desk, as_person: Client) -> None:
    person, slug = as_person(desk.people["records_clerk"]), desk.units["department"].slug
    place, data = f"/papers/units/{slug}/templates/plan/", form_of(desk)
    told = person.get(place).content.decode()
    assert "{{noi_dung}}" in told
    assert person.get(f"{place}start.docx").content.startswith(b"PK")
    wrong = person.post(place, {"file": SimpleUploadedFile("mau.docx", form_of(desk, said="{{la_gi}} và {{so"))})
    assert wrong.status_code == 422
    for said in ("«{{la_gi}}» không có trong hệ thống", "Có dấu «{{» lẻ"):
        assert said in wrong.content.decode()
    done = person.post(place, {"file": SimpleUploadedFile("mau-so.docx", data)}, follow=True)
    at, page = done.redirect_chain[-1][0], done.content.decode()
    assert "Bản thử đúng thể thức" in page or "chỗ khác Nghị định" in page
    assert "Mẫu riêng của Sở" in "\n".join(
        one.text for one in WordFile(io.BytesIO(person.get(f"{at}sample.docx").content)).paragraphs
    )
    assert person.get(f"{at}sent.docx").content == data
    typed = {"valid_from": f"{today():%d/%m/%Y}", "version": "0"}
    assert person.post(at, typed).status_code == 422, "nobody said that they looked"
    used = person.post(at, {**typed, "looked": "on"}, follow=True).content.decode()
    assert "mau-so.docx" in used
    assert "Mẫu riêng: mau-so.docx" in " ".join(person.get(f"/papers/units/{slug}/").content.decode().split())
    stale = person.post(f"{place}standard/", typed)
    assert stale.status_code == 422
    assert "Người khác vừa sửa" in stale.content.decode()


def test_a_pdf_in_the_standard_form_is_announced(desk: Desk, as_person: Client) -> None:
    made, template = plan(desk), kept(desk)
    use_template(
        desk.units["department"], by=desk.people["records_clerk"], paper="plan", valid_from=today(), template=template
    )
    person, place = as_person(desk.people["aggregator"]), f"/papers/plan/{made.uid}.pdf"
    told = person.get(place)
    assert told["Content-Type"].startswith("text/html")
    assert "bản PDF theo thể thức chuẩn" in told.content.decode()
    assert person.get(f"{place}?standard=1").content.startswith(b"%PDF")


def test_a_file_that_does_not_take_a_paper_leaves_nobody_without_it(desk: Desk, as_person: Client) -> None:
    made, unit, by = plan(desk), desk.units["department"], desk.people["records_clerk"]
    given: dict[str, Any] = {"by": by, "paper": "plan", "data": b"PK\3\4 no file", "name": "mau.docx"}
    template = keep_template(unit, **given, faults=[], deviations=[])
    use_template(unit, by=by, paper="plan", valid_from=today(), template=template)
    person, place = as_person(desk.people["aggregator"]), f"papers/plan/{made.uid}"
    told = person.get(f"/{place}.docx").content.decode()
    assert "Chưa lập được theo mẫu riêng" in told
    assert f"{place}.docx?standard=1" in told
    for answer in (person.get(f"/{place}.docx?standard=1"), person.get(f"/api/v1/{place}/docx?standard=true")):
        assert answer.content.startswith(b"PK")
        assert "the-thuc-chuan" not in answer["Content-Disposition"]
    fallen = person.get(f"/api/v1/{place}/docx")
    assert fallen.content.startswith(b"PK")
    assert "_the-thuc-chuan.docx" in fallen["Content-Disposition"]


def test_the_api_and_the_command_line_do_the_same(desk: Desk, as_person: Client, tmp_path: Path, capsys: Any) -> None:
    person, unit = as_person(desk.people["records_clerk"]), desk.units["department"]
    place = f"/api/v1/papers/units/{unit.slug}/templates/notice"
    sent = person.post(place, {"file": SimpleUploadedFile("a.docx", form_of(desk, "notice"))}).json()
    day = {"valid_from": f"{today()}", "version": person.get(place).json()["version"]}
    at = f"/api/v1/papers/templates/{sent['uid']}"
    assert person.post(f"{at}/use", day, content_type="application/json").json()["template"] == sent["uid"]
    assert own_of(unit, "notice", today()) == sent["sha256"]
    assert person.get(place).json()["uses"] == [{"valid_from": f"{today()}", "template": sent["uid"]}]
    assert person.get(f"{at}/sample").content.startswith(b"PK")
    assert person.post(f"{place}/standard", day, content_type="application/json").status_code == 409, "set since"
    assert own_of(unit, "notice", today()) == sent["sha256"]
    day["version"] = person.get(f"/api/v1/papers/units/{unit.slug}").json()["versions"]["template"]["notice"]
    assert person.post(f"{place}/standard", day, content_type="application/json").json()["template"] is None
    assert own_of(unit, "notice", today()) == ""
    by, out = desk.people["records_clerk"].username, tmp_path / "mau.docx"
    call_command("wordform", unit.slug, "notice", by=by, output=str(out))
    call_command("wordform", unit.slug, "notice", str(out), by=by, since=today())
    assert own_of(unit, "notice", today()) == PaperTemplate.objects.first().sha256  # type: ignore[union-attr]
    out.write_bytes(form_of(desk, "notice", said="{{khong_co}}"))
    with pytest.raises(SystemExit):
        call_command("wordform", unit.slug, "notice", str(out), by=by)
    assert "«{{khong_co}}»" in capsys.readouterr().out
