"""The life of a post."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.posts import (
    CLAIM,
    LONGEST_APPEAL,
    Claimed,
    Delivered,
    Dropped,
    Failed,
    IllegalMove,
    Post,
    PostKind,
    PostState,
    Refused,
    Reopened,
    Requested,
    Unknown,
    Vanished,
    hint_key,
    key_of_nonce,
    nonce,
    occurrence_key,
    rung_key,
    step,
)

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
POST = Post(
    key="k",
    kind=PostKind.CARD,
    subject="k",
    guild_id=1,
    channel_id=2,
    rung=0,
    state=PostState.DUE,
    due=NOW,
)
EVENTS = st.sampled_from(
    [
        Claimed(),
        Delivered(7),
        Failed("x"),
        Refused("x"),
        Vanished("x"),
        Unknown("x"),
        Dropped("x"),
        Reopened(),
        Requested(),
    ]
)


def test_a_post_is_claimed_and_then_delivered():
    """The claim notes when, and the delivery which message it became."""
    claimed = step(POST, Claimed(), NOW)
    sent = step(claimed, Delivered(99), NOW + timedelta(seconds=1))

    assert (claimed.state, claimed.attempts, claimed.claim_until) == (PostState.SENDING, 1, NOW + CLAIM)
    assert (sent.state, sent.message_id, sent.sent_at) == (PostState.SENT, 99, NOW + timedelta(seconds=1))


def test_a_failed_attempt_is_repeated_after_growing_pauses():
    """Each failure waits twice as long, up to a minute, and the first attempt stays on record."""
    post, pauses = POST, []
    for _ in range(8):
        post = step(step(post, Claimed(), NOW), Failed("no answer"), NOW)
        pauses.append((post.due - NOW).total_seconds())

    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    assert (post.first_attempt, post.attempts, post.reason) == (NOW, 8, "no answer")


def test_a_blocked_post_can_be_reopened_but_a_removed_one_stays_removed():
    """A missing right can be given back; what a moderator removed is not posted again."""
    claimed = step(POST, Claimed(), NOW)

    assert step(step(claimed, Refused("no right"), NOW), Reopened(), NOW).state is PostState.DUE
    assert step(step(POST, Dropped("skipped"), NOW), Requested(), NOW).state is PostState.DUE
    with pytest.raises(IllegalMove):
        step(step(claimed, Vanished("removed"), NOW), Reopened(), NOW)


@given(st.lists(EVENTS, max_size=20))
def test_a_sent_post_moves_only_by_being_removed_and_every_dead_end_has_a_reason(events):
    """Whatever happens to a post, it is sent at most once and never silently lost."""
    post = POST
    for event in events:
        try:
            moved = step(post, event, NOW)
        except IllegalMove:
            continue
        assert post.state is not PostState.SENT or isinstance(event, Vanished)
        post = moved
        assert post.due <= NOW + LONGEST_APPEAL
        if post.state in {PostState.BLOCKED, PostState.SKIPPED, PostState.REMOVED, PostState.UNCERTAIN}:
            assert post.reason


@given(st.integers(0, 2**63), st.text(max_size=12), st.dates(), st.integers(1, 9))
def test_keys_are_stable_distinct_and_fit_into_a_nonce(guild, schedule, day, rung):
    """A post's key depends on nothing but what it is for, and Discord takes it as a nonce."""
    key = occurrence_key(guild, schedule, day)
    keys = {key, rung_key(key, rung), rung_key(key, rung + 1), hint_key(key)}

    assert key == occurrence_key(guild, schedule, date(day.year, day.month, day.day))
    assert len(keys) == 4
    assert all(len(nonce(k)) <= 25 for k in keys)
    assert all(key_of_nonce(nonce(k)) == k for k in keys)


@given(st.one_of(st.none(), st.integers(), st.text(max_size=30)))
def test_nonces_of_others_are_not_taken_for_ours(text):
    """discord.py gives every message without one a random number."""
    key = key_of_nonce(text)

    assert key is None or nonce(key) == text


def test_a_pause_that_discord_asks_for_is_kept():
    """Told to wait ten minutes, the bot does not come back after two seconds."""
    failed = step(step(POST, Claimed(), NOW), Failed("slow down", timedelta(minutes=10)), NOW)

    assert failed.due == NOW + timedelta(minutes=10)
