"""What hosts and players do in a rapid-fire round. Its clock is `bot.services.conducting`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.domain.bank import Bank
from bot.domain.drawing import Candidate, draw, mix_of
from bot.domain.judging.judge import Judge
from bot.domain.judging.ruling import Ruling
from bot.domain.prompts import Prompt
from bot.domain.questions import Company, PromptKind
from bot.domain.rapidfire import (
    FEWEST_SECONDS,
    MOST_SECONDS,
    Drawn,
    Halted,
    Phase,
    Round,
    Rules,
    Timing,
    opened,
    revealed,
    timing,
)
from bot.services.pages import Pages, PodiumPage, PromptPage, podium
from bot.services.ports import Clock, Messenger
from bot.services.rapidfire_ports import (
    AttemptId,
    DrawPrompts,
    Given,
    Joining,
    OwnAnswer,
    Rounds,
    Scene,
    Standing,
    Taken,
)

LONGEST = 300
"""Characters of an answer."""

_WEEK = timedelta(days=7)
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """The lobby is open."""

    round: Round


@dataclass(frozen=True, slots=True)
class Busy:
    """The channel has a round already."""

    round: Round


@dataclass(frozen=True, slots=True)
class RightsMissing:
    """The bot could not post there."""

    rights: Sequence[str]


@dataclass(frozen=True, slots=True)
class NoPrompts:
    """The bank has no prompt that these rules ask for."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A prompt that is open for a player, with their answer so far."""

    round: Round
    number: int
    prompt: Prompt
    former: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a player's answer."""

    text: str
    taken: Taken


@dataclass(frozen=True, slots=True)
class Ended:
    """The round was stopped; this is how it stood."""

    page: PodiumPage


@dataclass(frozen=True, slots=True)
class NotYours:
    """Only the host and moderators may do that."""


@dataclass(frozen=True, slots=True)
class NothingRuns:
    """There is no round under way."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A prompt that earned a player nothing, with what they said, if anything."""

    number: int
    prompt: Prompt
    own: OwnAnswer | None
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class Review:
    """A player's own round: how many prompts were asked, which they missed, and where moderators let theirs count."""

    round: Round
    asked: int
    missed: tuple[Missed, ...]
    upheld: tuple[int, ...]


class Rapidfire:
    """The round as its players see it. `wake` tells the conductor that something is to be done."""

    def __init__(
        self,
        rounds: Rounds,
        messenger: Messenger,
        bank: Bank,
        judge: Judge,
        pages: Pages,
        *,
        clock: Clock,
        chance: Random,
        new_id: Callable[[], str],
    ) -> None:
        self._rounds = rounds
        self._messenger = messenger
        self._bank = bank
        self._judge = judge
        self._pages = pages
        self._clock = clock
        self._chance = chance
        self._new_id = new_id
        self.wake: Callable[[str], None] = lambda _: None

    async def start(
        self, place: tuple[int, int], host: Joining, rules: Rules
    ) -> Opened | Busy | RightsMissing | NoPrompts:
        """Opens a lobby in a channel (`place` is guild and channel), with its host as the first player."""
        guild_id, channel_id = place
        if rights := self._messenger.missing_rights(guild_id, channel_id, threads=False):
            return RightsMissing(rights)
        if not candidates(self._bank, rules):
            return NoPrompts()
        now = self._clock()
        made, effects = opened(self._new_id(), place, host.user_id, rules, now)
        self.wake(made.id)
        if await self._rounds.open_round(made, effects, now):
            await self._rounds.join(made.id, host)
            self.wake(made.id)
            return Opened(made)
        running = await self._rounds.round_in(channel_id)
        return Busy(running) if running else await self.start(place, host, rules)

    async def again(self, round_id: str, host: Joining) -> Opened | Busy | RightsMissing | NoPrompts | NothingRuns:
        """A new round by the rules of an old one, in its channel."""
        former = await self._rounds.round(round_id)
        if former is None:
            return NothingRuns()
        return await self.start((former.guild_id, former.channel_id), host, former.rules)

    async def join(self, round_id: str, who: Joining, team: int | None = None) -> Scene | None:
        """Lets somebody in; the round as it is then, None if it is over or gone."""
        scene = await self._rounds.scene(round_id)
        if scene is None or scene.round.phase.is_over:
            return None
        if await self._rounds.join(round_id, who, team):
            self.wake(round_id)
        return await self._rounds.scene(round_id)

    async def leave(self, round_id: str, user_id: int) -> bool:
        """Lets somebody out of a lobby."""
        left = await self._rounds.leave(round_id, user_id)
        if left:
            self.wake(round_id)
        return left

    async def begin(self, round_id: str, user_id: int, *, may_manage: bool) -> Round | NotYours | NothingRuns:
        """Ends the lobby before its time."""
        found = await self._rounds.round(round_id)
        if found is None or found.phase is not Phase.LOBBY:
            return NothingRuns()
        if user_id != found.host_id and not may_manage:
            return NotYours()
        begun = await self._rounds.begin_round(found, self.drawing(found.rules), self._clock())
        self.wake(round_id)
        return begun or found

    def drawing(self, rules: Rules) -> DrawPrompts:
        """Draws a round's prompts by its rules."""
        company = self._bank.company(rules.company)

        def choose(asked: Sequence[str]) -> tuple[Drawn, ...]:
            found = draw(candidates(self._bank, rules), mix_of(company), asked, rules.length, self._chance)
            return tuple(_drawn(self._bank.prompts[one], rules, company) for one in found)

        return choose

    async def asked(self, round_id: str, number: int, user_id: int, at: datetime) -> Asking | Taken:
        """The prompt for a player who is about to answer it; if it is not open, what would become of an answer."""
        found = await self._rounds.round(round_id)
        if found is None:
            return Taken(None)
        verdict = timing(found, number, at)
        if verdict is not Timing.IN_TIME:
            return Taken(verdict)
        prompt = self._bank.prompts.get(found.drawn.prompt)
        if prompt is None:
            return Taken(None)
        own = (await self._rounds.own_answers(round_id, user_id)).get(number)
        return Asking(found, number, prompt, own.text if own else None)

    async def answer(self, place: tuple[str, int], who: Joining, text: str, source: str, at: datetime) -> Answered:
        """Judges and keeps an answer to a prompt (`place` is a round's id and the prompt's number).

        What the judge thinks is not told before the reveal.
        """
        round_id, number = place
        found = await self._rounds.round(round_id)
        verdict = timing(found, number, at) if found else None
        if found is None or verdict is not Timing.IN_TIME:
            return Answered(text, Taken(verdict))
        prompt_id = found.drawn.prompt
        if prompt_id not in self._bank.prompts:
            return Answered(text, Taken(None))
        ruling = self._judge.rule(prompt_id, text)
        given = Given(source, who, text, at, ruling.accepted, ruling.points)
        taken = await self._rounds.record_attempt(round_id, number, given)
        if taken.timing is Timing.IN_TIME:
            self.wake(round_id)
        return Answered(text, taken)

    async def stop(self, channel_id: int, user_id: int, *, may_manage: bool) -> Ended | NotYours | NothingRuns:
        """Ends the round in a channel; the board goes up as it is."""
        while (found := await self._rounds.round_in(channel_id)) is not None:
            if user_id != found.host_id and not may_manage:
                return NotYours()
            if await self._rounds.advance_round(found, Halted(f"<@{user_id}> asked for it"), self._clock()):
                self.wake(found.id)
                scene = await self._rounds.scene(found.id)
                return Ended(podium(scene)) if scene else NothingRuns()
        return NothingRuns()

    async def status(self, guild_id: int, channel_id: int) -> PodiumPage | None:
        """How the round in a channel stands, or the last one there ended."""
        latest = await self._rounds.latest_round(guild_id, channel_id)
        scene = await self._rounds.scene(latest.id) if latest else None
        return podium(scene) if scene else None

    async def standings(self, guild_id: int, since: datetime | None) -> Sequence[Standing]:
        """The guild's members by their ranked rounds since then, best first."""
        return await self._rounds.standings(guild_id, since)

    async def publish(self, of: AttemptId) -> bool:
        """Lets everybody see a player's answer to a prompt that was revealed."""
        found = await self._rounds.round(of.round_id)
        if found is None or of.number > revealed(found):
            return False
        shown = await self._rounds.publish(of)
        if shown:
            self.wake(of.round_id)
        return shown

    async def review(self, round_id: str, user_id: int) -> Review | None:
        """What a player missed; None if there is no such round."""
        scene = await self._rounds.scene(round_id)
        if scene is None:
            return None
        asked = podium(scene).asked
        own = await self._rounds.own_answers(round_id, user_id)
        missed = []
        for number, drawn in enumerate(scene.round.prompts[:asked], start=1):
            prompt = self._bank.prompts.get(drawn.prompt)
            mine = own.get(number)
            if prompt is None or (mine and (mine.attempt.accepted or mine.attempt.is_upheld)):
                continue
            missed.append(Missed(number, prompt, mine, self._judge.rule(prompt.id, mine.text) if mine else None))
        upheld = tuple(sorted(number for number, mine in own.items() if mine.attempt.is_upheld))
        return Review(scene.round, asked, tuple(missed), upheld)

    async def page(self, round_id: str, number: int) -> PromptPage | None:
        """A prompt of a round as its message shows it."""
        scene = await self._rounds.scene(round_id)
        return await self._pages.prompt(scene, number) if scene and 1 <= number <= len(scene.round.prompts) else None


def candidates(bank: Bank, rules: Rules) -> list[Candidate]:
    """The prompts that a round by these rules may ask."""
    return [
        Candidate(
            id=prompt.id,
            stage=prompt.stage,
            cluster=question.cluster,
            kind=prompt.kind,
            difficulty=prompt.difficulty,
            suits=rules.company in prompt.companies,
        )
        for prompt in bank.prompts.values()
        if (question := bank.question_of(prompt.id)) and rules.cluster in {None, question.cluster}
    ]


def since(span: str, now: datetime) -> datetime | None:
    """When a span of the standings began: `week` on Monday, `season` with the quarter (UTC); None for all."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if span == "week":
        return midnight - timedelta(days=midnight.weekday())
    if span == "season":
        return midnight.replace(month=(midnight.month - 1) // _QUARTER * _QUARTER + 1, day=1)
    return None


def _drawn(prompt: Prompt, rules: Rules, company: Company | None) -> Drawn:
    usual = prompt.seconds * (company.time_percent if company else 100) // 100
    seconds = rules.seconds or min(max(usual, FEWEST_SECONDS), MOST_SECONDS)
    wanted = prompt.wanted if prompt.kind is PromptKind.NAME else 1
    return Drawn(prompt.id, wanted, seconds, company.worth.get(prompt.stage, 1) if company else 1)
