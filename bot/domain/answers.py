"""What counts as an answer: the smallest text that does, and where a member's words may come from."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.grades import Judgement, Reason, Unscored

LONGEST = 4000
"""Characters; the most that a Discord modal's text input carries."""

FEWEST_WORDS = 4

_NO_ANSWER = frozenset({Reason.OFF_TOPIC, Reason.COPIED_QUESTION, Reason.INSTRUCTS_GRADER})

# A run of letters or digits is a word; scripts written without spaces count each character.
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_]+(?:['’\-][^\W_]+)*")  # noqa: RUF001


class Path(StrEnum):
    """How an answer reached us."""

    MODAL = "modal"
    SLASH = "slash"
    THREAD = "thread"
    CONTEXT_MENU = "context_menu"


@dataclass(frozen=True, slots=True)
class Answer:
    """One text that one member gave to one rung of one question.

    `source` names the interaction or message that brought it (`i:<id>`, `m:<id>`, and `m:<id>:<edit>` for a
    message edited later), so that the same event twice is one answer. `rung` is numbered as in `bot.domain.ladder`.
    `occurrence` is None in private practice. `at` is the instant that Discord gave the event, not the one at which
    we handled it. `is_genuine` is False for a text that earns no day: off topic, copied, or talking to the grader.
    """

    source: str
    guild_id: int
    user_id: int
    question_id: str
    occurrence: str | None
    rung: int
    text: str
    path: Path
    at: datetime
    is_genuine: bool = True


def word_count(text: str) -> int:
    """How many words `text` has, in any script."""
    return len(_WORD.findall(text))


def is_answer(text: str) -> bool:
    """Whether `text` is long enough to be an answer rather than chat."""
    return word_count(text) >= FEWEST_WORDS


def is_genuine(judgement: Judgement) -> bool:
    """Whether an answer of enough words may earn its day: however wrong it is, it speaks about the question."""
    return not isinstance(judgement, Unscored) or judgement.reason not in _NO_ANSWER


def tidy(text: str, *, mention_ids: frozenset[int] = frozenset()) -> str:
    """`text` without surrounding blanks and without mentions of the given users, cut at `LONGEST`."""
    for user_id in mention_ids:
        text = re.sub(rf"<@!?{user_id}>", " ", text)
    return text.strip()[:LONGEST]
