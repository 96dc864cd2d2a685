"""A small stand-in for the real app, so that the sandbox's page can be tested by itself.

It posts a card a day, takes answers in a modal, opens a thread with the first one, and counts days answered.
Run as a program, it serves the sandbox until it is told to stop.
"""

import asyncio
import sys
from datetime import UTC, datetime, time, timedelta

import discord
from discord import app_commands

from bot import sandbox

HOUR = time(9, tzinfo=UTC)


class PracticeClient(discord.AutoShardedClient):
    """A client whose buttons and modals outlive it: every interaction is told apart by its `custom_id`."""

    def __init__(self, app: "PracticeApp") -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True), shard_count=1)
        self.app = app
        self.tree = app_commands.CommandTree(self)
        self.tree.command(name="streak", description="Your streak")(self.streak)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def streak(self, interaction: discord.Interaction) -> None:
        days = len(self.app.answered.get(interaction.user.id, set()))
        await interaction.response.send_message(f"Your streak is {days}.", ephemeral=True)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        custom_id = (interaction.data or {}).get("custom_id")
        if custom_id == "answer":
            modal = discord.ui.Modal(title="Your answer", custom_id="written")
            field = discord.ui.TextInput(style=discord.TextStyle.paragraph, custom_id="text")
            modal.add_item(discord.ui.Label(text="What would you say?", component=field))
            await interaction.response.send_modal(modal)
        elif custom_id == "written":
            await self.written(interaction)

    async def written(self, interaction: discord.Interaction) -> None:
        card = interaction.message
        assert card is not None
        await interaction.response.send_message("Saved.", ephemeral=True)
        self.app.answered.setdefault(interaction.user.id, set()).add(self.app.now().date())
        if card.id not in self.app.threads:
            thread = await card.create_thread(name=f"Question of {self.app.now():%d %B}")
            self.app.threads.add(card.id)
            await thread.send("Follow-up 1: and why?")


class PracticeApp:
    """Satisfies `SandboxApp` with everything in memory."""

    def __init__(self, now: sandbox.SandboxClock) -> None:
        self.now = now
        self.answered: dict[int, set] = {}
        self.threads: set[int] = set()
        self.beats: list[datetime] = []
        self.posted: list[datetime] = []
        self.channel_id = 0
        self.ticked = asyncio.Event()
        self.running = False

    def new_client(self) -> PracticeClient:
        self.client = PracticeClient(self)
        return self.client

    async def start(self) -> None:
        self.running = True

    async def stop(self) -> None:
        self.running = False

    async def set_up_sandbox(self, guild_id: int, channel_id: int, admin_id: int) -> None:
        self.channel_id = channel_id
        self.due = datetime.combine(self.now().date(), HOUR)

    async def tick(self, now: datetime) -> None:
        await self.beat(now)
        self.ticked.set()
        if now >= self.due:
            self.due += timedelta(days=1)
            await self._post(now)

    async def beat(self, now: datetime) -> None:
        self.beats.append(now)

    async def next_due(self, guild_id: int) -> datetime | None:
        return self.due

    async def post_now(self, guild_id: int) -> str:
        await self._post(self.now())
        return "Posted one more question."

    async def _post(self, now: datetime) -> None:
        channel = self.client.get_channel(self.channel_id)
        assert isinstance(channel, discord.TextChannel)
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Answer", custom_id="answer", style=discord.ButtonStyle.primary))
        embed = discord.Embed(title="Why does overfitting happen?", description=f"Question of {now:%d %B}")
        await channel.send("A question", embed=embed, view=view)
        self.posted.append(now)


async def main(port: int) -> None:
    clock = sandbox.SandboxClock()
    await sandbox.run(PracticeApp(clock), clock, port=port, open_browser=False)


if __name__ == "__main__":
    try:
        asyncio.run(main(int(sys.argv[1])))
    except sandbox.SandboxError as error:
        sys.exit(str(error))
