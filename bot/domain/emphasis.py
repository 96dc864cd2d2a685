"""Which company's emphasis is in force: for a card, and for what one member is told in private."""

from collections.abc import Collection

NONE = "-"
"""Stands where somebody chose to have no emphasis, which is not the same as not having chosen. No slug looks so."""


def in_force(known: Collection[str], *choices: str | None) -> str | None:
    """The slug of the first choice that was made, or None where that is to have none, or none was made.

    Of `choices` the one that goes before all others comes first; None is one that was not made. A company that is
    not among `known`, since its file is gone, counts as not chosen.
    """
    made = (choice for choice in choices if choice == NONE or choice in known)
    chosen = next(made, NONE)
    return None if chosen == NONE else chosen


def of_card(known: Collection[str], *, schedule: str | None, guild: str | None) -> str | None:
    """The emphasis of a card, by which its thread asks: the schedule's choice, else the guild's."""
    return in_force(known, schedule, guild)


def of_member(known: Collection[str], *, command: str | None, own: str | None, here: str | None) -> str | None:
    """The emphasis of private feedback: the one command's choice, else the member's own, else what is in force here.

    `here` is that of the occurrence, or of the guild in private practice.
    """
    return in_force(known, command, own, here)
