"""One module for each slash command or group. A cog reads its input, makes one service call and replies."""

from typing import Any

from discord import app_commands

from bot.ui.coach import Coach
from bot.ui.cogs import (
    answer,
    bank,
    daily,
    doctor,
    emphasis,
    guide,
    help,  # noqa: A004 - `help` is a command
    question,
    queue,
    rapidfire,
    setup,
    streak,
)

_COGS = (setup, daily, queue, doctor, question, bank, answer, guide, emphasis, streak, rapidfire, help)


def add_all(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    """Adds every command to the tree."""
    for cog in _COGS:
        cog.add_to(tree, coach)
