"""A receiver that the installation lists, and a clock that somebody sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clocks import Jumping
from tests.connect.receiver import Receiver, receiver


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    with receiver() as found:
        settings.WEBHOOK_HOSTS = frozenset({("127.0.0.1", found.port)})
        yield found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)
