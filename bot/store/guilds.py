"""Rows of `guild`."""

import sqlite3

from bot.services.ports import GuildSettings


def get(db: sqlite3.Connection, guild_id: int) -> GuildSettings:
    row = db.execute("SELECT log_channel_id, company FROM guild WHERE guild_id = ?", (guild_id,)).fetchone()
    return GuildSettings(guild_id, row["log_channel_id"], row["company"]) if row else GuildSettings(guild_id)


def save(db: sqlite3.Connection, settings: GuildSettings) -> None:
    db.execute(
        """
        INSERT INTO guild (guild_id, log_channel_id, company) VALUES (?, ?, ?)
        ON CONFLICT (guild_id) DO UPDATE SET log_channel_id = excluded.log_channel_id, company = excluded.company
        """,
        (settings.guild_id, settings.log_channel_id, settings.company),
    )
