"""What goes wrong in a guild and is worth an admin's attention: told once for each cause, until it is mended."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.occurrences import Occurrence
from bot.domain.posts import PostState

SKIPPED_BY_ADMIN = "an admin skipped it"
"""The one reason for a missing post that nobody has to be told of."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that an admin should know. The same `cause` is told once while it lasts.

    `schedule_id` is the schedule that it keeps from posting; the next card that arrives ends it.
    `says` is a sentence for people, with what to do. `ended` is None while it lasts.
    """

    guild_id: int
    schedule_id: str
    cause: str
    says: str
    since: datetime
    ended: datetime | None = None


def of_card(occurrence: Occurrence, since: datetime) -> Trouble | None:
    """What an admin should be told about a card that is not in its channel; None if nothing."""
    post = occurrence.post
    place, day = f"<#{post.channel_id}>", f"{occurrence.day:%A} {occurrence.day.day} {occurrence.day:%B}"
    reason = post.reason or "the reason is not known"
    match post.state:
        case PostState.BLOCKED:
            says = (
                f"I could not post the question of {day} in {place}: {reason}. Once that is mended I post it by "
                "myself; nothing is lost."
            )
        case PostState.UNCERTAIN:
            says = (
                f"I am not sure whether the question of {day} is in {place}: {reason}. So I did not post it again. "
                "Please allow me **Read Message History** there."
            )
        case PostState.REMOVED:
            says = f"The question of {day} was posted in {place} and removed. I do not post it again."
        case PostState.SKIPPED if reason != SKIPPED_BY_ADMIN:
            says = f"The question of {day} in {place} was left out: {reason}. Nobody's streak is hurt."
        case _:
            return None
    # A right that is missing is one cause however long it lasts; the other causes belong to one day.
    about = reason if post.state is PostState.BLOCKED else occurrence.key
    return Trouble(occurrence.guild_id, occurrence.schedule_id, f"{post.state}:{about}", says, since)
