"""The words that the bot says: every phrase that occurs in more than one place, and the small outcomes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from bot.domain.questions import Company, Question, Stage
from bot.domain.schedules import EVERY_DAY, Schedule
from bot.domain.streaks import Streak

STAGE_NAMES = {
    Stage.DEFINITION: "Define it",
    Stage.MECHANISM: "Say how it works",
    Stage.TRADEOFF: "Name the trade-off",
    Stage.PRODUCTION: "Tie it to production",
}
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORKDAYS = frozenset(range(5))

UNNAMED = "A player"
OLD_CARD = (
    "This button is from another version of the bot, which I can't read. Use `/answer` for today's question, "
    "or `/question` for any other."
)
OLD_COMMAND = "Discord showed you an older form of this command. Please wait a minute and try it again."
GONE = "This question is no longer here. `/question` offers all the others."
NO_SUCH_GUIDE = "This guide is no longer here. `/guide` offers all the others."
EMPTY_BANK = "The bank has no questions yet. Whoever runs the bot can see why with `interview-coach doctor`."
NOTHING_TO_NOTE = "You have no answer here for which I could note that. Press **Answer** first."
NOT_SAVED = "**Not saved.** {reason}"
SURPRISE = (
    "Something went wrong on my side, and I am sorry. If it happens again, tell an admin this reference: `{reference}`."
)
NO_SUCH_QUESTION = "There is no question “{name}”. Type a part of its title and choose from the list."
NO_SUCH_TIME = "“{time}” is not a time I know. Try `09:00`, `18:30` or `6 pm`."
NO_SUCH_ZONE = (
    "“{zone}” is not a time zone I know. Type a city into `zone` and choose from the list, such as `Europe/Berlin`."
)
UNCHANGED = "Nothing was changed. Once that is allowed, use `/setup` again."
NO_SCHEDULE = "This server has no daily question yet. An admin can start one with `/setup`."
NOT_ADMIN = "Only members with the **Manage Server** permission can do this."
NOT_HERE = "This works in a server, not in a private message."


def timestamp(moment: datetime, style: Literal["t", "F", "R", "D"]) -> str:
    """A Discord timestamp: shown to each reader in their own zone and language."""
    return f"<t:{int(moment.timestamp())}:{style}>"


def when(moment: datetime) -> str:
    """A moment in full, and how far away it is."""
    return f"{timestamp(moment, 'F')} ({timestamp(moment, 'R')})"


def day(moment: date) -> str:
    """A local date, the same for every reader: `Thu 1 Jan 2026`."""
    return f"{moment:%a} {moment.day} {moment:%b} {moment.year}"


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *rest, last = items
    return f"{', '.join(rest)} and {last}" if rest else last


def quoted(text: str, limit: int = 1000) -> str:
    """`text` as a Discord quotation, cut at `limit` characters."""
    return "\n".join("> " + line for line in cut(text, limit).splitlines()) or "> (nothing)"


def cut(text: str, limit: int) -> str:
    """`text`, or as much of it as fits into `limit` characters.

    That is whole sentences where they fill at least half of the room, else whole words and an ellipsis.
    """
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    if (end := max(kept.rfind(mark) for mark in (". ", "? ", "! "))) >= limit // 2:
        return kept[: end + 1]
    words = kept.rsplit(" ", 1)[0] if text[limit - 1] != " " and " " in kept else kept
    return words.rstrip(" ,;:") + "…"


def emphasis(company: Company) -> str:
    """A company's emphasis by name, and what it is not."""
    return f"{company.name} emphasis, for practice: not {company.name}'s real questions."


def headline(question: Question) -> str:
    return f"{question.id} · {question.title}"


def difficulty(level: int) -> str:
    return f"Difficulty {level} of 5"


def weekdays(days: frozenset[int]) -> str:
    if days == EVERY_DAY:
        return "every day"
    if days == _WORKDAYS:
        return "Monday to Friday"
    return listed([WEEKDAY_NAMES[d] for d in sorted(days)])


def order(schedule: Schedule) -> str:
    """A schedule in one phrase: `every day at 09:00 (Europe/Berlin) in #channel`."""
    return f"{weekdays(schedule.weekdays)} at {schedule.at:%H:%M} ({schedule.zone}) in <#{schedule.channel_id}>"


def streak_line(streak: Streak) -> str:
    return f"Streak: **{plural(streak.current, 'day')}** in a row · best {streak.best}"


def rights_missing(channel_id: int, rights: Sequence[str]) -> str:
    return (
        f"I can't use <#{channel_id}> yet. There I still need: **{listed(rights)}**.\n"
        "An admin can allow this under *Edit Channel → Permissions*, for my role."
    )
