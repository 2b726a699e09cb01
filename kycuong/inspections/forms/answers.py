"""The shape of what is typed into a checklist: one small form for each criterion, by its type of answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Criterion, CriterionGroup
from kycuong.catalog.rules import Answer, AnswerType, Outcome
from kycuong.core.problems import Problem
from kycuong.core.speaking import told as in_language
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import Earlier
from kycuong.inspections.queries.apart import findings_apart
from kycuong.ui.forms import both
from kycuong.ui.widgets import DateText

Choices = list[tuple[str, Any]]

REASONED: Choices = [(Outcome.NOT_APPLICABLE, _("Không áp dụng")), (Outcome.NOT_ASKED, _("Chưa kiểm tra"))]
GRADES: Choices = [
    (Outcome.PASS, _("Đạt")),
    (Outcome.PARTIAL, _("Đạt một phần")),
    (Outcome.FAIL, _("Không đạt")),
    *REASONED,
]
YES_NO: Choices = [(Outcome.PASS, _("Có")), (Outcome.FAIL, _("Không")), *REASONED]
DOCUMENT: Choices = [(Outcome.PASS, _("Có văn bản")), (Outcome.FAIL, _("Không có")), *REASONED]
COUNTED: Choices = [("", _("Đếm được")), *REASONED]
NOTHING: Mapping[str, Earlier] = {}
NO_PROCEDURES = "Đơn vị không giải quyết thủ tục hành chính."


def whole_number(label: Any) -> forms.IntegerField:
    """A count, typed on the numeric keys of a phone."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": _("Hãy viết một số nguyên, ví dụ 12.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 7}),
    )


class AnswerForm(forms.Form):
    """The answer to one criterion. Empty is «not yet»; what an answer needs is said by the catalogue's rules."""

    def __init__(self, criterion: Criterion, *args: Any, roll_call: bool = True, **options: Any) -> None:
        """`roll_call`: presence follows from a headcount sheet beside the answers; without one it is graded itself."""
        super().__init__(*args, **options)
        self.criterion = criterion
        self.merged_whole = f"{criterion.code}. {criterion.text}"
        self.before: Earlier | None = None
        self.stored = ""
        kind = criterion.answer_type
        choices = {AnswerType.YES_NO: YES_NO, AnswerType.DOCUMENT: DOCUMENT}.get(AnswerType(kind), GRADES)
        if kind in (AnswerType.RATIO, AnswerType.NUMBER):
            choices = COUNTED
        if kind == AnswerType.HEADCOUNT and roll_call:
            choices = [("", _("Theo bảng quân số ở trên")), *REASONED]
        if kind == AnswerType.RATIO:
            self.fields["part"] = whole_number(_("Số đạt"))
            self.fields["whole"] = whole_number(_("Tổng số"))
        if kind == AnswerType.NUMBER:
            self.fields["count"] = whole_number(_("Số trường hợp"))
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Kết quả"), choices=choices, required=False, widget=forms.RadioSelect()
        )
        if kind in (AnswerType.DOCUMENT, AnswerType.GRADE_DOCUMENT):
            self.fields["number"] = forms.CharField(label=_("Số văn bản"), required=False, max_length=80)
            self.fields["dated"] = forms.DateField(label=_("Ngày văn bản"), required=False, widget=DateText())
        self.fields["finding"] = forms.CharField(
            label=_("Mô tả tồn tại"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["note"] = forms.CharField(label=_("Lý do hoặc ghi chú"), required=False, max_length=500)

    @property
    def is_short(self) -> bool:
        """Whether what is stored is short of a pass; a browser asks again at every answer."""
        return self.stored in (Outcome.PARTIAL, Outcome.FAIL)

    @property
    def answer(self) -> Answer:
        """What was typed, as the rules take it."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        if isinstance(given.get("dated"), date):
            given["dated"] = given["dated"].isoformat()
        if given.get("outcome") in (Outcome.NOT_APPLICABLE, Outcome.NOT_ASKED):
            return {name: given[name] for name in ("outcome", "note") if name in given}
        only_words = given.keys() <= {"note", "finding"}
        return {} if only_words else given


@dataclass(frozen=True)
class Group:
    """Forms under one heading of the checklist."""

    group: CriterionGroup
    forms: list[AnswerForm]


class Answered:
    """The forms of all criteria that are asked, filled from what was stored or from what was typed."""

    def __init__(
        self,
        criteria: Mapping[str, Criterion],
        stored: Mapping[str, Answer],
        described: Mapping[str, str],
        data: Any = None,
        earlier: Mapping[str, Earlier] = NOTHING,
        *,
        roll_call: bool = True,
    ) -> None:
        self.data, self.forms = data, list[AnswerForm]()
        for code, criterion in criteria.items():
            initial = _initial(criterion, stored.get(code), described.get(code), roll_call=roll_call)
            form = AnswerForm(criterion, data, prefix=code, initial=initial, roll_call=roll_call)
            form.before, form.stored = earlier.get(code), (stored.get(code) or {}).get("outcome", "")
            self.forms.append(form)

    def __iter__(self) -> Iterator[Group]:
        for _pk, group in groupby(self.forms, key=lambda form: form.criterion.group_id):
            members = list(group)
            yield Group(members[0].criterion.group, members)

    @property
    def has_procedures(self) -> bool:
        return any(form.criterion.only_with_procedures for form in self.forms)

    def is_valid(self) -> bool:
        faulty = [form for form in self.forms if not form.is_valid()]  # every form is asked, so that every fault shows
        return not faulty

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers by code. A unit without procedures answers the criteria on them with one tick."""
        skipped = bool(self.data and self.data.get("no_procedures"))
        given = {form.criterion.code: form.answer for form in self.forms}
        for form in self.forms:
            if skipped and form.criterion.only_with_procedures:
                given[form.criterion.code] = {"outcome": Outcome.NOT_APPLICABLE, "note": NO_PROCEDURES}
        return {code: answer for code, answer in given.items() if answer}

    def tell(self, problem: Problem) -> list[str]:
        """Put each fault at its criterion; return the sentences that belong to none."""
        by_code = {form.criterion.code: form for form in self.forms}
        left: list[str] = [] if problem.errors else [both(problem.vi, problem.en)]
        for fault in problem.errors:
            form = by_code.get(fault.get("field", ""))
            if form:
                form.add_error(None, in_language(fault["vi"], fault.get("en", "")))
            else:
                left.append(fault["vi"])
        return left


class AnswerSheet(Answered):
    """The same for a visit."""

    def __init__(
        self,
        visit: Visit,
        criteria: Mapping[str, Criterion],
        data: Any = None,
        earlier: Mapping[str, Earlier] = NOTHING,
    ) -> None:
        findings = visit.findings.order_by("-pk") if visit.pk else []  # a preview has no visit yet
        apart = findings_apart(visit) if visit.pk else ()
        own = [one for one in findings if one.criterion_code and one.uid not in apart]
        found = {one.criterion_code: one.description for one in own}
        super().__init__(criteria, visit.answers, found, data, earlier)


def _initial(
    criterion: Criterion, stored: Answer | None, finding: str | None, *, roll_call: bool = True
) -> dict[str, Any]:
    initial: dict[str, Any] = {**(stored or {}), "finding": finding or ""}
    counted = criterion.answer_type in (AnswerType.RATIO, AnswerType.NUMBER)
    computed = counted or (roll_call and criterion.answer_type == AnswerType.HEADCOUNT)
    if computed and initial.get("outcome") not in (Outcome.NOT_APPLICABLE, Outcome.NOT_ASKED):
        initial["outcome"] = ""
    if computed and initial.get("whole") == 0:
        initial.update(outcome="", note="")
    if initial.get("dated"):
        initial["dated"] = date.fromisoformat(str(initial["dated"]))
    return initial
