"""Pages: one's own inbox, how one wants to hear by e-mail, announcements, and what ran by itself."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kycuong.core.clock import is_lately, today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize, authorize_somewhere, people_visible_to, units_where
from kycuong.ui.forms import attempt

from . import actions, queries
from . import inbox as own
from .actions import WRITE
from .forms import AnnouncementForm, WishForm
from .models import Announcement, Notice, TickRun
from .rules import ASLEEP

PER_PAGE = 30
TITLES = {"all": _lazy("Tất cả"), "unread": _lazy("Chưa đọc"), "due": _lazy("Đến hạn, quá hạn")}
LONGEST_KEY = 19
"""Digits of a key: more is none of ours."""


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Unread ones first. Nobody but the person sees them."""
    show = shown_of(request.GET.get("show", ""))
    found = Paginator(queries.inbox(request.user, show), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Thông báo"),
        "page": found,
        "newest": Notice.objects.visible_to(request.user).order_by("-pk").first(),
        "show": show,
        "filters": [(name, TITLES[name]) for name in queries.SHOWN],
    }
    return page(request, "notices/inbox.html", context=context)


@require_POST
def read_one(request: Request, uid: UUID) -> HttpResponse:
    """Mark it as read; with `open`, go on to the page that it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), uid=uid)
    own.mark_read(notice, request.user)
    return redirect(notice.url) if "open" in request.POST else back(request)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything up to what stood first when the page was shown."""
    newest = request.POST.get("until", "")
    number = int(newest) if newest.isascii() and newest.isdigit() and len(newest) < LONGEST_KEY else 0
    if until := Notice.objects.visible_to(request.user).filter(pk=number).first():
        own.mark_all_read(request.user, until=until)
    return back(request)


def shown_of(text: str) -> str:
    return text if text in queries.SHOWN else "all"


def back(request: Request) -> HttpResponse:
    """To the list as it was."""
    number = request.POST.get("page", "")
    asked = f"?show={shown_of(request.POST.get('show', ''))}" + (f"&page={number}" if number.isdecimal() else "")
    return redirect(reverse("notices:inbox") + asked)


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: Request) -> HttpResponse:
    """One's own wish about e-mail."""
    held = queries.wish_of(request.user)
    form = WishForm(request.POST or None, initial={"wish": held.wish})
    if form.is_valid():
        own.wish(request.user, form.cleaned_data["wish"])
        messages.success(request, _("Đã lưu cách nhận thư."))
        return redirect("notices:settings")
    context = {
        "title": _("Nhận thư tóm tắt"),
        "crumbs": [(_("Thông báo"), reverse("notices:inbox")), (_("Nhận thư tóm tắt"), "")],
        "form": form,
        "held": held,
        "mail_is_set": bool(settings.EMAIL_HOST),
        "hour": settings.MAIL_HOUR,
    }
    return page(request, "notices/settings.html", context=context, status=422 if form.is_bound else 200)


@require_safe
def announcements(request: Request) -> HttpResponse:
    """Those that one may read, also those that one has put away; who writes them ends them here."""
    shown = Paginator(queries.announcements(request.user), PER_PAGE).get_page(request.GET.get("page"))
    day = today()
    still = [row for row in shown if row.ended_at is None and row.last_on >= day]
    kept = queries.kept_by(request.user, still)
    context = {
        "title": _("Thông báo chung"),
        "page": shown,
        "lines": [(row, row in still, row.pk in kept) for row in shown],
        "today": day,
        "may_write": bool(units_where(request.user, WRITE)),
    }
    return page(request, "notices/announcements.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: Request) -> HttpResponse:
    """Write an announcement."""
    authorize_somewhere(request.user, WRITE)
    form = AnnouncementForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: actions.write_announcement(by=request.user, **form.cleaned_data))
        if made:
            messages.success(request, _("Đã đăng thông báo."), extra_tags="kept:announcement")
            return redirect("notices:announcements")
    context = {
        "title": _("Viết thông báo chung"),
        "crumbs": [(_("Thông báo chung"), reverse("notices:announcements")), (_("Viết thông báo chung"), "")],
        "form": form,
        "keep": "announcement",
        "act": _("Đăng thông báo"),
        "back": reverse("notices:announcements"),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end_announcement(request: Request, uid: UUID) -> HttpResponse:
    """Show it no more, after asking once."""
    found = get_object_or_404(Announcement.objects.visible_to(request.user), uid=uid)
    authorize(request.user, WRITE, at=found.unit)
    if request.method == "POST":
        actions.end_announcement(found, by=request.user)
        messages.success(request, _("Đã kết thúc thông báo."))
        return redirect("notices:announcements")
    context = {
        "title": _("Kết thúc thông báo"),
        "crumbs": [(_("Thông báo chung"), reverse("notices:announcements")), (_("Kết thúc thông báo"), "")],
        "lead": found.text,
        "act": _("Kết thúc thông báo"),
        "back": reverse("notices:announcements"),
    }
    return page(request, "ui/one_form.html", context=context)


@require_POST
def put_away(request: Request, uid: UUID) -> HttpResponse:
    """Off the own pages, and back to where one was; a script that asks for JSON stays where it is."""
    own.put_away(get_object_or_404(queries.once_shown(request.user), uid=uid), request.user)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    after = request.POST.get("next", "")
    ours = after.startswith("/") and url_has_allowed_host_and_scheme(after, allowed_hosts=None)
    return redirect(after if ours else reverse("notices:announcements"))


@require_safe
def ticks(request: Request) -> HttpResponse:
    """When it last ran, what it did, what failed."""
    authorize_somewhere(request.user, "tick.see")
    last = queries.last_run()
    shown = Paginator(TickRun.objects.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    refused = people_visible_to(request.user).filter(mail_wish__refused_on__isnull=False).select_related("mail_wish")
    context = {
        "title": _("Việc chạy nền"),
        "page": shown,
        "last": last,
        "far_away": queries.last_run_far_away(),
        "asleep": last is None or not is_lately(last, ASLEEP),
        "minutes": settings.TICK_MINUTES,
        "mail_is_set": bool(settings.EMAIL_HOST),
        "refused": refused.order_by("-mail_wish__refused_on", "pk")[:20],
    }
    return page(request, "notices/ticks.html", context=context)
