"""Two people write on the same page at once: what only one of them changed is put together, the rest becomes a question.

A page carries what it showed when it was opened (`base`) and of which version. Posted on a version that is no longer the
saved one, each part is compared three ways, as in a three-way merge of texts: changed by the person alone it stays as
typed, changed by somebody else alone it is taken over, changed by both it is asked. Nothing typed is lost meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from kycuong.core.http import version_in

Posted = MultiValueDict[str, str]
Values = Mapping[str, list[str]]
"""Name of a control → what a browser would send for it; nothing for what is empty."""
MINE, THEIRS = "mine", "theirs"
CHOICE = "merge-"


@dataclass(frozen=True)
class Part:
    """What is decided together: a field, or a whole form that makes one answer (`merged_whole`, its title)."""

    key: str
    label: str
    fields: tuple[BoundField, ...]

    def among(self, values: Values) -> list[list[str]]:
        return [values.get(field.html_name, []) for field in self.fields]

    def in_words(self, values: Values) -> str:
        """As people read it: the labels of choices, one line a field."""
        said = [(field.label, _words(field, values.get(field.html_name, []))) for field in self.fields]
        if len(said) == 1:
            return said[0][1] or _("(để trống)")
        return "; ".join(f"{label}: {text}" for label, text in said if text) or _("(để trống)")


@dataclass(frozen=True)
class Clash:
    """A part that both have changed."""

    part: Part
    mine: str
    theirs: str

    @property
    def name(self) -> str:
        return f"{CHOICE}{self.part.key}"


def opened_on(posted: Posted, name: str) -> str:
    """What a control held when the page was opened; nothing when the page does not say."""
    return "".join(_read(posted.get("base", "")).get(name, [])[:1])


class Merging:
    """How a posted page meets what is saved now.

    `saved` are the page's forms, unbound, showing what is saved; `data` is what to bind them to. Write only when `ready`.
    `held` names the control that says which version the page was opened on; `written_by` is asked only when a question is
    shown.
    """

    def __init__(
        self,
        saved: Sequence[forms.BaseForm],
        posted: Posted | None,
        *,
        version: int,
        written_by: Callable[[], str] = str,
        held: str = "version",
    ) -> None:
        self.saved, self.written_by, self.held = saved, written_by, held
        self.clashes: list[Clash] = []
        self.taken: list[str] = []
        now = {field.html_name: _shown(field) for form in saved for field in form}
        self.data, self.version, base = posted, version, now
        if posted is not None:
            base = _read(posted.get("base", ""))
            typed_on = version_in(posted.get(held, ""))
            behind = typed_on is not None and typed_on != version
            self.data = self._behind(posted, base, now) if behind else self._answered(posted, base)
            base = now if behind else base
        self.base = json.dumps({name: value for name, value in base.items() if value}, ensure_ascii=False)

    @property
    def ready(self) -> bool:
        """Something was posted, and no question is open."""
        return self.data is not None and not self.clashes and not self.taken

    @property
    def settled(self) -> bool:
        """Something was posted, and what others changed meanwhile can be put together without asking."""
        return self.data is not None and not self.clashes

    @property
    def status(self) -> int:
        """409 while the person has to look at what somebody else wrote."""
        return HTTPStatus.CONFLICT if self.clashes or self.taken else 0

    @property
    def parts(self) -> Iterator[Part]:
        for form in self.saved:
            if title := getattr(form, "merged_whole", ""):
                yield Part(form.prefix or type(form).__name__, str(title), tuple(form))
            else:
                yield from (Part(field.html_name, str(field.label), (field,)) for field in form)

    def _behind(self, posted: Posted, base: Values, now: Values) -> Posted:
        """Put together what was typed on an older version and what is saved now."""
        typed, data = _sent(posted, now), posted.copy()
        for part in self.parts:
            mine, theirs, before = part.among(typed), part.among(now), part.among(base)
            if mine == theirs or theirs == before:
                continue
            if mine == before:
                _put(data, part, now)
                self.taken.append(part.label)
            else:
                self.clashes.append(Clash(part, part.in_words(typed), part.in_words(now)))
        return data

    def _answered(self, posted: Posted, base: Values) -> Posted:
        """Follow the choices that were made; what was asked and not chosen is asked again."""
        data, typed = posted.copy(), _sent(posted, {field.html_name for form in self.saved for field in form})
        for part in self.parts:
            asked, choice = f"{CHOICE}{part.key}-asked" in posted, posted.get(f"{CHOICE}{part.key}", "")
            if choice == THEIRS:
                _put(data, part, base)
            elif asked and choice != MINE:
                self.clashes.append(Clash(part, part.in_words(typed), part.in_words(base)))
        return data


def _shown(field: BoundField) -> list[str]:
    """What a browser would send if nobody touched the control."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return ["on"] if value else []
    shown = field.field.widget.format_value(value)
    return _plain(shown if isinstance(shown, list | tuple) else [shown])


def _sent(posted: Posted, names: Any) -> Values:
    return {name: _plain(posted.getlist(name)) for name in names}


def _plain(values: Sequence[Any]) -> list[str]:
    """Line ends as they are kept, and nothing for what is empty."""
    texts = [str(value).replace("\r\n", "\n").strip() for value in values if value is not None]
    return sorted(text for text in texts if text)


def _put(data: Posted, part: Part, values: Values) -> None:
    for field in part.fields:
        data.setlist(field.html_name, values.get(field.html_name, []))


def _words(field: BoundField, values: list[str]) -> str:
    labels = {str(value): str(label) for value, label in _choices(field.field)}
    if isinstance(field.field, forms.BooleanField):
        return _("có") if values else _("không")
    label_of = getattr(field.field.widget, "label_of", None)
    return ", ".join(labels.get(value) or (label_of(value) if label_of else None) or value for value in values)


def _choices(field: forms.Field) -> Iterator[tuple[Any, Any]]:
    for value, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _read(text: str) -> dict[str, list[str]]:
    """The base as it comes back; what is no base is as if the page had shown nothing, so that everything is asked."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):  # thousands of brackets, one in another
        return {}
    if not isinstance(read, dict):
        return {}
    sound = {name: value for name, value in read.items() if isinstance(value, list)}
    return {name: _plain([one for one in value if isinstance(one, str)]) for name, value in sound.items()}
