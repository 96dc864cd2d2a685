"""The names of our buttons, choices and modals: `ic:<version>:<verb>:<key>[:<arg>[:<company>]]`.

They outlive restarts and updates. A name says what to do and to what, never who may: rights are checked again when
it comes back.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.services.rapidfire_ports import AttemptId

VERSION = 1
LONGEST = 100

ANY = "any"
"""The source of a drill that is not about one round's misses."""

NEXT = "next"
"""Stands for whichever prompt comes next in a drill."""

_FORM = re.compile(
    r"ic:(?P<version>\d{1,4}):(?P<verb>[a-z]+):(?P<key>[A-Za-z0-9_-]+)(?::(?P<arg>[a-z0-9-]+))?"
    r"(?::(?P<company>[a-z0-9-]+))?"
)
_QUESTION = re.compile(r"Q[1-9][0-9]{0,3}")


class Verb(StrEnum):
    """What a button or modal asks for. Unless it says so, `key` is an occurrence, or a question in practice."""

    ANSWER = "answer"  # arg: rung; opens the modal
    SUBMIT = "submit"  # arg: rung; the modal itself
    REVEAL = "reveal"  # key: question, arg: layer
    MINE = "mine"  # arg: rung; a member's own feedback
    CLAIM = "claim"  # arg: rung; a choice of points of which a member says that the answer made them
    BANK = "bank"  # key: the number of a page
    TRIAGE = "triage"  # key: a guide, arg: a node of its tree
    PRACTISE = "practise"  # key: the number of a page; a choice of a question on it
    # In these `key` is a round, unless it says so.
    JOIN = "join"
    LEAVE = "leave"
    TEAM = "team"  # a choice of a team
    BEGIN = "begin"
    SHOOT = "shoot"  # arg: the prompt's number; opens the form
    FIRE = "fire"  # arg: the prompt's number; the form itself
    PICK = "pick"  # arg: the prompt's number and an option's, from 0
    SHOW = "show"  # arg: the prompt's number; lets everybody see one's answer
    APPEAL = "appeal"  # arg: the prompt's number
    RULE = "rule"  # arg: the prompt's number, yes or no, and whose answer it is; for moderators
    REVIEW = "review"
    AGAIN = "again"
    DRILL = "drill"  # key: a round whose misses are practised, or `any`; arg: a prompt, or none for the next one
    TRY = "try"  # key as in DRILL, arg: the prompt; opens the form
    TRIED = "tried"  # the same; the form itself
    CHOSE = "chose"  # key as in DRILL, arg: an option's number, from 0, and the prompt


@dataclass(frozen=True, slots=True)
class CustomId:
    """A parsed name. `rung` is 0 where the argument is missing or no number.

    `company` is the emphasis that a member chose for this one question in practice, if they did.
    """

    verb: Verb
    key: str
    arg: str = ""
    company: str | None = None

    def __str__(self) -> str:
        more = ":".join(filter(None, [self.arg, self.company]))
        text = f"ic:{VERSION}:{self.verb}:{self.key}" + (f":{more}" if more else "")
        if len(text) > LONGEST:
            raise ValueError(f"a custom_id of {len(text)} characters: Discord takes {LONGEST}")
        return text

    @property
    def rung(self) -> int:
        return int(self.arg) if self.arg.isdecimal() else 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in the argument, such as those of a prompt and of an option."""
        return tuple(int(part) for part in self.arg.split("-") if part.isdecimal())

    @property
    def is_practice(self) -> bool:
        """Whether the key is a question's id: an occurrence's key is longer than any of those."""
        return _QUESTION.fullmatch(self.key) is not None


@dataclass(frozen=True, slots=True)
class Foreign:
    """A name that this version does not read. `ours` tells whether another version of the bot wrote it."""

    ours: bool


def parse(text: str) -> CustomId | Foreign:
    """The meaning of a `custom_id`, whoever made it."""
    match = _FORM.fullmatch(text)
    if match is None:
        return Foreign(ours=text.startswith("ic:"))
    if int(match["version"]) != VERSION or match["verb"] not in {v.value for v in Verb}:
        return Foreign(ours=True)
    return CustomId(Verb(match["verb"]), match["key"], match["arg"] or "", match["company"])


def answer(key: str, rung: int, company: str | None = None) -> str:
    return str(CustomId(Verb.ANSWER, key, str(rung), company))


def submit(key: str, rung: int, company: str | None = None) -> str:
    return str(CustomId(Verb.SUBMIT, key, str(rung), company))


def reveal(question_id: str, layer: str) -> str:
    return str(CustomId(Verb.REVEAL, question_id, layer))


def claim(key: str, rung: int) -> str:
    return str(CustomId(Verb.CLAIM, key, str(rung)))


def mine(key: str, rung: int) -> str:
    return str(CustomId(Verb.MINE, key, str(rung)))


def bank(page: int) -> str:
    return str(CustomId(Verb.BANK, str(page)))


def triage(guide: str, node: str) -> str:
    return str(CustomId(Verb.TRIAGE, guide, node))


def join(round_id: str) -> str:
    return str(CustomId(Verb.JOIN, round_id))


def leave(round_id: str) -> str:
    return str(CustomId(Verb.LEAVE, round_id))


def team(round_id: str) -> str:
    return str(CustomId(Verb.TEAM, round_id))


def begin(round_id: str) -> str:
    return str(CustomId(Verb.BEGIN, round_id))


def shoot(round_id: str, number: int) -> str:
    return str(CustomId(Verb.SHOOT, round_id, str(number)))


def fire(round_id: str, number: int) -> str:
    return str(CustomId(Verb.FIRE, round_id, str(number)))


def pick(round_id: str, number: int, option: int) -> str:
    return str(CustomId(Verb.PICK, round_id, f"{number}-{option}"))


def show(round_id: str, number: int) -> str:
    return str(CustomId(Verb.SHOW, round_id, str(number)))


def appeal(round_id: str, number: int) -> str:
    return str(CustomId(Verb.APPEAL, round_id, str(number)))


def rule(of: AttemptId, *, upheld: bool) -> str:
    return str(CustomId(Verb.RULE, of.round_id, f"{of.number}-{'yes' if upheld else 'no'}-{of.user_id}"))


def review(round_id: str) -> str:
    return str(CustomId(Verb.REVIEW, round_id))


def again(round_id: str) -> str:
    return str(CustomId(Verb.AGAIN, round_id))


def drill(source: str, prompt: str = "", company: str | None = None) -> str:
    return str(CustomId(Verb.DRILL, source, prompt or NEXT, company))


def attempt(source: str, prompt: str, company: str | None = None) -> str:
    return str(CustomId(Verb.TRY, source, prompt, company))


def tried(source: str, prompt: str, company: str | None = None) -> str:
    return str(CustomId(Verb.TRIED, source, prompt, company))


def chose(source: str, prompt: str, option: int, company: str | None = None) -> str:
    return str(CustomId(Verb.CHOSE, source, f"{option}-{prompt}", company))


def practise(page: int) -> str:
    return str(CustomId(Verb.PRACTISE, str(page)))
