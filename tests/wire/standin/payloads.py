"""Records as Discord's JSON. Whether somebody may see a message's words is the caller's question."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.wire.standin import permissions
from tests.wire.standin.model import Channel, Guild, Member, Message, Role, User, milliseconds

_TEXT_FIELDS: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


def timestamp(unix_ms: int) -> str:
    return datetime.fromtimestamp(unix_ms / 1000, UTC).isoformat()


def user(of: User) -> dict[str, Any]:
    return {
        "id": str(of.id),
        "username": of.name,
        "global_name": of.name.capitalize(),
        "discriminator": "0",
        "avatar": None,
        "bot": of.bot,
        "public_flags": 0,
    }


def member(of: Member, *, with_user: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {
        "roles": [str(role) for role in of.roles],
        "nick": None,
        "avatar": None,
        "joined_at": timestamp(milliseconds(of.user.id)),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    return {**found, "user": user(of.user)} if with_user else found


def role(of: Role, position: int) -> dict[str, Any]:
    return {
        "id": str(of.id),
        "name": of.name,
        "permissions": str(of.permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }


def direct(of: Channel, recipient: User) -> dict[str, Any]:
    """A user's private channel."""
    last = str(of.messages[-1]) if of.messages else None
    return {"id": str(of.id), "type": of.kind, "last_message_id": last, "recipients": [user(recipient)], "flags": 0}


def channel(of: Channel) -> dict[str, Any]:
    if of.recipient is not None:
        return direct(of, of.recipient)
    found: dict[str, Any] = {
        "id": str(of.id),
        "guild_id": str(of.guild_id),
        "type": of.kind,
        "name": of.name,
        "parent_id": str(of.parent_id) if of.parent_id else None,
        "last_message_id": str(of.messages[-1]) if of.messages else None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    if not of.is_thread:
        overwrites = [
            {"id": str(id_), "type": kind, "allow": str(allow), "deny": str(deny)}
            for id_, (allow, deny, kind) in of.overwrites.items()
        ]
        more = {"position": 0, "permission_overwrites": overwrites, "topic": None, "nsfw": False}
        return {**found, **more}
    born = timestamp(milliseconds(of.id))
    return {
        **found,
        "owner_id": str(of.owner_id),
        "message_count": len(of.messages),
        "total_message_sent": len(of.messages),
        "member_count": 1,
        "thread_metadata": {
            "archived": of.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": born,
            "create_timestamp": born,
            "locked": False,
        },
    }


def guild(of: Guild, me: User) -> dict[str, Any]:
    """As GUILD_CREATE brings it, with no members but the bot's own, as without the members intent."""
    everything = of.channels.values()
    return {
        "id": str(of.id),
        "name": of.name,
        "owner_id": str(of.owner.id),
        "unavailable": False,
        "large": False,
        "member_count": len(of.members),
        "joined_at": timestamp(milliseconds(of.id)),
        "roles": [role(r, position) for position, r in enumerate(of.roles.values())],
        "members": [member(of.members[me.id])],
        "channels": [channel(c) for c in everything if not c.is_thread],
        "threads": [channel(c) for c in everything if c.is_thread and not c.archived],
        **{name: [] for name in ("emojis", "stickers", "features", "voice_states", "presences")},
        **{name: [] for name in ("stage_instances", "guild_scheduled_events", "soundboard_sounds")},
        **dict.fromkeys(("icon", "splash", "banner", "description", "vanity_url_code")),
        **dict.fromkeys(("system_channel_id", "rules_channel_id", "afk_channel_id")),
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "system_channel_flags": 0,
        "max_members": 500_000,
    }


def message(
    of: Message,
    guild_id: int,
    *,
    bare: bool = False,
    me: int = 0,
    reply_to: Message | None = None,
    thread: Channel | None = None,
) -> dict[str, Any]:
    """`bare`: without its words, as an application without the message content intent gets it."""
    words = {
        "content": of.content,
        "embeds": of.embeds,
        "attachments": of.attachments,
        "components": of.components,
    }
    found: dict[str, Any] = {
        "id": str(of.id),
        "channel_id": str(of.channel_id),
        "author": user(of.author),
        "type": of.kind,
        "flags": of.flags,
        "timestamp": timestamp(milliseconds(of.id)),
        "edited_timestamp": timestamp(of.edited_ms) if of.edited_ms else None,
        "tts": False,
        "pinned": False,
        "mention_everyone": False,
        "mentions": [user(mentioned) for mentioned in of.mentions],
        "mention_roles": [],
        **(_TEXT_FIELDS if bare else words),
    }
    if of.reactions:
        found["reactions"] = [_reaction(emoji, who, me) for emoji, who in of.reactions.items()]
    if of.reference:
        found["message_reference"] = {
            "type": 0,
            "message_id": str(of.reference),
            "channel_id": str(of.channel_id),
            "guild_id": str(guild_id),
        }
        found["referenced_message"] = message(reply_to, guild_id) if reply_to else None
    if thread is not None:
        found["thread"] = channel(thread)
    return found


def _reaction(emoji: str, who: Iterable[int], me: int) -> dict[str, Any]:
    people = set(who)
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(people),
        "count_details": {"normal": len(people), "burst": 0},
        "me": me in people,
        "me_burst": False,
        "burst_colors": [],
    }


def numbered(components: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Components with the ids that Discord gives those that have none."""
    taken: set[int] = set()

    def number(component: Mapping[str, Any]) -> dict[str, Any]:
        own = component.get("id") or max(taken, default=0) + 1
        taken.add(own)
        found = {**component, "id": own}
        if "components" in component:
            found["components"] = [number(inner) for inner in component["components"]]
        for place in ("component", "accessory"):
            if isinstance(component.get(place), Mapping):
                found[place] = number(component[place])
        return found

    return [number(component) for component in components]


def permissions_of(of: Guild, place: Channel, user_id: int) -> str:
    return str(permissions.held(of, place, user_id))
