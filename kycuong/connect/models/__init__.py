"""What other programs are told by themselves."""

from __future__ import annotations

from .feeds import CalendarFeed as CalendarFeed
from .webhooks import Delivery as Delivery
from .webhooks import Destination as Destination
