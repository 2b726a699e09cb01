"""Carries out a sheet of people that was read and found right: by the acts of the page, in one transaction, with their rights."""

from __future__ import annotations

from dataclasses import dataclass, field

from kycuong.audit.log import act
from kycuong.core.problems import BadInput, RuleBroken, Stale
from kycuong.orgs import actions
from kycuong.orgs.models import Person
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview

from .known import state_of
from .lines import Change, Close, Create, End, Grant, Plan, Step


@dataclass
class Done:
    """What was done, in sentences; and each new account with its temporary password, told here and never again."""

    sentences: list[Sentence] = field(default_factory=list)
    told: list[tuple[Person, str]] = field(default_factory=list)


@act
def carry_out(preview: Preview, *, by: Person | None) -> Done:
    """Do what the preview says, all or nothing; refused when anything that it rests on has changed since."""
    preview.ensure_ready()
    plan: Plan = preview.plan
    names = {line.username for line in plan.lines}
    if state_of(names, by=by) != plan.state:
        raise Stale(
            "Tài khoản hoặc tổ chức đã thay đổi sau khi tệp được xem trước. Chưa làm gì; hãy xem trước lại.",
            en="Accounts or units changed after the file was previewed. Nothing was done; preview it again.",
        )
    done = Done()
    made: dict[str, Person] = {}
    steps = plan.steps
    for step in steps:
        try:
            _take(step, made, done, by=by)
        except (BadInput, RuleBroken) as problem:
            number = step.line.row.number
            raise type(problem)(f"Dòng {number}: {problem.vi}", en=f"Row {number}: {problem.en}") from None
    given, ended = (sum(isinstance(step, kind) for step in steps) for kind in (Grant, End))
    changed, closed = (sum(isinstance(step, kind) for step in steps) for kind in (Change, Close))
    done.sentences.append(
        Sentence(
            f"Đã lập {len(done.told)} tài khoản, đổi {changed}, ngừng {closed}; cấp {given} vai trò, kết thúc {ended}.",
            f"Opened {len(done.told)} accounts, changed {changed}, closed {closed}; gave {given} roles, ended {ended}.",
        )
    )
    return done


def apply(preview: Preview, *, by: Person | None) -> list[Sentence]:
    """The same for the command line, which prints each temporary password once."""
    done = carry_out(preview, by=by)
    told = [
        Sentence(f"{person.username}: mật khẩu tạm {password}", f"temporary password {password}")
        for person, password in done.told
    ]
    return [*done.sentences, *told]


def _take(step: Step, made: dict[str, Person], done: Done, *, by: Person | None) -> None:
    match step:
        case Create():
            person, told = actions.create_account(by=by, at=step.at, username=step.username, **step.words)
            made[step.username] = person
            done.told.append((person, told))
        case Change():
            actions.change_account(step.person, by=by, **step.words)
        case Close():
            actions.deactivate_account(step.person, by=by)
        case End():
            actions.end_role(step.assignment, by=by, on=step.on)
        case Grant():
            person = made.get(step.username) or Person.objects.get(username=step.username)
            actions.grant_role(person, by=by, role=step.role, unit=step.unit, valid_from=step.first, valid_to=step.end)
