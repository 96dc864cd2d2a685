"""Rapid-fire prompts alone and in private, without a clock: all of them, or those that somebody missed in a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from bot.domain.bank import Bank
from bot.domain.drawing import draw, mix_of
from bot.domain.judging.judge import Judge
from bot.domain.judging.ruling import Ruling
from bot.domain.prompts import Prompt
from bot.domain.rapidfire import Rules
from bot.services.rapidfire import Rapidfire, candidates
from bot.services.rapidfire_ports import Rounds

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Drilled:
    """An answer in practice and what the judge says."""

    prompt: Prompt
    text: str
    ruling: Ruling


class Drilling:
    """Practice alone. It knows what a member has had, and brings what they got wrong again."""

    def __init__(self, rounds: Rounds, rapidfire: Rapidfire, bank: Bank, judge: Judge, chance: Random) -> None:
        self._rounds = rounds
        self._rapidfire = rapidfire
        self._bank = bank
        self._judge = judge
        self._chance = chance

    async def next(self, user_id: int, company: str | None = None, cluster: str | None = None) -> Prompt | None:
        """A prompt that the member has not had for longest, in a company's mix; None if there are none."""
        rules = Rules(company=company, cluster=cluster)
        known = await self._rounds.drilled(user_id)
        had = sorted(known, key=lambda one: known[one][1])
        found = draw(candidates(self._bank, rules), mix_of(self._bank.company(company)), had, 1, self._chance)
        return self._bank.prompts[found[0]] if found else None

    async def missed(self, round_id: str, user_id: int) -> Sequence[Prompt]:
        """The prompts that a member missed in a round and has not got right in practice since."""
        review = await self._rapidfire.review(round_id, user_id)
        if review is None:
            return ()
        known = await self._rounds.drilled(user_id)
        began = review.round.since

        def is_mended(prompt: Prompt) -> bool:
            accepted, at = known.get(prompt.id, (False, _NEVER))
            return accepted and at >= began

        return [one.prompt for one in review.missed if not is_mended(one.prompt)]

    async def answer(self, user_id: int, prompt_id: str, text: str, source: str, at: datetime) -> Drilled | None:
        """Judges an answer and notes it; None if the bank no longer has the prompt."""
        prompt = self._bank.prompts.get(prompt_id)
        if prompt is None:
            return None
        ruling = self._judge.rule(prompt_id, text)
        await self._rounds.record_drill(user_id, prompt_id, source, at, accepted=ruling.accepted)
        return Drilled(prompt, text, ruling)
