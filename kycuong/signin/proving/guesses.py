"""How often a name, or somebody known already, was guessed at: counted in the database before a guess is looked at, so no number of
addresses or processes helps. Each door counts apart: who stands before the first one locks nobody out of the others."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.utils.crypto import salted_hmac

from kycuong.core.clock import around_now, now
from kycuong.orgs.models import Person
from kycuong.signin.models import Guess
from kycuong.signin.rules import GUESSES_WITHIN, MOST_GUESSES, locked_out

SECOND, PASSKEY, AGAIN = "second", "passkey", "again"
"""The second stage at the door by a code, by a passkey; a proof from within."""


def begin_guess(name: str) -> Guess:
    """Note a guess about to be evaluated; LockedOut when ten of the last five minutes were wrong or are under way.

    The note comes first and the count second: of many at once, at most ten see a count within the limit. A guess that
    is not evaluated leaves no note, so that hammering does not lock a name for longer.
    """
    return _begin(_digest(name, "door"))


def begin_guess_of(person: Person, what: str) -> Guess:
    """The same for who has shown something already: signed in, or the password at the door. `what` names the counter."""
    return _begin(_digest(str(person.uid), what))


def failures_of(person: Person, what: str) -> int:
    """How many of the span were wrong, or are under way."""
    return Guess.objects.filter(name=_digest(str(person.uid), what), at__range=around_now(GUESSES_WITHIN)).count()


def _begin(digest: str) -> Guess:
    guess = Guess.objects.create(name=digest)
    if Guess.objects.filter(name=guess.name, at__range=around_now(GUESSES_WITHIN)).count() > MOST_GUESSES:
        guess.delete()
        raise locked_out()
    return guess


def was_right(guess: Guess) -> None:
    """A right one does not count. Those of others before it go on counting: the owner signing in helps no attacker."""
    guess.delete()


def forget_ahead() -> None:
    """What axes noted by a clock that was wrong: it would lock a name until that hour.

    Only what lies further ahead than the lock lasts: the clocks of two servers may differ by more than a minute, and the
    slow one would wipe what the fast one counted, so that who guesses at both in turn is never locked out.
    """
    AccessAttempt.objects.filter(attempt_time__gt=now() + timedelta(hours=settings.AXES_COOLOFF_TIME)).delete()


def forget_old() -> int:
    """What is older than the span counts no more; nor what a clock that was wrong noted far ahead, here and with axes."""
    forget_ahead()
    removed, _by_model = Guess.objects.exclude(at__range=around_now(GUESSES_WITHIN)).delete()
    return removed


def _digest(name: str, what: str) -> str:
    """People type passwords where names belong: what was typed is kept in no table."""
    return salted_hmac(f"kycuong.signin.guess.{what}", name.strip().lower(), algorithm="sha256").hexdigest()
