"""The window onto one conversation: simcord's preview, reopened for each place a visitor goes to.

A preview shows one channel for its whole life, and an Env allows one preview at a time.
"""

from contextlib import AsyncExitStack

from simcord import Env, MemberActor, Preview, UserHandle
from yarl import URL

from bot.sandbox.places import Place


class Window:
    """At most one open preview, what it shows, and as whom the visitor last looked through it."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._preview: Preview | None = None
        self._open = AsyncExitStack()
        self._viewers: tuple[MemberActor | UserHandle, ...] = ()
        self.place_id = 0
        self.viewer_id = 0

    @property
    def origin(self) -> URL | None:
        """Where the preview listens, or None while there is none."""
        return URL(self._preview.url).origin() if self._preview is not None else None

    @property
    def address(self) -> str:
        """The page's address for the frame. The fragment is the preview's own secret."""
        if self._preview is None:
            return ""
        return f"/view?channel={self.place_id}#{URL(self._preview.url).fragment}"

    async def show(self, place: Place) -> None:
        """Close what is open and open `place`; the caller keeps other operations out meanwhile."""
        await self.close()
        preview = self._env.preview(place.handle, viewers=place.viewers, layout="channel")
        self._preview = await self._open.enter_async_context(preview)
        self._viewers = place.viewers
        self.place_id = place.id

    async def refresh(self) -> None:
        """Show what has happened since; does nothing while no preview is open."""
        if self._preview is not None:
            await self._preview.refresh()

    async def close(self) -> None:
        """Close the preview, if one is open."""
        self._preview = None
        await self._open.aclose()

    def viewer_for_new_page(self) -> int | None:
        """As whom a page starts: the member looked through last, where that member can read this place."""
        return self.viewer_id if any(one.id == self.viewer_id for one in self._viewers) else None
