"""`kycuong audit verify`: one line a fault, exit code 1; silence and 0 when all is sound."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from kycuong.audit.log import record
from kycuong.catalog.models import LegalBasis
from kycuong.core.problems import BadInput

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def run(*arguments: str, stderr: Any = None) -> tuple[int, str, str]:
    stdout, stderr = StringIO(), stderr or StringIO()
    try:
        call_command("audit", *arguments, stdout=stdout, stderr=stderr, no_color=True)
    except SystemExit as end:
        return int(end.code or 0), stdout.getvalue(), stderr.getvalue()
    return 0, stdout.getvalue(), stderr.getvalue()


def test_sound_log_says_so_on_standard_error(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    code, out, err = run("verify")
    assert (code, out) == (0, "")
    assert "Sound: 1 entries (0 erased), 1 rows and 0 checkpoints agree" in err


def test_each_fault_is_one_line(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    LegalBasis.objects.update(title="khác")
    LegalBasis.objects.create(number="lén", title="lén")
    code, out, err = run("verify")
    assert code == 1
    assert len(out.splitlines()) == 2
    assert "(title): khác với lần ghi cuối trong nhật ký / differs from its last entry" in out
    assert "2 faults" in err


def test_person_sees_a_bar_that_fills(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    code, _, err = run("verify", stderr=Terminal())
    assert code == 0
    assert f"[{'█' * 40}] 2/2" in err


def test_unknown_job_is_refused() -> None:
    with pytest.raises(BadInput, match="verify"):
        run("mend")
