"""A file that is damaged, disguised or built to hurt is told so, in seconds; whoever sends it brings nothing down."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.budget import long_run
from tests.desk import Desk
from tests.gathering.forms_sent import gathering_of
from tests.trust.corpus import Bad, bombs, corpus, sound

FILES = 5_000 if long_run() else 65
SECONDS = 5
DOORS = {
    "inspections": ("xlsx", "xls", "csv", "zip"),
    "units": ("xlsx", "csv"),
    "people": ("xlsx", "xls", "csv", "zip"),
    "checklist": ("xlsx", "docx"),
    "gathering": ("xlsx", "xls", "csv", "zip", "docx", "pdf"),
    "evidence": ("jpg", "png", "webp", "pdf", "heic", "zip", "csv"),
    "check": ("docx", "pdf", "zip"),
    "template": ("form.docx", "docx", "xlsx"),
}
"""Which kinds of files knock at which door in turn: the ending decides, and whatever else comes to the first one."""


@pytest.mark.look
def test_no_file_brings_anything_down(desk: Desk) -> None:
    doors, answers, slowest, faults = Doors(desk), Counter[int](), 0.0, []
    for number, bad in enumerate(corpus(FILES)):
        door = doors.for_file(bad, number)
        began = busy()
        answer = doors.knock(door, bad)
        took = busy() - began
        answers[answer.status_code] += 1
        slowest = max(slowest, took)
        if answer.status_code >= 500 or took > SECONDS:
            faults.append(f"{bad.made} at {door}: {answer.status_code} after {took:.1f} s")
    print(f"{answers.total()} files: {sorted(answers.items())}, the slowest {slowest:.1f} s")
    assert not faults, "\n".join(faults)
    assert answers[422] > answers.total() / 3, "most are refused"


def test_the_corpus_is_the_same_each_time_and_of_every_kind() -> None:
    first, second = ({bad.made: bad.data for bad in corpus(90)} for _each in range(2))
    assert first == second
    assert len(first) == 90 + len(list(bombs()))
    for kind, data in sound().items():
        mine = [bad for made, bad in first.items() if f" {kind} as " in made]
        assert len(mine) >= 5
        assert any(bad != data for bad in mine)


def busy() -> float:
    """Seconds of a processor, of this process and of those that it started: whatever else the machine does."""
    return sum(os.times()[:4])


class Doors:
    """Every place that takes a file, with somebody who may send one there."""

    def __init__(self, desk: Desk) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(desk.people["aggregator"])
        self.admin = Client(raise_request_exception=False)
        self.admin.force_login(desk.people["system_admin"])
        visit, lead = desk.visit(), desk.units["department"].slug
        self.addresses = {
            "inspections": reverse("inspections:import"),
            "units": "/units/import/",
            "people": "/people/import/",
            "checklist": "/checklists/import/",
            "gathering": f"/declared/{gathering_of(desk, scope='province').uid}/",
            "evidence": f"/visits/{visit.uid}/files/",
            "check": "/papers/check/",
            "template": f"/papers/units/{lead}/templates/minutes/",
        }

    def for_file(self, bad: Bad, number: int) -> str:
        fitting = [door for door, endings in DOORS.items() if bad.name.partition(".")[2] in endings]
        return (fitting or list(DOORS))[number % len(fitting or DOORS)]

    def knock(self, door: str, bad: Bad) -> object:
        field = "sent" if door == "gathering" else "file"
        given = {field: SimpleUploadedFile(bad.name, bad.data), "sheet": "", "version": "1", "on": "", "title": "Mẫu"}
        client = self.admin if door == "people" else self.client
        return client.post(self.addresses[door], given)
