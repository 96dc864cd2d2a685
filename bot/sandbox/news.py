"""What the page tells a visitor beside the chat: the sentence of the moment, and what is not seen yet."""

from typing import Any

from simcord import Env

from bot.sandbox.places import Place, places
from bot.sandbox.window import Window
from bot.sandbox.world import World


class News:
    """The latest sentence with its number, and up to which message each conversation was looked at."""

    def __init__(self, env: Env, world: World, window: Window) -> None:
        self._env = env
        self._world = world
        self._window = window
        self._seen = self.latest()
        self._known = set(self._seen)
        self._errors = env.error_cursor
        self.number = 0
        self.sentence = ""

    def say(self, sentence: str) -> None:
        """Replace the sentence; its number tells the page that it is a new one, even with the same words."""
        self.number += 1
        self.sentence = sentence

    def looked_at(self, place_id: int) -> None:
        """The visitor has this conversation before them, up to its last message."""
        place = places(self._env, self._world).get(place_id)
        if place is not None:
            self._seen[place_id] = place.latest_id

    def is_new(self, place: Place) -> bool:
        """Whether something was written there since the visitor last looked."""
        return place.id != self._window.place_id and self._seen.get(place.id, -1) < place.latest_id

    def latest(self) -> dict[int, int]:
        """The newest message of every conversation, to compare with later."""
        return {place.id: place.latest_id for place in places(self._env, self._world).values()}

    def grown_since(self, latest: dict[int, int]) -> list[str]:
        """The names of the conversations in which something was written since."""
        found = places(self._env, self._world).values()
        return [place.label for place in found if place.latest_id > latest.get(place.id, 0)]

    def report_errors(self) -> None:
        """Say it where the bot raised an error; its own log has the details."""
        errors = self._env.errors_since(self._errors)
        self._errors = self._env.error_cursor
        if errors:
            self.say(f"The bot raised {type(errors[-1]).__name__}: {errors[-1]} (details in the terminal).")

    def report_new_places(self) -> None:
        """Say it when a thread or a private conversation has appeared."""
        appeared = [place for place in places(self._env, self._world).values() if place.id not in self._known]
        self._known.update(place.id for place in appeared)
        for place in appeared:
            kind = "thread" if place.parent_id is not None else "conversation"
            self.say(f"A new {kind} is in the list of channels: {place.label}.")

    def listing(self) -> list[dict[str, Any]]:
        """The conversations as the page's list shows them: channels, each with its threads nested."""
        self.looked_at(self._window.place_id)
        rows: dict[int, dict[str, Any]] = {}
        for place in places(self._env, self._world).values():
            row = {"id": str(place.id), "label": place.label, "new": self.is_new(place), "threads": []}
            if place.parent_id in rows:
                rows[place.parent_id]["threads"].append(row)
            else:
                rows[place.id] = row
        return list(rows.values())
