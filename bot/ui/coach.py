"""What commands and buttons work with: the use cases, the bank and the clock, joined by `bot.app`."""

from dataclasses import dataclass

from bot.domain.bank import Bank
from bot.services.answering import Answering
from bot.services.appealing import Appealing
from bot.services.browsing import Browsing
from bot.services.claiming import Claiming
from bot.services.conducting import Conducting
from bot.services.doctoring import Doctoring
from bot.services.drilling import Drilling
from bot.services.emphasis import Emphases
from bot.services.ports import Clock
from bot.services.posting import Posting
from bot.services.practice import Practice
from bot.services.queueing import Queueing
from bot.services.rapidfire import Rapidfire
from bot.services.round_scheduling import RoundScheduling
from bot.services.scheduling import Scheduling
from bot.services.streaks import Streaks


@dataclass(frozen=True, slots=True)
class Arena:
    """The use cases of rapid-fire rounds."""

    rapidfire: Rapidfire
    conducting: Conducting
    appealing: Appealing
    drilling: Drilling
    scheduling: RoundScheduling


@dataclass(frozen=True, slots=True)
class Coach:
    """The bot's use cases."""

    bank: Bank
    clock: Clock
    scheduling: Scheduling
    posting: Posting
    answering: Answering
    emphases: Emphases
    claiming: Claiming
    practice: Practice
    browsing: Browsing
    streaks: Streaks
    queueing: Queueing
    doctoring: Doctoring
    arena: Arena
