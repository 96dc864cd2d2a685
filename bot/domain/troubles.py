"""What goes wrong in a guild and is worth an admin's attention: told once for each cause, until it is mended."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.occurrences import Occurrence
from bot.domain.posts import Post, PostKind, PostState

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


def of_post(post: Post, occurrence: Occurrence, since: datetime) -> Trouble | None:
    """What an admin should be told about a post that is not where it should be; None if nothing."""
    place, day = f"<#{occurrence.post.channel_id}>", f"{occurrence.day:%A} {occurrence.day.day} {occurrence.day:%B}"
    what = f"the question of {day}" if post.kind is PostKind.CARD else f"a follow-up to the question of {day}"
    reason = post.reason or "the reason is not known"
    match post.state:
        case PostState.BLOCKED:
            says = f"I could not post {what} in {place}: {reason}. Once that is mended I post it by myself."
        case PostState.UNCERTAIN:
            says = (
                f"I am not sure whether {what} is in {place}: {reason}. So I did not post it again. "
                "Please allow me **Read Message History** there."
            )
        case PostState.REMOVED:
            says = f"Somebody removed {what} from {place}. I do not post it again."
        case PostState.SKIPPED if reason != SKIPPED_BY_ADMIN and post.kind is PostKind.CARD:
            says = f"I left out {what} in {place}: {reason}. Nobody's streak is hurt."
        case _:
            return None
    # What holds messages back is one cause however many days it lasts; the others belong to their one day.
    held = post.state in {PostState.BLOCKED, PostState.SKIPPED}
    about = reason if held else f"{post.state}:{post.key}"
    return Trouble(occurrence.guild_id, occurrence.schedule_id, about, says, since)
