"""Pages of versions: all of them, a new draft, its builder, its name, its publication and its removal."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import last_written
from kycuong.catalog import actions
from kycuong.catalog.forms.building import NameForm, NewDraftForm, PublishForm
from kycuong.catalog.models import Checklist, province
from kycuong.catalog.queries import compare, groups_on
from kycuong.catalog.rules import faults_of_draft
from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.features.authority import is_offered, off_at, refused_everywhere
from kycuong.orgs.authority import authorize, authorize_somewhere, can, units_visible_to, units_where
from kycuong.orgs.models import Person
from kycuong.ui.forms import attempt
from kycuong.ui.merging import Merging

WRITE, PUBLISH = "checklist.write", "checklist.publish"


@require_safe
def versions(request: Request) -> HttpResponse:
    """Every version that the person may see, newest first; drafts before all."""
    seen = Checklist.objects.visible_to(request.user).select_related("based_on", "authority")
    context = {
        "title": _("Các phiên bản phiếu kiểm tra"),
        "drafts": seen.filter(published_on__isnull=True).order_by("-pk"),
        "published": seen.published().order_by("-valid_from", "-published_on", "-pk"),
        "may_write": bool(authorities(request.user)),
        "crumbs": [(_("Tiêu chí"), reverse("catalog:checklists")), (_("Các phiên bản"), "")],
    }
    return page(request, "catalog/versions.html", context=context)


def new(request: Request) -> HttpResponse:
    """Begin a draft from a published version, or empty."""
    own = authorities_for_new(request.user)
    published = Checklist.objects.visible_to(request.user).published()
    base = published.standard().newest_on(today())
    standard = bool(own) and own[0][0] == ""
    initial = {"based_on": base, "title": base.title} if base and standard else {}
    form = NewDraftForm(request.POST or None, initial=initial, published=published, authorities=own)
    if form.is_valid():
        given = form.cleaned_data | {"authority": _authority(request, form.cleaned_data["authority"])}
        draft = attempt(form, lambda: actions.start_draft(by=request.user, **given))
        if draft is not None:
            messages.success(
                request, _("Đã lập dự thảo; chưa ai dùng cho đến khi công bố."), extra_tags="kept:checklist-new"
            )
            return redirect(draft)
    context = {"title": _("Lập phiên bản mới"), "form": form, "keep": "checklist-new", "crumbs": crumbs(_("Lập mới"))}
    return page(request, "catalog/one_form.html", context=context | _back(None), status=422 if form.is_bound else 200)


@require_safe
def draft(request: Request, uid: UUID) -> HttpResponse:
    """The builder: groups, criteria, and what is still in the way of publishing."""
    found = version_of(request, uid)
    if found.published_on is not None:
        return redirect(found)
    authorize(request.user, WRITE, at=found.place)
    groups = groups_on(found, today())
    criteria = [one for group in groups for one in group.criteria.all()]
    context = {
        "title": str(found),
        "draft": found,
        "groups": groups,
        "asked": len(criteria),
        "short": sum(one.in_short_form for one in criteria),
        "faults": faults_of_draft(groups, criteria),
        "may_publish": found.is_open_to(request.user, PUBLISH) and _is_offered(found),
        "crumbs": crumbs(str(found)),
    }
    return page(request, "catalog/draft.html", context=context)


def rename(request: Request, uid: UUID) -> HttpResponse:
    """Change version, title and what is to be reviewed."""
    found = version_of(request, uid)
    authorize(request.user, WRITE, at=found.place)
    saved = NameForm(initial={name: getattr(found, name) for name in ("version", "title", "review_note")})
    merging = met(request, found, saved)
    form = NameForm(merging.data, initial=saved.initial)
    if form.is_valid() and merging.ready:
        given = {**form.cleaned_data, "revision": merging.version}
        done = attempt(form, lambda: actions.change_draft(found, by=request.user, **given))
        if done is not None:
            messages.success(request, _("Đã lưu."), extra_tags=f"kept:draft-{uid}")
            return redirect(done)
    return form_page(request, found, _("Đổi tên dự thảo"), form, keep=f"draft-{uid}", merging=merging)


def publish(request: Request, uid: UUID) -> HttpResponse:
    """Publish, after looking at what changes against the version before."""
    found = version_of(request, uid)
    authorize(request.user, PUBLISH, at=found.place)
    form = PublishForm(request.POST or None, initial={"valid_from": today()})
    if form.is_valid():
        held = revision(request, found)
        done = attempt(form, lambda: actions.publish_draft(found, by=request.user, revision=held, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã công bố. Từ nay phiên bản này không sửa được nữa."))
            return redirect(done)
    about = {
        "comparison": compare(found.based_on, found) if found.based_on else None,
        "old": found.based_on,
        "act": _("Công bố"),
        "lead": _(
            "Công bố rồi thì không sửa được; muốn đổi phải lập phiên bản mới. Lượt đã mở vẫn giữ phiếu của mình."
        ),
    }
    return form_page(
        request, found, _("Công bố %(name)s") % {"name": found}, form, template="catalog/publish.html", **about
    )


def remove(request: Request, uid: UUID) -> HttpResponse:
    """Delete a draft, after asking once."""
    found = version_of(request, uid)
    authorize(request.user, WRITE, at=found.place)
    if request.method == "POST":
        actions.delete_draft(found, by=request.user, revision=revision(request, found))
        messages.success(request, _("Đã xóa dự thảo."))
        return redirect("catalog:versions")
    about = {
        "act": _("Xóa dự thảo"),
        "kind": "danger",
        "lead": _("Dự thảo sẽ bị xóa cùng mọi tiêu chí trong đó. Phiên bản đã công bố không bị ảnh hưởng."),
    }
    return form_page(request, found, _("Xóa %(name)s?") % {"name": found}, None, **about)


def authorities(person: Person) -> list[tuple[str, str]]:
    """For whom the person may write a version: the province, and each authority at which the verb is held and own content is on."""
    top, held = province(), units_where(person, WRITE)
    off = off_at(actions.OWN, held)
    units = [unit for unit in units_visible_to(person).filter(pk__in=held) if unit != top and unit.pk not in off]
    standard = [("", _("Toàn tỉnh"))] if top and can(person, WRITE, at=top) else []
    return standard + [(unit.slug, _("Nội dung bổ sung của %(unit)s") % {"unit": unit}) for unit in units]


def authorities_for_new(person: Person) -> list[tuple[str, str]]:
    """The same before a form is shown: there is one at least, or a refusal that says why not."""
    authorize_somewhere(person, WRITE)
    found = authorities(person)
    if not found:
        raise refused_everywhere(person, WRITE, actions.OWN)
    return found


def _is_offered(found: Checklist) -> bool:
    return found.authority is None or is_offered(actions.OWN, at=found.authority)


def version_of(request: Request, uid: UUID) -> Checklist:
    seen = Checklist.objects.visible_to(request.user).select_related("based_on", "authority")
    return get_object_or_404(seen, uid=uid)


def revision(request: Request, found: Any) -> int:
    """What the person had before them when they typed."""
    return version_sent(request, found.revision, "revision")


def met(request: Request, found: Checklist, saved: Form) -> Merging:
    """What was posted, beside what is saved now: the whole draft has one revision, but only the same words can clash."""
    held = revision(request, found) if found.published_on else found.revision
    return Merging(
        [saved], request.POST or None, version=held, written_by=partial(last_written, found), held="revision"
    )


def form_page(
    request: Request, found: Checklist, title: str, form: Any, *, template: str = "catalog/one_form.html", **about: Any
) -> HttpResponse:
    """A form about a draft, with the revision that was read."""
    bound = form is not None and form.is_bound
    fresh = version_of(request, found.uid) if bound else found  # what a refused act wrote has been taken back
    context = {"title": title, "form": form, "draft": fresh, "held": fresh, "crumbs": crumbs(title, fresh)}
    merging: Merging | None = about.get("merging")
    status = (merging and merging.status) or (422 if bound else 200)
    return page(request, template, context=context | _back(fresh) | about, status=status)


def crumbs(last: str, found: Checklist | None = None) -> list[tuple[str, str]]:
    """Where the page stands."""
    between = [(str(found), found.get_absolute_url())] if found else []
    return [
        (_("Tiêu chí"), reverse("catalog:checklists")),
        (_("Các phiên bản"), reverse("catalog:versions")),
        *between,
        (last, ""),
    ]


def _back(found: Checklist | None) -> dict[str, str]:
    return {"back": found.get_absolute_url() if found else reverse("catalog:versions")}


def _authority(request: Request, slug: str) -> Any:
    return get_object_or_404(units_visible_to(request.user), slug=slug) if slug else None
