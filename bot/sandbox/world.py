"""The simulated server that a visitor walks into: its people, its channels, and the bot's name in it."""

from dataclasses import dataclass

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor

BOT_NAME = "Interview Coach"
SERVER_NAME = "Study Server"


@dataclass(frozen=True, slots=True)
class World:
    """Handles on everything that was seeded; `people` are in the order in which the page lists them."""

    guild: GuildHandle
    daily: ChannelHandle
    admin: MemberActor
    people: tuple[MemberActor, ...]


async def seed(env: Env, client: discord.Client) -> World:
    """Build the server around a running bot. simcord invites a bot with every right but Administrator."""
    if client.user is not None:
        await client.user.edit(username=BOT_NAME)
    ada = env.create_user("ada", global_name="Ada (admin)")
    guild = env.create_guild(SERVER_NAME, owner=ada)
    members = tuple(
        guild.add_member(env.create_user(name.lower(), global_name=name)) for name in ("Mia", "Noah", "Priya")
    )
    admin = MemberActor(env, guild, ada)
    daily = guild.create_text_channel("daily-question", topic="One interview question a day")
    guild.create_text_channel("general", topic="Anything else")
    await env.settle()
    return World(guild, daily, admin, (*members, admin))
