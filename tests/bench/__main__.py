"""`python -m tests.bench`: prints how the bot fares beside a client that only acknowledges, as ratios."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import grading, rounds
from tests.bench.bursts import POSTS, Acks, Figures, measure_acks, measure_posts
from tests.wire.control import Discord
from tests.wire.processes import stand_in

RUNS = 3
_HEAD = ("burst", "in 3 s", "p50", "p99", "bare: in 3 s", "p50", "p99", "p50 ratio", "p99 ratio")


async def main() -> None:
    for judged in (grading.measure_grading(), grading.measure_judging()):
        sys.stdout.write("\n".join(grading.lines(judged)) + "\n\n")
    bot: Figures = {}
    bare: Figures = {}
    with stand_in() as port, TemporaryDirectory() as folder:
        async with Discord(port) as discord:
            for run in range(RUNS):
                for name, figures in (("bot", bot), ("bare", bare)):
                    place = Path(folder) / f"{name}{run}"
                    place.mkdir()
                    await measure_acks(discord, place, figures, bare=name == "bare")
            place = Path(folder) / "posts"
            place.mkdir()
            share = await measure_posts(discord, place)
            costs = await rounds.measure_costs(discord, Path(folder))
    lines = [_HEAD, *(_line(name, acks, bare[name]) for name, acks in bot.items())]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    sys.stdout.write(f"\n{POSTS} cards due at once: {share:.0%} of the pace of the bot's own limit\n")
    sys.stdout.write("\n".join(rounds.lines(costs)) + "\n")
    sys.stdout.write(
        f"Acknowledgements: {RUNS} runs each, one after the other, on this machine; ratios are bot / bare client.\n"
    )


def _line(name: str, bot: Acks, bare: Acks) -> tuple[str, ...]:
    cells = [name]
    for acks in (bot, bare):
        cells += [f"{acks.in_time}/{len(acks.seconds)}", *(f"{acks.quantile(q):.2f} s" for q in (0.5, 0.99))]
    ratios = (bot.quantile(q) / bare.quantile(q) for q in (0.5, 0.99))
    return (*cells, *(f"{ratio:.1f}" for ratio in ratios))


if __name__ == "__main__":
    asyncio.run(main())
