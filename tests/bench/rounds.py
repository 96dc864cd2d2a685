"""What an answer to a rapid-fire prompt costs in processor time as a round grows, beside a bare acknowledgement."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.bursts import FORMS, WAYS, burst, contender, prompt_with_form
from tests.wire.control import Discord
from tests.wire.playing import players, pressing, writing
from tests.wire.processes import BotProcess

SIZES = (5, 50, 500)
"""Players; together they always send as many answers, each of them changing their own again and again."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time, all threads, for one of `FORMS` within a second."""

    name: str
    milliseconds: float


async def measure_costs(discord: Discord, folder: Path) -> list[Cost]:
    """The bare client's acknowledgement first, then an answer in a round of each size."""
    costs = []
    for players_in in (None, *SIZES):
        place = folder / f"round{players_in or 'bare'}"
        place.mkdir()
        name = f"answer, {players_in} players" if players_in else "bare acknowledgement"
        costs.append(Cost(name, await _measure(discord, place, players_in)))
    return costs


async def _measure(discord: Discord, folder: Path, size: int | None) -> float:
    async with contender(discord, folder, bare=size is None) as (bot, server, card):
        prompt = await prompt_with_form(discord, server) if size else card
        people = players(server)[: size or FORMS]
        forms = await discord.all_shown(await discord.at_once(pressing(prompt, people)))
        answers = writing(forms) * (FORMS // len(forms))
        await burst(discord, answers, WAYS[0])  # everybody is in, and everything has been used once
        before = _seconds(bot)
        await burst(discord, answers, WAYS[0])
        return 1000 * (_seconds(bot) - before) / len(answers)


def _seconds(bot: BotProcess) -> float:
    spent = psutil.Process(bot.pid).cpu_times()
    return spent.user + spent.system


def lines(costs: list[Cost]) -> list[str]:
    """What the bench prints of it."""
    bare = costs[0].milliseconds
    return [
        f"{cost.name}: {cost.milliseconds:.2f} ms of processor time, {cost.milliseconds / bare:.1f} x bare"
        for cost in costs
    ]
