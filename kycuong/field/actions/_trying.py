"""One step of bringing a record to its log: done, or undone with the sentence that says why, and never in the way of the next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from django.db import InterfaceError, OperationalError, transaction

from kycuong.core.problems import BadInput, Problem, RuleBroken, StepUpNeeded
from kycuong.field.models import FieldOp
from kycuong.field.rules import Status, Why
from kycuong.inspections.models import Visit

SENTENCE = 500


class Waits(Problem):
    """Not an error: something that belongs to it has not come yet."""

    code = "waits"


def attempt(visit: Visit, step: Callable[[], object]) -> Problem | None:
    """What stood in the way, or None. A fault of ours is logged; the op is kept, and nothing else is held up."""
    problem = _tried(step)
    if problem is not None:
        visit.refresh_from_db()  # what the step had written into it is undone
    return problem


def _tried(step: Callable[[], object]) -> Problem | None:
    try:
        with transaction.atomic():
            step()
    except StepUpNeeded:
        raise  # a question to whoever presses, no verdict on the op: nothing is written until it is answered
    except Problem as problem:
        return problem
    except (OperationalError, InterfaceError):
        raise  # the machine, not the op: the phone sends it all again
    except Exception:
        logging.getLogger(__name__).exception("an op could not be brought to the record")
        return RuleBroken(
            "Hệ thống gặp lỗi khi đưa thay đổi này vào hồ sơ. Thay đổi đã được giữ; hãy báo quản trị hệ thống.",
            en="The system failed to bring this change to the record. It is kept; tell the administrator.",
        )
    return None


def mark(op: FieldOp, problem: Problem | None, *, unfinished: bool = False) -> None:
    """Note on the op what the record made of it. `unfinished`: what is typed may still be on its way to something sound."""
    if problem is None:
        _note(op, Status.APPLIED, "", ("", ""))
        return
    waits = isinstance(problem, Waits) or (unfinished and isinstance(problem, BadInput | RuleBroken))
    _note(op, *((Status.WAITING, "") if waits else (Status.SET_ASIDE, Why.REFUSED)), (problem.vi, problem.en))


def mark_applied(ops: Sequence[FieldOp]) -> None:
    """Note on all of them at once that the record has taken them over."""
    changed = [op for op in ops if (op.status, op.why, op.problem_vi, op.problem_en) != (Status.APPLIED, "", "", "")]
    if changed:
        taken = {"status": Status.APPLIED, "why": "", "problem_vi": "", "problem_en": ""}
        FieldOp.objects.filter(pk__in=[op.pk for op in changed]).update(**taken)
        for op in changed:
            op.status, op.why, op.problem_vi, op.problem_en = Status.APPLIED, "", "", ""


def told_aside(op: FieldOp, why: str, sentence: tuple[str, str]) -> None:
    """Set an op aside for a reason of the log itself."""
    _note(op, Status.SET_ASIDE, why, sentence)


def _note(op: FieldOp, status: str, why: str, sentence: tuple[str, str]) -> None:
    before = (op.status, op.why, op.problem_vi, op.problem_en)
    op.status, op.why, (op.problem_vi, op.problem_en) = status, why, (part[:SENTENCE] for part in sentence)
    if before != (op.status, op.why, op.problem_vi, op.problem_en):
        op.save(update_fields=["status", "why", "problem_vi", "problem_en"])
