"""Reads many uploaded files: small ones share a confined process, two processes work side by side, and one bad file harms no other."""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from kycuong.core.problems import BadInput

from .cells import Workbook
from .child import MANY
from .preflight import BROKEN, inspect_upload
from .reader import decoded, from_answer, from_csv, named, read_workbook, run_child, understood

FILES, BYTES = 75, 3 * 1024 * 1024
"""So much shares one process: starting it costs more than parsing many small sheets, and its limits hold for all together."""
ENDINGS = 4
"""So often do files of a batch end its process before the rest are asked one by one."""
SIDE_BY_SIDE = 2

Found = Workbook | BadInput
PARSED = ("xlsx", "xls", "ods")


@dataclass(frozen=True)
class Sent:
    """A file as it was sent."""

    data: bytes
    filename: str


def read_workbooks(files: Iterable[Sent]) -> Iterator[tuple[Sent, Found]]:
    """Each file with its sheets, or with why it cannot be used, in the order given. Few files are in memory at a time."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        running: deque[tuple[list[Sent], Future[list[Any]]]] = deque()
        for batch in _batches(files):
            running.append((batch, pool.submit(_answers, batch)))
            if len(running) > SIDE_BY_SIDE:
                yield from _finished(*running.popleft())
        while running:
            yield from _finished(*running.popleft())


def _batches(files: Iterable[Sent]) -> Iterator[list[Sent]]:
    batch: list[Sent] = []
    for file in files:
        if batch and (len(batch) == FILES or sum(len(one.data) for one in batch) + len(file.data) > BYTES):
            yield batch
            batch = []
        batch.append(file)
    if batch:
        yield batch


def _answers(batch: list[Sent]) -> list[Any]:
    """For each file what the process said; a BadInput; or None for what must be asked one by one."""
    kinds = [_kind(file) for file in batch]
    found: list[Any] = [None if kind in PARSED else kind for kind in kinds]
    places = [place for place, kind in enumerate(kinds) if kind in PARSED]
    for _ending in range(ENDINGS):
        lines = _lines([(kinds[place], batch[place].data) for place in places]) if places else []
        for place, line in zip(places, lines, strict=False):
            found[place] = line
        places = places[len(lines) + 1 :]  # the one at which it ended is asked by itself
    return found


def _lines(asked: list[tuple[str, bytes]]) -> list[bytes]:
    """What one process says of files, up to the first that ends it."""
    head = json.dumps([[kind, len(data)] for kind, data in asked]).encode() + b"\n"
    _code, answer = run_child(MANY, head + b"".join(data for _kind, data in asked))
    # Only whole lines count: whatever ended the process, the file at which it ended has none.
    return answer.split(b"\n")[:-1]


def _kind(file: Sent) -> Any:
    try:
        return inspect_upload(file.data)
    except BadInput as problem:
        return named(file.filename, problem)


def _finished(batch: list[Sent], answers: Future[list[Any]]) -> Iterator[tuple[Sent, Found]]:
    for file, answer in zip(batch, answers.result(), strict=True):
        yield file, _found(file, answer)


def _found(file: Sent, answer: Any) -> Found:
    if isinstance(answer, BadInput):
        return answer
    try:
        if answer is None:
            return read_workbook(file.data, file.filename)
        try:
            book = from_csv(file.data, file.filename) if answer == "csv" else from_answer(understood(0, answer))
        except BadInput as problem:
            return named(file.filename, problem)
        return decoded(book, file.filename)
    except BadInput as problem:
        return problem
    except Exception:
        logging.getLogger(__name__).exception("a file could not be understood")
        return named(file.filename, BadInput(BROKEN[0], en=BROKEN[1]))
