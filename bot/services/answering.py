"""Taking answers: from a card, a command, a thread message or a context menu, to a saved row and the next rung."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import ladder
from bot.domain.answers import FEWEST_WORDS, Answer, Path, is_answer, is_genuine, tidy, word_count
from bot.domain.bank import Bank
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Post, PostKind, PostState, hint_key, rung_key
from bot.domain.questions import Question
from bot.services.emphasis import Emphases
from bot.services.feedback import Feedback, Feedbacks
from bot.services.ports import Recorded, Store


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that somebody hands in as an answer; `source` and `at` as in `bot.domain.answers.Answer`."""

    source: str
    guild_id: int
    user_id: int
    text: str
    path: Path
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer is durable. `unlocked` is the follow-up that it opens in the thread, if it opens one."""

    feedback: Feedback
    recorded: Recorded
    unlocked: int | None


@dataclass(frozen=True, slots=True)
class TooShort:
    """Nothing was saved: an answer has at least `needed` words."""

    text: str
    words: int
    needed: int = FEWEST_WORDS


@dataclass(frozen=True, slots=True)
class NothingToAnswer:
    """Nothing was saved: the question is gone from the bank, or was never posted."""

    text: str


Outcome = Saved | TooShort | NothingToAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """What a member is about to answer: the question, the rung's own words, and what they wrote before."""

    question: Question
    occurrence: Occurrence | None
    rung: int
    text: str
    former: str


class Answering:
    """Answers to posted questions, and in private practice."""

    def __init__(self, store: Store, bank: Bank, emphases: Emphases, feedbacks: Feedbacks) -> None:
        self._store = store
        self._bank = bank
        self._emphases = emphases
        self._feedbacks = feedbacks

    async def find(self, key: str) -> tuple[Occurrence, Question] | None:
        """A posted occurrence and its question, if both are still there."""
        occurrence = await self._store.occurrence(key)
        if occurrence is None or occurrence.question_id is None or occurrence.post.message_id is None:
            return None
        question = self._bank.find(occurrence.question_id)
        return (occurrence, question) if question else None

    def question(self, question_id: str) -> Question | None:
        """The question with this id, if the bank still holds it."""
        return self._bank.find(question_id)

    async def asked(self, user_id: int, key: str, rung: int) -> Asked | None:
        """What pressing **Answer** on this rung of an occurrence asks; None if there is no such rung."""
        found = await self.find(key)
        if found is None:
            return None
        occurrence, question = found
        return await self._asked(user_id, question, occurrence, rung)

    async def asked_in_practice(self, user_id: int, question_id: str, rung: int) -> Asked | None:
        """The same in private practice."""
        question = self._bank.find(question_id)
        return await self._asked(user_id, question, None, rung) if question else None

    async def submit(self, offer: Offer, key: str, rung: int) -> Outcome:
        """Saves an answer to one rung of a posted question."""
        found = await self.find(key)
        if found is None:
            return NothingToAnswer(offer.text)
        occurrence, question = found
        return await self._save(offer, question, occurrence, rung)

    async def submit_practice(self, offer: Offer, question_id: str, rung: int, wanted: str | None = None) -> Outcome:
        """Saves an answer that nobody else sees and no streak counts; `wanted` is the emphasis asked for with it."""
        question = self._bank.find(question_id)
        if question is None:
            return NothingToAnswer(offer.text)
        return await self._save(offer, question, None, rung, wanted)

    async def current(self, guild_id: int, channel_id: int) -> Occurrence | None:
        """What an answer given in this channel or thread is for.

        Its thread's occurrence, else the newest open one of the channel, else the newest open one of the guild.
        """
        if in_thread := await self._store.occurrence_of_thread(channel_id):
            return in_thread
        opened = await self._store.open_occurrences(guild_id)
        here = [o for o in opened if o.post.channel_id == channel_id]
        return next(iter(here or opened), None)

    async def in_thread(self, thread_id: int) -> Occurrence | None:
        """The occurrence whose thread (and card) has this id."""
        return await self._store.occurrence_of_thread(thread_id)

    async def rung_for(self, occurrence: Occurrence, user_id: int, reply_to: int | None) -> int:
        """Which rung a member's message in the occurrence's thread answers."""
        replied = await self._store.rung_of(occurrence.key, reply_to) if reply_to else None
        question = self._bank.find(occurrence.question_id or "")
        if question is None:
            return replied or ladder.QUESTION
        return ladder.rung_of_message(
            question,
            self._emphases.of_thread(occurrence),
            answered=await self._store.answered_rungs(user_id, question.id, occurrence.key),
            open_rungs=await self._store.open_rungs(occurrence.key),
            replied_to=replied,
        )

    async def hint(self, occurrence: Occurrence, now: datetime) -> Post | None:
        """The one public hint that a thread gets about messages the bot may not read; None if it had it."""
        post = self._thread_post(occurrence, PostKind.HINT, hint_key(occurrence.key), 0, now)
        return post if post and await self._store.add_post(post) else None

    async def feedback(self, user_id: int, key: str, rung: int) -> Feedback | None:
        """What can be said of a member's newest answer to a rung of a posted question; None if there is none."""
        found = await self.find(key)
        if found is None:
            return None
        occurrence, question = found
        answer = await self._store.latest_answer(user_id, question.id, key, rung)
        if answer is None:
            return None
        return await self._feedbacks.feedback(
            occurrence.guild_id, user_id, question, occurrence, rung=rung, text=answer.text
        )

    async def answer_from(self, message_id: int) -> Answer | None:
        """The answer that a thread message was taken as, if it was."""
        return await self._store.answer_from(f"m:{message_id}")

    async def _asked(self, user_id: int, question: Question, occurrence: Occurrence | None, rung: int) -> Asked | None:
        if rung == ladder.QUESTION:
            text = question.asks
        elif follow_up := ladder.follow_up(question, rung):
            text = follow_up.asks
        else:
            return None
        key = occurrence.key if occurrence else None
        former = await self._store.latest_answer(user_id, question.id, key, rung)
        return Asked(question, occurrence, rung, text, former.text if former else "")

    async def _save(
        self, offer: Offer, question: Question, occurrence: Occurrence | None, rung: int, wanted: str | None = None
    ) -> Outcome:
        if rung != ladder.QUESTION and ladder.follow_up(question, rung) is None:
            return NothingToAnswer(offer.text)
        text = tidy(offer.text)
        if not is_answer(text):
            return TooShort(text, word_count(text))
        # All that is asked of the store comes before the commit, so that nothing can fail between it and the receipt.
        feedback = await self._feedbacks.feedback(
            offer.guild_id, offer.user_id, question, occurrence, rung=rung, text=text, wanted=wanted
        )
        genuine = is_genuine(feedback.judgement)
        unlocked = await self._unlocked(question, occurrence, rung) if genuine else None
        post = None
        if occurrence and unlocked:
            key = rung_key(occurrence.key, unlocked)
            post = self._thread_post(occurrence, PostKind.RUNG, key, unlocked, offer.at)
        answer = Answer(
            source=offer.source,
            guild_id=offer.guild_id,
            user_id=offer.user_id,
            question_id=question.id,
            occurrence=occurrence.key if occurrence else None,
            rung=rung,
            text=text,
            path=offer.path,
            at=offer.at,
            is_genuine=genuine,
        )
        return Saved(feedback, await self._store.record_answer(answer, post), unlocked)

    async def _unlocked(self, question: Question, occurrence: Occurrence | None, rung: int) -> int | None:
        """The rung that an answer to this one opens in the occurrence's thread; none in practice."""
        if occurrence is None:
            return None
        # A rung whose post was put off counts as open: what it waits for is Discord, not another answer.
        asked = await self._store.post(rung_key(occurrence.key, rung))
        is_open = asked is not None and asked.state not in {PostState.REMOVED, PostState.SKIPPED}
        return ladder.unlocked_by(question, self._emphases.of_thread(occurrence), rung, {rung} if is_open else ())

    def _thread_post(self, occurrence: Occurrence, kind: PostKind, key: str, rung: int, due: datetime) -> Post | None:
        if occurrence.post.message_id is None:
            return None
        return Post(
            key=key,
            kind=kind,
            subject=occurrence.key,
            guild_id=occurrence.guild_id,
            channel_id=occurrence.post.message_id,  # a thread has the id of the message that it started from
            rung=rung,
            state=PostState.DUE,
            due=due,
        )
