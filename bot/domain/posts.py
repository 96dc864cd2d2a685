"""The life of one message that the bot sends on its own account, from due to sent or a stated reason."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import assert_never

CLAIM = timedelta(seconds=30)
"""How long a claim holds; the sender gives up before that."""

FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(seconds=60)

FIRST_APPEAL = timedelta(minutes=5)
LONGEST_APPEAL = timedelta(hours=1)
"""A refusal whose cause we can't see is put to Discord again after this; each refused request counts against us."""


class PostKind(StrEnum):
    """What a post is for.

    `CARD` opens an occurrence, `RUNG` and `HINT` live in its thread, `NOTICE` tells an admin about it. A round
    begins with a `LOBBY`, goes through a `PROMPT` after another and ends on a `PODIUM`; a `WORD` says in between
    what all are to know, and an `APPEAL` asks moderators.
    """

    CARD = "card"
    RUNG = "rung"
    HINT = "hint"
    NOTICE = "notice"
    LOBBY = "lobby"
    PROMPT = "prompt"
    PODIUM = "podium"
    WORD = "word"
    APPEAL = "appeal"

    @property
    def is_of_round(self) -> bool:
        return self in _OF_ROUNDS


_OF_ROUNDS = {PostKind.LOBBY, PostKind.PROMPT, PostKind.PODIUM, PostKind.WORD, PostKind.APPEAL}


class PostState(StrEnum):
    """Where a post stands.

    `SENDING` is claimed and may or may not be at Discord; `SKIPPED`, `BLOCKED`, `REMOVED` and `UNCERTAIN`
    carry a reason. A blocked post is tried again when its cause is gone; the other three are final.
    """

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    BLOCKED = "blocked"
    REMOVED = "removed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Post:
    """One message of ours. `key` is stable over restarts and databases, and makes the nonce.

    `subject` is the key of its occurrence or the id of its round, and `rung` the follow-up, or there the prompt.
    `channel_id` is where it goes: for a rung, the thread, whose id is the card's message id; for a notice the
    guild's log channel, or 0 where it has none. `due` of a blocked post is when to ask Discord again.
    `text` is what a notice says and `recipient` the member who gets it if the channel does not take it.
    """

    key: str
    kind: PostKind
    subject: str
    guild_id: int
    channel_id: int
    rung: int
    state: PostState
    due: datetime
    attempts: int = 0
    first_attempt: datetime | None = None
    last_attempt: datetime | None = None
    claim_until: datetime | None = None
    message_id: int | None = None
    sent_at: datetime | None = None
    reason: str | None = None
    text: str | None = None
    recipient: int | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """Somebody is about to send it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Discord has it, under this id."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A passing failure: the same post is due again after a pause, at least `after` if Discord named one."""

    reason: str
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord will not take it until an admin changes something."""

    reason: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """It was posted and somebody removed it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been posted, and nothing we may read tells."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """It will not be posted: skipped by an admin, or too late."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """What stood in its way is gone."""


@dataclass(frozen=True, slots=True)
class Requested:
    """An admin wants it now, whatever became of it before."""


Event = Claimed | Delivered | Failed | Refused | Vanished | Unknown | Dropped | Reopened | Requested


class IllegalMove(Exception):
    """A post was asked to make a move that its state does not have."""


_FROM: dict[type[Event], frozenset[PostState]] = {
    Claimed: frozenset({PostState.DUE, PostState.SENDING}),
    Delivered: frozenset({PostState.SENDING}),
    Failed: frozenset({PostState.SENDING}),
    Refused: frozenset({PostState.SENDING}),
    Vanished: frozenset({PostState.SENDING, PostState.SENT}),
    Unknown: frozenset({PostState.SENDING}),
    Dropped: frozenset({PostState.DUE, PostState.SENDING, PostState.BLOCKED}),
    Reopened: frozenset({PostState.BLOCKED}),
    Requested: frozenset({PostState.DUE, PostState.BLOCKED, PostState.SKIPPED}),
}


def step(post: Post, event: Event, now: datetime) -> Post:
    """The post after `event`; raises `IllegalMove` where the state does not allow it."""
    if post.state not in _FROM[type(event)]:
        raise IllegalMove(f"{type(event).__name__} of a post that is {post.state}")
    match event:
        case Claimed():
            return replace(
                post,
                state=PostState.SENDING,
                attempts=post.attempts + 1,
                first_attempt=post.first_attempt or now,
                last_attempt=now,
                claim_until=now + CLAIM,
                reason=None,
            )
        case Delivered(message_id):
            return replace(post, state=PostState.SENT, message_id=message_id, sent_at=now, claim_until=None)
        case Failed(reason, after):
            pause = max(after, _growing(FIRST_RETRY, LONGEST_RETRY, post.attempts))
            return replace(post, state=PostState.DUE, due=now + pause, claim_until=None, reason=reason)
        case Refused(reason):
            pause = _growing(FIRST_APPEAL, LONGEST_APPEAL, post.attempts)
            return replace(post, state=PostState.BLOCKED, due=now + pause, claim_until=None, reason=reason)
        case Vanished(reason):
            return replace(post, state=PostState.REMOVED, claim_until=None, reason=reason)
        case Unknown(reason):
            return replace(post, state=PostState.UNCERTAIN, claim_until=None, reason=reason)
        case Dropped(reason):
            return replace(post, state=PostState.SKIPPED, claim_until=None, reason=reason)
        case Reopened() | Requested():
            return replace(post, state=PostState.DUE, due=now, reason=None)
    assert_never(event)


def is_free(post: Post, now: datetime) -> bool:
    """Whether a post is anybody's to send: due, or claimed by somebody whose claim has run out."""
    if post.state is PostState.SENDING:
        return post.claim_until is not None and post.claim_until <= now
    return post.state is PostState.DUE


_KEY = 20
"""Characters of a key: 15 bytes in base 64."""


def _growing(first: timedelta, longest: timedelta, attempts: int) -> timedelta:
    return min(longest, first * (1 << min(attempts - 1, 10)))


def _digest(*parts: object) -> str:
    text = "|".join(str(part) for part in parts)
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=15).digest()).decode()


def occurrence_key(guild_id: int, schedule_id: str, day: date) -> str:
    """The key of an occurrence and of its card: 20 characters, from facts that no database invented."""
    return _digest(guild_id, schedule_id, day.isoformat())


def rung_key(occurrence: str, rung: int) -> str:
    """The key of the message that asks follow-up `rung` (from 1) in an occurrence's thread."""
    return _digest(occurrence, "rung", rung)


def hint_key(occurrence: str) -> str:
    """The key of the one hint that a thread gets about messages we may not read."""
    return _digest(occurrence, "hint")


def round_key(round_id: str, kind: PostKind, number: int = 0, copy: int = 0) -> str:
    """The key of a round's message of that kind; `copy` counts how often it had to be posted anew."""
    return _digest(round_id, kind, number, copy)


def notice_key(guild_id: int, cause: str) -> str:
    """The key of the one message that tells a guild's admins of a cause."""
    return _digest(guild_id, "notice", cause)


def nonce(key: str) -> str:
    """The nonce that makes Discord send a post once: 21 of the 25 characters that it allows."""
    return "q" + key


def key_of_nonce(text: str | int | None) -> str | None:
    """The key of the post that was sent under this nonce; None if it is none of ours."""
    return text[1:] if isinstance(text, str) and text.startswith("q") and len(text) == len(nonce("")) + _KEY else None
