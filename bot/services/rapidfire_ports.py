"""What rapid-fire rounds need from the world, besides `bot.services.ports`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.boards import Attempt, Player
from bot.domain.posts import Post, PostKind
from bot.domain.rapidfire import Drawn, Effect, Event, Round, Timing
from bot.domain.schedules import Schedule

DrawPrompts = Callable[[Sequence[str]], tuple[Drawn, ...]]
"""Picks a round's prompts, given those that its guild had, oldest first."""


@dataclass(frozen=True, slots=True)
class AttemptId:
    """Names an answer: whose it is, and to which prompt (from 1) of which round."""

    round_id: str
    number: int
    user_id: int


class AppealState(StrEnum):
    """What became of an appeal."""

    OPEN = "open"
    UPHELD = "upheld"
    DECLINED = "declined"


class Appealed(StrEnum):
    """What came of putting an answer before the moderators."""

    PUT = "put"
    NO_ANSWER = "no answer"
    BEFORE = "before"
    COUNTS_ALREADY = "counts already"
    TOO_MANY = "too many"


class Decided(StrEnum):
    """What came of deciding an appeal: it is decided, was decided before, or is the moderator's own."""

    NOW = "now"
    BEFORE = "before"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Joining:
    """A member with the name that they have in the guild right now."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it came in: `source` names its event, `at` is that event's own instant."""

    source: str
    who: Joining
    text: str
    at: datetime
    accepted: bool
    points: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer. `timing` is None where there is no such round; only one in time was kept.

    `until` is when the window closes. `is_change`: it took the place of an earlier one.
    """

    timing: Timing | None
    until: datetime | None = None
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """A player's word against a verdict, with the answer that it is about."""

    of: AttemptId
    guild_id: int
    prompt: str
    text: str
    state: AppealState
    at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member's ranked rounds add up to; `score` in tenths of a point."""

    user_id: int
    rounds: int
    wins: int
    score: int
    correct: int


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A player's own answer to one prompt of a round."""

    text: str
    attempt: Attempt
    appeal: AppealState | None


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a round's messages show: who plays, and every answer so far."""

    round: Round
    players: tuple[Player, ...]
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A scheduled round that is not held, kept as one that was stopped, and the notice that says why."""

    round: Round
    notice: Post


@dataclass(frozen=True, slots=True)
class Opening:
    """A scheduled round in its lobby, and what becomes of it if its channel has a round already."""

    round: Round
    effects: Sequence[Effect]
    otherwise: LeftOut


class Rounds(Protocol):
    """Keeps every fact about rounds, under the promises of `bot.services.ports.Store`."""

    async def open_round(self, made: Round, effects: Sequence[Effect], now: datetime) -> bool:
        """Opens a round with its first message; False if its channel has one, or its schedule had one that day."""

    async def round_schedules(self, guild_id: int) -> Sequence[Schedule]:
        """A guild's standing orders for rounds that are in force, oldest first."""

    async def due_round_schedules(self, now: datetime) -> Sequence[Schedule]:
        """Those of all guilds that have a round to open."""

    async def open_scheduled(
        self, schedule: Schedule, planned: Sequence[Opening | LeftOut], next_due: datetime | None, now: datetime
    ) -> bool:
        """Opens rounds and says when to look again, in one transaction; each local date of a schedule has one.

        False, and nothing done, if the stored `next_due` is no longer `schedule.next_due`.
        """

    async def round(self, round_id: str) -> Round | None: ...

    async def round_in(self, channel_id: int) -> Round | None:
        """The one that is under way in a channel."""

    async def latest_round(self, guild_id: int, channel_id: int) -> Round | None:
        """The one that was opened last in a channel, under way or over."""

    async def active_rounds(self) -> Sequence[Round]: ...

    async def see_rounds(self, round_ids: Collection[str], now: datetime) -> None:
        """Notes that the bot looks after these rounds."""

    async def begin_round(self, before: Round, draw: DrawPrompts, now: datetime) -> Round | None:
        """Ends a lobby: `draw`, run inside the transaction, picks the prompts, and teams are filled up.

        None if the round is no longer as `before` says.
        """

    async def advance_round(self, before: Round, event: Event, now: datetime) -> Round | None:
        """Moves a round on by `bot.domain.rapidfire.step`, with all that follows; None as above."""

    async def scene(self, round_id: str) -> Scene | None: ...

    async def join(self, round_id: str, who: Joining, team: int | None = None) -> bool:
        """Lets somebody in, or into another team; False if that changed nothing or the round is over."""

    async def leave(self, round_id: str, user_id: int) -> bool:
        """Lets somebody out of a lobby."""

    async def record_attempt(self, round_id: str, number: int, given: Given) -> Taken:
        """Keeps an answer that is in time, in place of the player's earlier one, and lets its author in."""

    async def texts(self, round_id: str, number: int) -> Mapping[int, tuple[str, bool]]:
        """What each player answered to a prompt, and whether they let everybody see it."""

    async def own_answers(self, round_id: str, user_id: int) -> Mapping[int, OwnAnswer]:
        """A player's answers by the number of the prompt."""

    async def publish(self, of: AttemptId) -> bool:
        """Lets everybody see a player's answer; False if there is none."""

    async def put_appeal(self, of: AttemptId, card: Post | None, now: datetime) -> Appealed:
        """Puts an answer before the moderators, with the card that tells them, unless there is no case."""

    async def appeal(self, of: AttemptId) -> Appeal | None: ...

    async def open_appeals(self, guild_id: int) -> Sequence[Appeal]: ...

    async def upheld_appeals(self) -> Sequence[Appeal]:
        """Every answer that moderators let count, newest first; for the authors of prompts."""

    async def decide_appeal(self, of: AttemptId, by: int, state: AppealState, now: datetime) -> Decided:
        """Decides it once; where it is upheld, the round and the standings are scored anew in the same step."""

    async def standings(self, guild_id: int, since: datetime | None) -> Sequence[Standing]:
        """The members of a guild by what they scored in ranked rounds since then, best first."""

    async def due_messages(self, now: datetime, round_id: str | None = None) -> Sequence[Post]:
        """Messages of one round, or of all, to be posted: due ones, and claimed ones whose claim has run out."""

    async def message_with(self, message_id: int) -> Post | None:
        """The message of a round that has this id at Discord."""

    async def message(self, round_id: str, kind: PostKind, number: int = 0) -> Post | None:
        """A round's newest message of that kind."""

    async def outdated(self, round_id: str | None = None) -> Sequence[tuple[Post, int]]:
        """Messages of one round, or of all, that no longer say how things stand, with the mark for `mark_shown`."""

    async def mark_shown(self, key: str, mark: int) -> None:
        """The message says how things stood when `outdated` gave that mark."""

    async def record_drill(self, user_id: int, prompt: str, source: str, at: datetime, *, accepted: bool) -> None:
        """An answer in practice; the same event counts once."""

    async def drilled(self, user_id: int) -> Mapping[str, tuple[bool, datetime]]:
        """Each prompt that a member practised: whether the last answer counted, and when that was."""
