"""LibreOffice, which knows nothing of us, opens every kind of paper and reads the words that we wrote."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from kycuong.core.clock import today
from kycuong.letterheads.documents import built
from kycuong.letterheads.rules import OTHERS, Paper
from kycuong.papers.model import Document
from kycuong.papers.starting import starting_file
from kycuong.papers.word import word_file
from kycuong.plans.actions import issue_plan
from kycuong.plans.models import InspectionPlan
from kycuong.reports.documents import document_of
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.periods import parse_period
from tests.clocks import it_is
from tests.desk import Desk
from tests.followup.test_remedies import LATER
from tests.papers.samples import ALL, words_of_pdf, words_of_word
from tests.papers.test_own import fill

from .test_papers import uids  # noqa: F401 - the fixture

SECONDS = 120


def converted(place: Path) -> None:
    """All Word files of the folder as PDF: one process, with a profile of its own (two at once on one profile, and one fails)."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed: apt-get install libreoffice-writer-nogui"
    command = [office, f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "pdf"]
    files = [str(file) for file in sorted(place.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(place), *files], check=True, capture_output=True, timeout=SECONDS)


def differing(pdf: bytes, word: bytes, reader: str) -> list[str]:
    """Words that stand in one of the two alone. Between two cells LibreOffice may write no blank: letters decide then."""
    printed, written = words_of_pdf(pdf, reader=reader), words_of_word(word)
    more, less = printed - written, written - printed
    glued = sorted("".join(more.elements())) == sorted("".join(less.elements()))
    return [] if glued else [*more, *less]


@pytest.mark.look
def test_libreoffice_opens_every_kind_and_reads_the_same_words(
    desk: Desk,
    uids: dict[str, UUID],  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    by, unit = desk.people["aggregator"], desk.units["province"]
    issue_plan(InspectionPlan.objects.get(uid=uids["plan"]), by=by, issued_on=today())
    it_is(monkeypatch, LATER)  # so that there is something to urge
    papers: dict[str, Document] = {kind: built(kind, uid, by=by) for kind, uid in uids.items()}
    papers |= {f"written-{name}": make() for name, make in ALL.items()}
    own = dict(papers)  # in an office's own Word file, as it is when it begins with the standard form
    papers["summary"] = document_of(summary_for(unit, parse_period(str(today().year)), person=None))
    words = {name: word_file(document) for name, document in papers.items()}
    words |= {f"own-{name}": fill(starting_file(document), document) for name, document in own.items()}
    for name, data in words.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    converted(tmp_path)
    unlike = {
        name: found
        for name, data in words.items()
        if (found := differing((tmp_path / f"{name}.pdf").read_bytes(), data, papers[name.removeprefix("own-")].reader))
    }
    assert not unlike
    assert {*Paper.values, *OTHERS} <= {*words}
