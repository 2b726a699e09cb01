"""Measurements, the log of requests and security.txt: useful to whoever watches, silent about people and records."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from kycuong.core.lines import Json, Line, without_values
from tests.desk import Desk

SignIn = Callable[[Any], Client]


@pytest.mark.django_db
def test_measurements_are_for_whoever_has_the_token(settings: Any) -> None:
    client = Client()
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a token"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer a token"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'kycuong_age_seconds{what="backup"}' in text
    assert "kycuong_disk_free_bytes" in text


@pytest.mark.django_db
def test_requests_are_counted_by_part_and_never_by_address(
    desk: Desk, settings: Any, as_person: SignIn, tmp_path: Any
) -> None:
    from prometheus_client import REGISTRY  # noqa: PLC0415 - of this process

    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:1], "kycuong.upkeep.measuring.Measured", *settings.MIDDLEWARE[1:]]
    labels = {"part": "orgs", "method": "GET", "status": "2xx"}
    before = REGISTRY.get_sample_value("kycuong_requests_total", labels) or 0
    as_person(desk.people["system_admin"]).get("/units/", {"q": "Bí Mật"})
    assert REGISTRY.get_sample_value("kycuong_requests_total", labels) == before + 1
    Client().get("/no-such-page/Bi-Mat")
    said = [str(sample.labels) for metric in REGISTRY.collect() for sample in metric.samples]
    assert not [one for one in said if "Mat" in one or "Mật" in one]


@pytest.mark.django_db
def test_a_request_is_one_line_without_address_words_or_name(desk: Desk, as_person: SignIn) -> None:
    out, log = io.StringIO(), logging.getLogger("kycuong.access")
    handler = logging.StreamHandler(out)
    handler.setFormatter(Json())
    log.addHandler(handler)
    usual = log.level
    log.setLevel(logging.INFO)
    try:
        as_person(desk.people["system_admin"]).get("/people/", {"q": "Nguyễn"})
    finally:
        log.removeHandler(handler)
        log.setLevel(usual)
    told = json.loads(out.getvalue())
    assert (told["method"], told["status"], told["person"]) == ("GET", 200, str(desk.people["system_admin"].uid))
    assert told["route"] == "people/"
    for secret in ("Nguyễn", "Nguy", desk.people["system_admin"].username, desk.people["system_admin"].full_name):
        assert secret not in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_what_a_database_says_of_a_row_does_not_reach_the_log(desk: Desk) -> None:
    """PostgreSQL puts the values of the refused row into its sentence."""
    secret = "nguyen.van.kin"
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO orgs_person (username) VALUES (%s)", [secret])
    except IntegrityError:
        record = logging.makeLogRecord({"msg": "fault", "exc_info": __import__("sys").exc_info(), "request_id": "-"})
    for formatter in (Line(), Json()):
        text = formatter.format(record)
        assert "IntegrityError" in text
        assert "test_measuring.py" in text
        assert secret not in text


def test_what_a_database_adds_over_several_lines_is_cut_to_the_end() -> None:
    said = "duplicate key value\nDETAIL:  Failing row contains (1, dòng một\nNguyễn đã nhận tiền, 3)."
    assert without_values(said) == "duplicate key value"
    record = logging.makeLogRecord({"msg": "busy: %s", "args": (said,), "request_id": "-"})
    for formatter in (Line(), Json()):
        assert "Nguyễn" not in formatter.format(record)


@pytest.mark.django_db
def test_a_weakness_can_be_told_to_somebody(settings: Any) -> None:
    client = Client()
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT, settings.BASE_URL = "mailto:antoan@langson.example", "https://kycuong.langson.example"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:antoan@langson.example\n" in text
    assert "Canonical: https://kycuong.langson.example/.well-known/security.txt\n" in text
    assert "Expires: 20" in text
