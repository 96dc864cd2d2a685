"""Starts the real bot against the stand-in: the addresses come from the environment, nothing else is changed.

Run as a script, with the arguments of the `interview-coach` command.
"""

import os
import sys
from pathlib import Path

# The folder of a script is searched for modules; the project's root is wanted instead.
sys.path[0] = str(Path(__file__).parents[2])

import discord.gateway  # noqa: E402
import discord.http  # noqa: E402
import yarl  # noqa: E402

from bot.cli import main  # noqa: E402

discord.http.Route.BASE = os.environ["STANDIN_API"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["STANDIN_GATEWAY"])
main()
