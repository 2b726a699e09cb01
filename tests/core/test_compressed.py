"""Words travel small, files as they are."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client, RequestFactory

from kycuong.core.middleware import Compressed

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
LONG = "Kiểm tra kỷ luật, kỷ cương hành chính. " * 50


def sent(response: HttpResponseBase) -> HttpResponseBase:
    return Compressed(lambda request: response)(RequestFactory(headers=GZIP).get("/"))


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "application/problem+json"])
def test_words_are_made_small(kind: str) -> None:
    answer = sent(HttpResponse(LONG, content_type=kind))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert isinstance(answer, HttpResponse)
    assert gzip.decompress(answer.content).decode() == LONG
    assert len(answer.content) < len(LONG.encode()) / 5


@pytest.mark.parametrize(
    "response",
    [HttpResponse(LONG, content_type="image/jpeg"), StreamingHttpResponse([LONG], content_type="text/html")],
    ids=["picture", "stream"],
)
def test_files_and_streams_stay_as_they_are(response: HttpResponseBase) -> None:
    assert "Content-Encoding" not in sent(response).headers


def test_the_same_words_are_of_no_certain_length() -> None:
    """So that the length of a page betrays nothing of what stands in it: up to a hundred bytes more, at random, on the very same bytes."""
    lengths = []
    for _each in range(60):
        answer = sent(HttpResponse(LONG, content_type="text/html"))
        assert isinstance(answer, HttpResponse)
        lengths.append(len(answer.content))
    assert max(lengths) - min(lengths) > 40


@pytest.mark.django_db
def test_a_page_comes_small() -> None:
    client = Client(headers=GZIP)
    answers = [client.get("/sign-in/") for _each in range(2)]
    assert {one.headers.get("Content-Encoding") for one in answers} == {"gzip"}
    assert "Đăng nhập" in gzip.decompress(answers[0].content).decode()
