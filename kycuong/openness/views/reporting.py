"""What anybody may report of a unit, without signing in, and how they follow it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kycuong.core.access import unnamed
from kycuong.core.clock import now, today
from kycuong.core.problems import Missing
from kycuong.core.speaking import ENGLISH
from kycuong.features.authority import is_offered
from kycuong.openness.forms import CodeForm, ReportForm
from kycuong.openness.inbox import digest_of_code, receive_report
from kycuong.openness.queries import has_heard, is_hearing_now
from kycuong.openness.queries.reports import followed, reportable
from kycuong.openness.rules.reports import About, ensure_written_by_hand, new_code
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import full_names
from kycuong.ui.forms import attempt

SALT = "kycuong.openness.report"
FEATURE = "citizen_reports"


@login_not_required
@unnamed
def report_of_unit(request: HttpRequest, unit: str) -> HttpResponse:
    """The page behind the square code at a unit's desk."""
    about = reportable(unit) if is_hearing_now(today()) else None
    if about is None:
        raise Missing("Không có trang này.", en="There is no such page.")
    if not is_offered(FEATURE, at=about):
        return _elsewhere(request, about)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"opened": opened_now()})
    name = full_names([about.pk], today())[about.pk]
    if form.is_valid() and (code := attempt(form, lambda: _sent(request, about, form))) is not None:
        said = {"title": _("Đã nhận phản ánh"), "code": code, "unit": name, "spoken_on": _spoken_on(request)}
        return render(request, "openness/sent.html", said)
    if form.is_bound:  # the page is as old as it now is
        form.data = {**form.data.dict(), "opened": opened_now()} if hasattr(form.data, "dict") else form.data
    context = {"title": _("Phản ánh về %s") % name, "unit": name, "form": form, "spoken_on": _spoken_on(request)}
    return render(request, "openness/report.html", context, status=422 if form.errors else 200)


def _elsewhere(request: HttpRequest, about: Unit) -> HttpResponse:
    """The unit takes no reports here: where else one may go. What somebody had typed meanwhile is shown, so that they can take it along."""
    name = full_names([about.pk], today())[about.pk]
    text, contact = (request.POST.get(field, "").strip() for field in ("text", "contact"))
    about_what = dict(About.choices).get(request.POST.get("about", ""), "")
    fields = ReportForm.base_fields
    typed = [(fields["about"].label, about_what), (fields["text"].label, text), (_("Liên hệ"), contact)]
    kept = [(label, said) for label, said in typed if said] if text or contact else []
    context = {"title": _("Phản ánh về %s") % name, "unit": name, "typed": kept, "spoken_on": _spoken_on(request)}
    return render(request, "openness/elsewhere.html", context, status=422 if kept else 200)


def opened_now() -> str:
    """The moment, signed: nobody but us says when a form was opened."""
    return signing.dumps(int(now().timestamp()), salt=SALT)


def _spoken_on(request: HttpRequest) -> str:
    """What keeps the language at the next address."""
    return "?language=en" if request.GET.get("language") == ENGLISH else ""


def _sent(request: HttpRequest, unit: Unit, form: ReportForm) -> str:
    given = form.cleaned_data
    try:
        opened = int(signing.loads(given["opened"], salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        opened = 0
    ensure_written_by_hand(now().timestamp() - opened)
    if given["website"]:
        return new_code()  # a program filled in what no person sees: it is told what it wants to hear
    address = str(request.META.get("REMOTE_ADDR", ""))
    return receive_report(unit, about=given["about"], text=given["text"], contact=given["contact"], address=address)


@login_not_required
@unnamed
def state_of_report(request: HttpRequest) -> HttpResponse:
    """How it stands with the report of a code. The code comes in a form: an address would stay in histories and logs."""
    if not has_heard(today()):
        raise Missing("Không có trang này.", en="There is no such page.")
    form = CodeForm(request.POST if request.method == "POST" else None)
    found = followed(digest_of_code(form.cleaned_data["code"])) if form.is_valid() else None
    if form.is_bound and form.is_valid() and found is None:
        form.add_error("code", _("Không có phản ánh nào với mã này. Hãy xem lại từng chữ."))
    context = {"title": _("Theo dõi phản ánh"), "form": form, "found": found}
    return render(request, "openness/follow.html", context, status=422 if form.errors else 200)
