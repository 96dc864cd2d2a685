"""What every store promises about the emphasis that servers and members chose."""

from dataclasses import replace

from bot.services.ports import GuildSettings
from tests.store.scene import ANN, BEN, GUILD


async def test_a_server_keeps_its_emphasis_beside_its_log_channel(store):
    """Neither choice takes the other back."""
    assert await store.guild(GUILD) == GuildSettings(GUILD)
    await store.save_guild(GuildSettings(GUILD, log_channel_id=5))
    await store.save_guild(replace(await store.guild(GUILD), company="google"))
    assert await store.guild(GUILD) == GuildSettings(GUILD, 5, "google")
    await store.save_guild(replace(await store.guild(GUILD), company=None))
    assert await store.guild(GUILD) == GuildSettings(GUILD, 5, None)


async def test_a_member_has_an_emphasis_of_their_own_in_each_server(store):
    """It can be changed and taken back, and is nobody else's."""
    assert await store.member_company(GUILD, ANN) is None
    await store.save_member_company(GUILD, ANN, "google")
    await store.save_member_company(99, ANN, "-")
    await store.save_member_company(GUILD, BEN, "amazon")
    await store.save_member_company(GUILD, ANN, "startup")
    assert await store.member_company(GUILD, ANN) == "startup"
    assert await store.member_company(99, ANN) == "-"
    await store.save_member_company(GUILD, ANN, None)
    assert await store.member_company(GUILD, ANN) is None
    assert await store.member_company(GUILD, BEN) == "amazon"
