"""Stand-ins for the world that the use cases speak to: a Discord that does as it is told, and a clock."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from bot.domain.posts import Delivered, Failed, PostKind
from bot.services.ports import Absent, Found, Unreadable

START = datetime(2026, 1, 1, 8, tzinfo=UTC)


class FakeClock:
    """Stands still until somebody moves it."""

    def __init__(self, now=START):
        self.now = now

    def __call__(self):
        return self.now

    def pass_time(self, **duration):
        self.now += timedelta(**duration)
        return self.now

    def steady(self):
        """Seconds by a clock that nobody sets; here the two agree."""
        return self.now.timestamp()


class FakeMessenger:
    """A `Messenger` over a Discord that remembers nonces for a while, loses replies and takes rights away.

    `replies` are handed out one for each attempt; with none left it delivers. `lost` attempts create their
    message, but the bot is told of a failure.
    """

    def __init__(self, clock):
        self._clock = clock
        self.posted = defaultdict(list)
        self.kinds = {}
        self.notices = []
        self.closed = {}
        self.replies = []
        self.lost = 0
        self.rights = []
        self.readable = True
        self.nonce_window = timedelta(minutes=3)
        self._ids = iter(range(1_000, 10_000))
        self._nonces = {}

    def missing_rights(self, guild_id, channel_id, *, threads=True):
        return list(self.rights)

    async def send(self, post, occurrence):
        if post.kind is PostKind.NOTICE:
            self.notices.append(post.text)
            return Delivered(next(self._ids))
        if self.replies:
            return self.replies.pop(0)
        known = self._nonces.get(post.key)
        if known is None or self._clock() - known[1] > self.nonce_window:
            known = (next(self._ids), self._clock())
            self._nonces[post.key] = known
            self.posted[post.key].append(known[0])
            self.kinds[post.key] = post.kind
        if self.lost:
            self.lost -= 1
            return Failed("the reply was lost")
        return Delivered(known[0])

    async def find(self, post, occurrence):
        if not self.readable:
            return Unreadable("it can't be told")
        found = self.posted.get(post.key)
        return Found(found[-1]) if found else Absent()

    async def show_closed(self, occurrence, members):
        self.closed[occurrence.key] = members
        return True
