"""Servers, the people in them, and what they get to see: each act is one call, and waits for what it leads to."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.limits import walk

if TYPE_CHECKING:
    from tests.wire.control import Discord

_PATIENCE = 60.0
_BUTTON, _EPHEMERAL = 2, 1 << 6
_KINDS = {4: "message", 5: "message", 6: "update", 7: "update", 8: "choices", 9: "form"}


def words(message: Mapping[str, Any]) -> str:
    """Every word of a message, whatever its layout."""
    parts = [message["content"]]
    for embed in message["embeds"]:
        parts += [embed.get("title"), embed.get("description")]
        parts += [text for field in embed.get("fields", ()) for text in (field["name"], field["value"])]
    parts += [c.get("content") for c in walk(message["components"])]
    return "\n".join(filter(None, parts))


@dataclass(frozen=True)
class Posted:
    """A message in a channel or thread."""

    discord: "Discord"
    data: Mapping[str, Any]

    @property
    def id(self) -> int:
        return int(self.data["id"])

    @property
    def channel_id(self) -> int:
        return int(self.data["channel_id"])

    @property
    def text(self) -> str:
        return words(self.data)

    @property
    def from_bot(self) -> bool:
        return bool(self.data["from_bot"])

    @property
    def nonce(self) -> str | int | None:
        return self.data["nonce"]  # type: ignore[no-any-return]

    @property
    def buttons(self) -> dict[str, str]:
        """Label -> `custom_id`."""
        return {c["label"]: c.get("custom_id", "") for c in walk(self.data["components"]) if c["type"] == _BUTTON}

    @property
    def reactions(self) -> list[str]:
        return [r["emoji"]["name"] for r in self.data.get("reactions", ())]


@dataclass(frozen=True)
class Shown:
    """What an interaction led to, for the one who caused it."""

    discord: "Discord"
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def kind(self) -> str:
        """`message`, `update`, `choices` or `form`."""
        return _KINDS[self.data["callback"]]

    @property
    def message(self) -> Posted:
        return Posted(self.discord, self.data["message"])

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def is_private(self) -> bool:
        return self.data["message"] is not None and bool(self.data["message"]["flags"] & _EPHEMERAL)

    @property
    def form(self) -> Mapping[str, Any]:
        """The modal, as the bot sent it."""
        assert self.data["modal"] is not None, self.data
        return self.data["modal"]  # type: ignore[no-any-return]

    @property
    def choices(self) -> list[str]:
        return [choice["name"] for choice in self.data["choices"]]

    @property
    def ack_seconds(self) -> float:
        """From the event to the first response, by the stand-in's clock."""
        return float(self.data["ack_seconds"])

    @property
    def second_responses(self) -> int:
        """How often the bot tried to respond again, which Discord refuses."""
        return int(self.data["second_responses"])

    async def submit(self, **fields: Any) -> "Shown":
        """Fills in the form and sends it; fields go by their `custom_id`."""
        return await self.discord.shown(await self.send(**fields))

    async def send(self, **fields: Any) -> str:
        """The same without waiting; the interaction's id."""
        return str(await self.discord.do("submit", interaction=self.id, fields=fields))


@dataclass(frozen=True)
class Place:
    """A channel or thread."""

    discord: "Discord"
    id: int
    name: str

    @property
    def sending(self) -> str:
        """The requests that post here, as a fault's pattern."""
        return f"POST /channels/{self.id}/messages"

    async def permit(self, *, who: int | None = None, silently: bool = False, **rights: bool) -> None:
        """`permit(READ_MESSAGE_HISTORY=False)`: what the bot, or `who`, may do here."""
        allow = [name for name, held in rights.items() if held]
        deny = [name for name, held in rights.items() if not held]
        whom = str(who) if who else None
        await self.discord.do("permit", channel=str(self.id), allow=allow, deny=deny, who=whom, silently=silently)

    async def delete(self) -> None:
        await self.discord.do("delete_channel", channel=str(self.id))

    async def threads(self) -> list["Place"]:
        found = await self.discord.do("threads", channel=str(self.id))
        return [Place(self.discord, int(t["id"]), t["name"]) for t in found]


class Server:
    """A guild with its people."""

    def __init__(
        self, discord: "Discord", data: Mapping[str, Any], channels: tuple[str, ...], members: tuple[str, ...]
    ) -> None:
        self.discord = discord
        self.id = int(data["id"])
        self.channels = {name: Place(discord, int(data["channels"][name]), name) for name in channels}
        self.people = {name: Person(self, int(data["members"][name]), name) for name in members}
        self.daily = self.channels[channels[0]]
        self.owner = self.people[members[0]]

    def person(self, name: str) -> "Person":
        return self.people[name]

    async def remove_bot(self) -> None:
        await self.discord.do("remove_bot", guild=str(self.id))

    async def add_bot(self) -> None:
        await self.discord.do("add_bot", guild=str(self.id))


@dataclass(frozen=True)
class Person:
    """A member. Acts wait for their outcome; `start_*` return the interaction's id at once."""

    server: Server
    id: int
    name: str

    @property
    def _discord(self) -> "Discord":
        return self.server.discord

    async def start_slash(self, line: str, *, at: Place | None = None, unseen: bool = False, **options: Any) -> str:
        place = at or self.server.daily
        return str(await self._discord.do("slash", **self._here(place), line=line, options=options, unseen=unseen))

    async def slash(self, line: str, *, at: Place | None = None, unseen: bool = False, **options: Any) -> Shown:
        """`slash("daily now")`, in the daily channel unless told otherwise."""
        return await self._discord.shown(await self.start_slash(line, at=at, unseen=unseen, **options))

    async def slash_until(self, line: str, phrase: str) -> Shown:
        """Uses a command again and again until the reply holds a phrase, as somebody who waits would."""
        async with asyncio.timeout(_PATIENCE):
            while phrase not in (shown := await self.slash(line)).text:
                pass
        return shown

    async def type(self, line: str, focused: str, typed: str, *, at: Place | None = None) -> Shown:
        """Types into an option that completes itself."""
        here = self._here(at or self.server.daily)
        started = await self._discord.do("autocomplete", **here, line=line, options={focused: typed}, focused=focused)
        return await self._discord.shown(str(started))

    async def direct_messages(self) -> list[Posted]:
        """What the bot wrote to this person in private."""
        found = await self._discord.do("direct_messages", user=str(self.id))
        return [Posted(self._discord, data) for data in found]

    async def start_click(self, message: Posted, label: str | None = None, *, custom_id: str | None = None) -> str:
        return str(
            await self._discord.do(
                "click", user=str(self.id), message=str(message.id), label=label, custom_id=custom_id
            )
        )

    async def click(self, message: Posted, label: str | None = None, *, custom_id: str | None = None) -> Shown:
        return await self._discord.shown(await self.start_click(message, label, custom_id=custom_id))

    async def use_menu(self, message: Posted, name: str) -> Shown:
        started = await self._discord.do("use_menu", user=str(self.id), message=str(message.id), name=name)
        return await self._discord.shown(str(started))

    async def say(
        self, text: str, *, at: Place | int | None = None, reply_to: Posted | None = None, ping: bool = True
    ) -> Posted:
        here = self._here(at or self.server.daily)
        replied = str(reply_to.id) if reply_to else None
        return Posted(self._discord, await self._discord.do("say", **here, text=text, reply_to=replied, ping=ping))

    def _here(self, place: Place | int) -> dict[str, str]:
        return {"user": str(self.id), "channel": str(place.id if isinstance(place, Place) else place)}
