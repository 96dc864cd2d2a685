"""Whose way of interviewing is followed, for a card and for one member."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.emphasis import NONE, in_force, of_card, of_member

SLUGS = ("amazon", "google", "startup", "initech")
CHOICES = st.none() | st.sampled_from([NONE, *SLUGS])


@given(st.frozensets(st.sampled_from(SLUGS)), st.lists(CHOICES, max_size=4))
def test_the_first_choice_that_was_made_is_in_force(known, choices):
    """To choose none is a choice; not to choose is none, and a company whose file is gone was not chosen."""
    made = [choice for choice in choices if choice in {NONE, *known}]
    expected = made[0] if made and made[0] != NONE else None
    assert in_force(known, *choices) == expected


@given(CHOICES, CHOICES)
def test_a_schedule_goes_before_its_server(schedule, guild):
    """The server's choice is for the schedules that have none of their own."""
    assert of_card(SLUGS, schedule=schedule, guild=guild) == in_force(SLUGS, guild if schedule is None else schedule)


@pytest.mark.parametrize(
    ("command", "own", "here", "expected"),
    [
        ("amazon", "google", "startup", "amazon"),
        (None, "google", "startup", "google"),
        (None, None, "startup", "startup"),
        (None, None, None, None),
        (NONE, "google", "startup", None),
        (None, NONE, "startup", None),
        ("gone", "google", "startup", "google"),
    ],
)
def test_the_command_goes_before_the_member_and_the_member_before_the_card(command, own, here, expected):
    """What is chosen closest to the answer decides."""
    assert of_member(SLUGS, command=command, own=own, here=here) == expected
