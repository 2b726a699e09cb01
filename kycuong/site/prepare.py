"""Everything before the first page: tables, static files, the demonstration. What is already done is not done again."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import connection

from kycuong.audit.models import AuditEntry
from kycuong.audit.queries import log_keys
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken
from kycuong.deadlines.actions import fill_year
from kycuong.deadlines.queries import years_without_days
from kycuong.followup.actions import install_measure_kinds, install_standard_wordings
from kycuong.followup.models import MeasureKind
from kycuong.inspections.actions.upgrading import seal_old_drafts
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Unit

from .database import explanation
from .opening import ensure_not_later
from .tables import Say, upgrade_tables

UNUSED = ["django_htmx/ext/*"]
"""Static files of packages that no page loads; these import a name that only an import map would resolve."""


def prepare(say: Say) -> None:
    """Make the system ready to answer, telling in a line what takes time."""
    say(explanation(connection.vendor))
    check_settings()
    migrate(say)
    seal_drafts(say)
    collect_static(say)
    load_demonstration(say)
    install_wordings(say)
    fill_days_off(say)
    fill_measure_kinds(say)
    connection.close()


def check_settings() -> None:
    """Django's own checks, and the key of the log; a serious finding stops the start."""
    serious = [str(finding) for finding in checks.run_checks() if finding.is_serious()]
    if serious:
        raise RuleBroken("Cấu hình chưa dùng được: " + "; ".join(serious), en="These settings cannot work, see above.")
    try:
        log_keys()
    except ValueError:
        raise RuleBroken(
            "KYCUONG_CHECKPOINT_KEY không đọc được. Hãy đặt khóa đúng như đã tạo (tên+mã+dữ liệu, nhiều khóa cách nhau bằng dấu cách), "
            "hoặc bỏ trống để dùng tệp checkpoint-key trong KYCUONG_HOME.",
            en="KYCUONG_CHECKPOINT_KEY cannot be read. Give the key as it was made (name+hash+data, several by blanks), or leave it "
            "unset for the file checkpoint-key in KYCUONG_HOME.",
        ) from None


def migrate(say: Say) -> None:
    """Bring the tables to this version; refuse where they are of a later one."""
    ensure_not_later()
    upgrade_tables(say)


def seal_drafts(say: Say) -> None:
    """Sealed drafts of a version that kept them in plain go under the seal."""
    with at_the_machine():
        if count := seal_old_drafts(by=None):
            say(f"Đã niêm phong lại {count} cuộc kiểm tra. / Sealed {count} inspections anew.")


def collect_static(say: Say) -> None:
    """Copy, hash and compress the static files when one of them changed since the last time."""
    stamp, state = settings.STATIC_ROOT / ".stamp", static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    say("Chuẩn bị tệp tĩnh … / Preparing static files …")
    call_command("collectstatic", interactive=False, clear=True, ignore_patterns=UNUSED, verbosity=0)
    stamp.write_text(state)


def static_state() -> str:
    """A digest of names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()


def load_demonstration(say: Say) -> None:
    if settings.DEMO and not Unit.objects.exists():
        say("Nạp tỉnh minh họa (một lần) … / Loading the demonstration province (once) …")
        call_command("load", "demo")


def install_wordings(say: Say) -> None:
    """The standard wordings of recommendations, once: what an office takes away later stays away."""
    if AuditEntry.objects.filter(model="followup.StandardWording").exists():
        return
    with at_the_machine():
        count = len(install_standard_wordings(by=None))
    say(f"Đã đặt {count} câu kiến nghị mẫu, chờ rà soát. / Installed {count} standard wordings, to be reviewed.")


def fill_days_off(say: Say) -> None:
    """The calendar of this year and the next, as far as nothing is there. Somebody then confirms it."""
    year = today().year
    with at_the_machine():
        for one in years_without_days(year, year + 1):
            fill_year(one, by=None)
            say(
                f"Đã điền lịch nghỉ năm {one}, chờ xác nhận. / Filled the days off of {one}; somebody has to confirm them."
            )


def fill_measure_kinds(say: Say) -> None:
    """The measures that the law knows, where nobody has written any yet. Somebody then reviews them."""
    if not MeasureKind.objects.exists():
        with at_the_machine():
            count = install_measure_kinds(by=None)
        say(
            f"Đã điền {count} hình thức xử lý, chờ rà soát. / Filled in {count} kinds of measures; somebody has to review them."
        )
