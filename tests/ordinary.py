"""Beside PostgreSQL tests make and unmake tables as its superuser, whom no curtain holds; what the product is asked, it is asked as an
account without that power."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

ROLE = "kycuong_ordinary"
MADE = f"""DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} IN ROLE CURRENT_USER; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$"""


def make_role() -> None:
    """Once a run: members of a superuser's role own what it owns, and are no superusers."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(MADE)


@contextmanager
def ordinary() -> Iterator[None]:
    """Inside, the connection has the rights of the tables' owner and no more. Said beside Django: nobody counts these statements."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    connection.connection.execute(f"SET ROLE {ROLE}")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            connection.connection.execute("RESET ROLE")


class Ordinary:
    """The outermost middleware of the tests."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        with ordinary():
            return self.get_response(request)
