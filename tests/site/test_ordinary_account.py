"""Beside PostgreSQL the guide asks for an account that owns its database and has no other power: with it the tables can be made."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.postgres import cluster

ROLE = "kycuong_thuong"


def owned_by_an_ordinary_account(url: str) -> str:
    """The address of a new empty database of a new account."""
    password = secrets.token_hex(16)
    with psycopg.connect(url, autocommit=True) as server:
        name = sql.Identifier(ROLE)
        server.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER PASSWORD {}").format(name, sql.Literal(password)))
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))
    parts = urlsplit(url)
    return parts._replace(netloc=f"{ROLE}:{password}@{parts.hostname}:{parts.port}", path=f"/{ROLE}").geturl()


def test_an_ordinary_account_makes_the_tables(tmp_path: Path) -> None:
    with cluster(durable=False) as url:
        address = owned_by_an_ordinary_account(url)
        environment = {**os.environ, "KYCUONG_DATABASE_URL": address, "KYCUONG_HOME": str(tmp_path)}
        environment["DJANGO_SETTINGS_MODULE"] = "kycuong.site.settings"
        command = [sys.executable, "-m", "kycuong", "prepare", "--tables"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        with psycopg.connect(address) as made:
            power = made.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
            assert power == (False, False)
            walls = made.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'audit_entry_wall'").fetchone()
            assert walls == (1,)
