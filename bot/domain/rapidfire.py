"""The life of a rapid-fire round, from its lobby to its podium, as values and one step function.

Who joined and what they answered are rows of their own (`bot.domain.boards` makes the board of them), so that an
answer costs the same however many play.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.domain.posts import PostKind

SHORTEST, LONGEST = 3, 20
"""Prompts in a round."""

FEWEST_SECONDS, MOST_SECONDS = 10, 120
"""What a host may choose as the time for each prompt."""

FEWEST_TEAMS, MOST_TEAMS = 2, 8

RANKED_FROM = 2
"""Players who must have answered for a round to count in the standings; alone it is practice."""

COUNTDOWN = timedelta(seconds=5)
REVIEW = timedelta(seconds=12)

GRACE = timedelta(seconds=2)
"""How long the reveal waits for answers that were given in time and are still on their way."""

SHORTFALL = timedelta(seconds=1)
"""A prompt that reaches the channel later than this gets its full time from then on."""

POSTING_PATIENCE = timedelta(seconds=60)
"""How long a round waits for one of its messages to reach the channel before it gives up."""

MOST_SILENT = 3
"""Prompts in a row that nobody answers, after which the round ends by itself."""


MOST_COPIES = 2
"""How often the message of one prompt is posted anew after somebody removed it."""


class Phase(StrEnum):
    """Where a round stands. The last two are final."""

    LOBBY = "lobby"
    COUNTDOWN = "countdown"
    ASKING = "asking"
    REVIEWING = "reviewing"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def is_over(self) -> bool:
        return self in {Phase.FINISHED, Phase.STOPPED}


class Scoring(StrEnum):
    """What an accepted answer earns: the same whenever it came, or more the sooner it came."""

    FAIR = "fair"
    RACE = "race"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the host chose. `company` None mixes them all; `seconds` None leaves each prompt its own time.

    `partial` counts some of the things asked for; without it an answer counts whole or not at all. `teams` is 0
    where everybody plays for themselves. `lobby` is how long players may gather.
    """

    company: str | None = None
    cluster: str | None = None
    length: int = 10
    seconds: int | None = None
    scoring: Scoring = Scoring.FAIR
    partial: bool = False
    teams: int = 0
    lobby: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A prompt as this round asks it: how many things it wants, how long it lasts, and what each is worth.

    Fixed when the round begins, so that no change of the bank or of a company reaches a round under way.
    """

    prompt: str
    wanted: int
    seconds: int
    worth: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """One round. `number` is the prompt it is at, from 1; 0 before the first.

    `until` is when the phase ends by itself, for all that can be foreseen. `seen` is when the bot last looked after
    it: what lies between that and a later look is time that the players have lost. `silent` counts the latest
    prompts that nobody answered. `version` grows with every move. `copy` counts how often the message of the present
    prompt had to be posted anew.
    """

    id: str
    guild_id: int
    channel_id: int
    host_id: int
    rules: Rules
    phase: Phase
    since: datetime
    until: datetime
    seen: datetime
    number: int = 0
    prompts: tuple[Drawn, ...] = ()
    silent: int = 0
    copy: int = 0
    version: int = 0
    reason: str | None = None
    schedule_id: str | None = None
    day: date | None = None

    @property
    def drawn(self) -> Drawn:
        """The prompt that the round is at. IndexError before the first."""
        if self.number < 1:
            raise IndexError("no prompt has been asked yet")
        return self.prompts[self.number - 1]


class Timing(StrEnum):
    """Whether an answer to a prompt came in time; if not, whether there will be others in that round."""

    IN_TIME = "in time"
    TOO_EARLY = "too early"
    TOO_LATE = "too late"
    OVER = "over"


def revealed(of: Round) -> int:
    """How many prompts were revealed. One that a round was stopped in the middle of does not count."""
    return of.number - 1 if of.phase is Phase.ASKING else of.number


def deadline(of: Round) -> datetime:
    """The end of the present prompt's window, also while it is reviewed."""
    return of.until if of.phase is Phase.ASKING else of.since - GRACE


def ends(of: Round) -> datetime:
    """When the present phase may end: a prompt's not before answers on their way have had their grace."""
    return of.until + GRACE if of.phase is Phase.ASKING else of.until


def time_left(of: Round, at: datetime) -> int:
    """The share of the present prompt's window that was left at `at`, in thousandths."""
    share = (deadline(of) - at) / timedelta(seconds=of.drawn.seconds)
    return round(1000 * max(0.0, min(share, 1.0)))


def timing(of: Round, number: int, at: datetime) -> Timing:
    """Judges an answer by its own instant, not by when it reached us: one that was held up on the way counts.

    It counts until the round has gone on to the next prompt; then the prompt's board is closed.
    """
    if of.phase.is_over:
        return Timing.OVER
    if number > of.number:
        return Timing.TOO_EARLY
    if number < of.number:
        return Timing.TOO_LATE
    return Timing.IN_TIME if at <= deadline(of) else Timing.TOO_LATE


@dataclass(frozen=True, slots=True)
class Begun:
    """The lobby is over, because its time is up or the host said so; these prompts were drawn."""

    players: int
    prompts: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The phase's time may be up. `answers` are those to the present prompt so far."""

    answers: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """The present prompt's message reached the channel at that instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """The present prompt's message was removed."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The bot was away and is back, or its clock was set."""


@dataclass(frozen=True, slots=True)
class Halted:
    """Somebody stops it, or it can't go on; `reason` is a clause."""

    reason: str


Event = Begun | TimePassed | Shown | Lost | Resumed | Halted


@dataclass(frozen=True, slots=True)
class Announce:
    """A new message is to be posted."""

    kind: PostKind
    number: int = 0
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Refresh:
    """A message that is there no longer says how things stand."""

    kind: PostKind
    number: int = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """The board is final and goes into the standings."""


@dataclass(frozen=True, slots=True)
class ReturnPrompts:
    """The prompts after this number were drawn and never asked."""

    after: int


Effect = Announce | Refresh | Rank | ReturnPrompts
Step = tuple[Round, tuple[Effect, ...]]


class IllegalMove(Exception):
    """A round was asked to make a move that its phase does not have."""


def opened(round_id: str, place: tuple[int, int], host_id: int, rules: Rules, now: datetime) -> Step:
    """A new round in its lobby; `place` is its guild and channel."""
    guild_id, channel_id = place
    made = Round(round_id, guild_id, channel_id, host_id, rules, Phase.LOBBY, now, now + rules.lobby, now)
    return made, (Announce(PostKind.LOBBY),)


def step(of: Round, event: Event, now: datetime) -> Step:
    """The round after `event`, and what is to be done about it; raises `IllegalMove` where the phase forbids it."""
    if of.phase.is_over:
        raise IllegalMove(f"{type(event).__name__} of a round that is {of.phase}")
    after, effects = _step(of, event, now)
    return (after if after == of else replace(after, version=of.version + 1)), effects


def _step(of: Round, event: Event, now: datetime) -> Step:
    match event:
        case Begun():
            return _begin(of, event, now)
        case TimePassed(answers):
            return _go_on(of, answers, now)
        case Shown(at):
            return _shown(of, at)
        case Lost():
            return _lost(of, now)
        case Resumed():
            return _resume(of, now)
        case Halted(reason):
            return _end(of, Phase.STOPPED, reason, now)
    assert_never(event)


def _begin(of: Round, event: Begun, now: datetime) -> Step:
    if of.phase is not Phase.LOBBY:
        raise IllegalMove(f"beginning a round that is {of.phase}")
    if not event.players:
        return _end(of, Phase.STOPPED, "nobody joined", now)
    if not event.prompts:
        return _end(of, Phase.STOPPED, "there are no prompts to ask", now)
    begun = replace(of, phase=Phase.COUNTDOWN, since=now, until=now + COUNTDOWN, prompts=event.prompts)
    return begun, (Refresh(PostKind.LOBBY),)


def _go_on(of: Round, answers: int, now: datetime) -> Step:
    match of.phase:
        case Phase.COUNTDOWN if now >= ends(of):
            return _ask(of, 1, now)
        case Phase.ASKING if now >= ends(of):
            silent = 0 if answers else of.silent + 1
            review = replace(of, phase=Phase.REVIEWING, since=ends(of), until=now + REVIEW, silent=silent)
            return review, (Refresh(PostKind.PROMPT, of.number),)
        case Phase.REVIEWING if now >= ends(of):
            if of.number == len(of.prompts):
                return _end(of, Phase.FINISHED, None, now)
            if of.silent >= MOST_SILENT:
                return _end(of, Phase.STOPPED, f"nobody answered the last {of.silent} prompts", now)
            return _ask(of, of.number + 1, now)
        case _:
            return of, ()


def _ask(of: Round, number: int, now: datetime) -> Step:
    window = timedelta(seconds=of.prompts[number - 1].seconds)
    asking = replace(of, phase=Phase.ASKING, number=number, since=now, until=now + window, copy=0)
    first = (Refresh(PostKind.LOBBY),) if number == 1 else ()
    return asking, (*first, Announce(PostKind.PROMPT, number))


def is_cut_short(of: Round, shown_at: datetime) -> bool:
    """Whether a prompt that reached the channel at that instant would last for less than its time."""
    return of.phase is Phase.ASKING and shown_at + timedelta(seconds=of.drawn.seconds) - of.until > SHORTFALL


def _shown(of: Round, at: datetime) -> Step:
    """Nobody is to lose time because Discord was slow to take a message."""
    if not is_cut_short(of, at):
        return of, ()
    return replace(of, until=at + timedelta(seconds=of.drawn.seconds)), (Refresh(PostKind.PROMPT, of.number),)


def _lost(of: Round, now: datetime) -> Step:
    if of.phase is not Phase.ASKING:
        return of, ()
    if of.copy >= MOST_COPIES:
        return _end(of, Phase.STOPPED, "its messages are being removed", now)
    return replace(of, copy=of.copy + 1), (Announce(PostKind.PROMPT, of.number, of.copy + 1),)


def _resume(of: Round, now: datetime) -> Step:
    """Gives back what was lost, unless the phase's time was up before the bot went away.

    A clock that was set back has lost nobody any time; what was left of the phase is left of it still.
    """
    lost = now - of.seen
    kind, number = (PostKind.PROMPT, of.number) if of.phase in {Phase.ASKING, Phase.REVIEWING} else (PostKind.LOBBY, 0)
    if lost < timedelta(0):
        return replace(of, since=of.since + lost, until=of.until + lost, seen=now), (Refresh(kind, number),)
    if not lost or of.seen >= of.until:
        return replace(of, seen=now), ()
    back = replace(of, until=of.until + lost, seen=now)
    return back, (Announce(PostKind.WORD, of.version + 1), Refresh(kind, number))


def _end(of: Round, phase: Phase, reason: str | None, now: datetime) -> Step:
    over = replace(of, phase=phase, number=revealed(of), since=now, until=now, reason=reason)
    effects: list[Effect] = [Refresh(PostKind.LOBBY), Announce(PostKind.PODIUM)]
    if of.number:
        effects.append(Refresh(PostKind.PROMPT, of.number))
    if of.number < len(of.prompts):
        effects.append(ReturnPrompts(of.number))
    if phase is Phase.FINISHED:
        effects.append(Rank())
    return over, tuple(effects)
