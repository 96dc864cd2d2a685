"""Discord's permission bits that matter here, and the rule that adds them up."""

from collections.abc import Iterable

from tests.wire.standin.model import Channel, Guild

BITS = {
    "ADMINISTRATOR": 1 << 3,
    "MANAGE_CHANNELS": 1 << 4,
    "MANAGE_GUILD": 1 << 5,
    "ADD_REACTIONS": 1 << 6,
    "VIEW_CHANNEL": 1 << 10,
    "SEND_MESSAGES": 1 << 11,
    "MANAGE_MESSAGES": 1 << 13,
    "EMBED_LINKS": 1 << 14,
    "ATTACH_FILES": 1 << 15,
    "READ_MESSAGE_HISTORY": 1 << 16,
    "MENTION_EVERYONE": 1 << 17,
    "MANAGE_ROLES": 1 << 28,
    "USE_APPLICATION_COMMANDS": 1 << 31,
    "MANAGE_THREADS": 1 << 34,
    "CREATE_PUBLIC_THREADS": 1 << 35,
    "SEND_MESSAGES_IN_THREADS": 1 << 38,
}
ALL = sum(BITS.values())


def bits(names: Iterable[str]) -> int:
    """The sum of the named permissions; KeyError for one that is not in the table."""
    return sum(BITS[name] for name in names)


EVERYONE = bits(
    (
        "ADD_REACTIONS",
        "VIEW_CHANNEL",
        "SEND_MESSAGES",
        "EMBED_LINKS",
        "ATTACH_FILES",
        "READ_MESSAGE_HISTORY",
        "USE_APPLICATION_COMMANDS",
        "CREATE_PUBLIC_THREADS",
        "SEND_MESSAGES_IN_THREADS",
    )
)


def held(guild: Guild, channel: Channel | None, user_id: int) -> int:
    """What a member may do in a channel (a thread inherits from its parent), or in the guild at large."""
    member = guild.members.get(user_id)
    if member is None:
        return 0
    if guild.owner.id == user_id:
        return ALL
    total = guild.roles[guild.id].permissions
    for role in member.roles:
        total |= guild.roles[role].permissions
    if total & BITS["ADMINISTRATOR"]:
        return ALL
    place = channel
    if channel is not None and channel.is_thread and channel.parent_id is not None:
        place = guild.channels.get(channel.parent_id, channel)
    if place is not None:
        total = _overwritten(total, place, guild.id, member.roles, user_id)
    if channel is not None and not total & BITS["VIEW_CHANNEL"]:
        return 0
    return total


def _overwritten(total: int, channel: Channel, everyone: int, roles: list[int], user_id: int) -> int:
    allow, deny, _ = channel.overwrites.get(everyone, (0, 0, 0))
    total = total & ~deny | allow
    of_roles = [channel.overwrites[role] for role in roles if role in channel.overwrites]
    deny = allow = 0
    for role_allow, role_deny, _ in of_roles:
        allow |= role_allow
        deny |= role_deny
    total = total & ~deny | allow
    allow, deny, _ = channel.overwrites.get(user_id, (0, 0, 1))
    return total & ~deny | allow


def names(total: int) -> list[str]:
    """The names of the permissions in a sum."""
    return [name for name, bit in BITS.items() if total & bit]
