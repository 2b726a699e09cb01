"""What the document of the API promises is what every operation answers: generated bodies and parameters, sound and unsound.

Every operation is asked by several people about real things of their own side, of a foreign side, and about nothing. What
an example writes is taken back, so that each one finds the things in their state.
"""

from __future__ import annotations

import json
import logging
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Annotated, Any, get_args

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from ninja import Schema
from pydantic import TypeAdapter, ValidationError
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test

from kycuong.site.api import api
from kycuong.site.handler import Handler
from tests.asking import values_of
from tests.bodies import BODIES
from tests.budget import few, long_run
from tests.desk import Desk
from tests.matrix import TABLE, Line, read
from tests.sides import Back, Sides

DOCUMENT = "/api/v1/openapi.json"
WHO = ("aggregator", "unit_head", "team_head", "records_clerk", "nobody")
LINES = read(TABLE)
EXAMPLES = 200 if long_run() else 2
PHASES = [HypothesisTestMode.FUZZING, *([HypothesisTestMode.COVERAGE] if long_run() else [])]
ELSEWHERE = {
    "positive_data_acceptance": "a sound body may break a rule of the office: it is refused with the reason",
    "use_after_free": "nothing is ever deleted at an address",
    "ensure_resource_availability": "what an example makes is taken back",
    "ignored_auth": "tests/test_matrix.py asks every address without a session",
    "object_level_authorization": "tests/test_matrix.py asks every address about foreign things",
    "unsupported_method": "tests/test_matrix.py asks every address by another method",
}
load_all_checks()
LEFT_OUT = CHECKS.get_by_names(list(ELSEWHERE))


@contextmanager
def one_connection() -> Iterator[None]:
    """A server gives its connection back after each request; the transaction of a test lives in this one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.look
@pytest.mark.parametrize("who", few(WHO))
def test_every_operation_answers_as_documented(desk: Desk, sides: Sides, who: str) -> None:
    faults, person = [], Asking(desk, sides, who)
    logging.disable(logging.CRITICAL)
    with one_connection():
        schema = schemathesis.openapi.from_wsgi(DOCUMENT, closing)
        operations = [found.ok() for found in schema.get_all_operations()]
    for done, operation in enumerate(operations, 1):
        person.sign_in()
        with one_connection():
            faults += asked(person, operation, config(schema))
        if long_run():
            sys.stderr.write(f"\r{who}: {done} of {len(operations)} operations, {len(faults)} faults")
    logging.disable(logging.NOTSET)
    answers = person.answers
    print(f"{who}: {len(operations)} operations, {answers.total()} requests: {sorted(answers.items())}")
    assert not faults, "\n".join(faults)
    assert answers.total() >= EXAMPLES * len(operations) * 0.7, "few parameters have few values"
    assert answers[401] == 0, "the session was over: nothing was asked any more"
    assert answers[200] + answers[201] > answers.total() / 20 or who == "nobody", "sound questions are among them"


def test_two_schemas_share_no_name() -> None:
    """In the document the second of a name would silently stand for both."""
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(api.get_openapi_schema())))
    found: dict[str, list[dict[str, Any]]] = {}
    for one in every(Schema):
        if one.__module__.startswith("kycuong.") and one.__name__ in named:
            found.setdefault(one.__name__, []).append(one.json_schema())
    assert len(found) > 100
    assert [name for name, shapes in found.items() if any(shape != shapes[0] for shape in shapes)] == []


NO_TIMES = ("0", "86400", 0, 1.0e5, "2019-1-5", "2019-01-05 08:30 +7")


def test_a_number_is_no_day_no_hour_and_no_moment() -> None:
    """It would be counted on a day that nobody meant: «0» as 1 January 1970."""
    fields = [
        (f"{one.__qualname__}.{name}", TypeAdapter(Annotated[field.annotation, "", *field.metadata]))
        for one in [*every(Schema), *parameters()]
        for name, field in one.model_fields.items()
        if of_time(field.annotation)
    ]
    assert len(fields) > 100
    assert [(name, wrong) for name, taken in fields for wrong in NO_TIMES if takes(taken, wrong)] == []


def of_time(annotation: Any) -> bool:
    """Whether it is a day, an hour or a moment, or may be one."""
    return annotation in (date, time, datetime) or any(of_time(part) for part in get_args(annotation))


def takes(taken: TypeAdapter[Any], given: object) -> bool:
    try:
        taken.validate_python(given)
    except ValidationError:
        return False
    return True


def parameters() -> Iterator[type[Any]]:
    """What each operation takes beside its body."""
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                yield from operation.models


def every(kind: type) -> Iterator[type[Schema]]:
    for one in kind.__subclasses__():
        yield one
        yield from every(one)


def asked(person: Asking, operation: Any, how: HypothesisTestConfig) -> Iterator[str]:
    try:
        create_test(operation=operation, test_func=person.ask, config=how)()
    except (Exception, BaseExceptionGroup) as fault:  # all of them are told at once
        for one in getattr(fault, "exceptions", [fault]):
            yield f"{person.who} {operation.label}: {type(one).__name__}: {one}"


def closing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """As a server does: what is sent is read to its end, then closed."""
    response = Handler()(environ, start_response)
    try:
        return list(response)
    finally:
        response.close()


def config(schema: Any) -> HypothesisTestConfig:
    quick = hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=not long_run(),
        suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )  # fmt: skip
    return HypothesisTestConfig(project=schema.config, modes=PHASES, settings=quick)


class Asking:
    """One person with a session, who asks about things that are there, about others' and about nothing."""

    def __init__(self, desk: Desk, sides: Sides, who: str) -> None:
        self.person, self.who, self.sides = desk.people[who], who, sides
        self.answers, self.chance = Counter[int](), random.Random(who)

    def sign_in(self) -> None:
        """Anew for each operation: what a request does is taken back, the sign that somebody is at work, too, so a session would end."""
        client = Client()
        client.force_login(self.person)
        client.get("/sign-in/")
        client.get("/password/")  # a form: it brings the token
        token = client.cookies[settings.CSRF_COOKIE_NAME].value
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token}
        self.headers = {"X-CSRFToken": token, "Accept-Encoding": "identity"}  # whoever asks here unpacks nothing

    def ask(self, case: Any) -> None:
        for name in [name for name in case.headers or {} if name.lower() == "authorization"]:
            del case.headers[name]  # a made-up key would be asked instead of the session
        left_out = [*LEFT_OUT, *([] if self.aim(case) else CHECKS.get_by_names(["negative_data_rejection"]))]
        try:
            with transaction.atomic():
                response = case.call(headers=self.headers, cookies=self.cookies)
                raise Back
        except Back:
            self.answers[response.status_code] += 1
        case.validate_response(response, excluded_checks=left_out)

    def aim(self, case: Any) -> bool:
        """Three times out of four at a thing that is there, and with a body that is nearly sound. Whether what is unsound stayed."""
        line = LINES.get((case.method.upper(), case.operation.full_path.replace("{", "<").replace("}", ">")))
        if line is None or self.chance.random() < 0.25:
            return True
        thing = self.sides["own" if self.chance.random() < 0.8 else "foreign"]
        values = values_of(line, thing)
        case.path_parameters = {name: values.get(name, given) for name, given in (case.path_parameters or {}).items()}
        unsound = {str(place) for place, told in case.meta.components.items() if told.mode.is_negative}
        return not self.fill(case, line, thing) and unsound <= {"body", "query"}

    def fill(self, case: Any, line: Line, thing: dict[str, str]) -> bool:
        """Whether the body is now partly a sound one."""
        if line.address in BODIES and isinstance(case.body, dict) and self.chance.random() < 0.7:
            kept = {name: given for name, given in case.body.items() if self.chance.random() < 0.4}
            case.body = {**BODIES[line.address](thing), **kept}
            return True
        return False
