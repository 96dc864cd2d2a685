"""What the messages of a round show, put together from the facts at the moment they are posted or edited."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.bank import Bank
from bot.domain.boards import Place, Player, board, earned, is_ranked, team_board
from bot.domain.judging.judge import Judge
from bot.domain.posts import Post, PostKind
from bot.domain.prompts import Prompt
from bot.domain.questions import Question
from bot.domain.rapidfire import Phase, Round, revealed
from bot.services.rapidfire_ports import Appeal, AttemptId, Rounds, Scene

Names = Mapping[int, str]
"""What players are called, by their ids."""


@dataclass(frozen=True, slots=True)
class LobbyPage:
    """Who is in, by which rules, and when it begins."""

    round: Round
    players: tuple[Player, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Why answers did not count. `option` is what they chose; in free words it is nobody else's business."""

    why: str
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What came of one prompt.

    `right` are the players who earned something. `confusions` are the near-misses by how many players each was
    found with, the most frequent first. `public` are the answers that their authors let everybody see.
    """

    right: tuple[int, ...]
    confusions: tuple[tuple[Confusion, int], ...]
    public: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PromptPage:
    """One prompt, open or not counted while `revealed` is None. `answers` are in; `board` is the running board."""

    round: Round
    number: int
    prompt: Prompt
    question: Question
    answers: int
    names: Names
    revealed: Revealed | None = None
    board: tuple[Place, ...] = ()
    teams: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PodiumPage:
    """How a round stands or ended. `asked` are the prompts that were revealed."""

    round: Round
    names: Names
    board: tuple[Place, ...]
    teams: tuple[Place, ...]
    asked: int
    is_ranked: bool


@dataclass(frozen=True, slots=True)
class WordPage:
    """A round goes on after the bot was away."""

    round: Round


@dataclass(frozen=True, slots=True)
class AppealPage:
    """An appeal with what the judge found in the answer: what counted, and what it took for something else."""

    appeal: Appeal
    prompt: Prompt
    matched: tuple[str, ...]
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice carries its own text."""


Page = LobbyPage | PromptPage | PodiumPage | WordPage | AppealPage | NoticePage


class Pages:
    """Reads a round's facts and judges its answers again, which is quicker than keeping every verdict's reasons."""

    def __init__(self, rounds: Rounds, bank: Bank, judge: Judge) -> None:
        self._rounds = rounds
        self._bank = bank
        self._judge = judge

    async def of(self, post: Post) -> Page | None:
        """What a post is to show now; None if what it is about is gone."""
        if post.kind is PostKind.NOTICE:
            return NoticePage()
        if post.kind is PostKind.APPEAL:
            return await self._appeal(post)
        scene = await self._rounds.scene(post.subject)
        if scene is None:
            return None
        match post.kind:
            case PostKind.LOBBY:
                return LobbyPage(scene.round, scene.players)
            case PostKind.PROMPT:
                return await self.prompt(scene, post.rung)
            case PostKind.PODIUM:
                return podium(scene)
            case PostKind.WORD:
                return WordPage(scene.round)
            case _:
                return None

    async def prompt(self, scene: Scene, number: int) -> PromptPage | None:
        """A prompt of a round, with its reveal once its window has closed."""
        of = scene.round
        prompt = self._bank.prompts.get(of.prompts[number - 1].prompt)
        question = self._bank.question_of(prompt.id) if prompt else None
        if prompt is None or question is None:
            return None
        answers = sum(attempt.number == number for attempt in scene.attempts)
        if number > revealed(of):
            return PromptPage(of, number, prompt, question, answers, names_of(scene))
        so_far = [attempt for attempt in scene.attempts if attempt.number <= number]
        places = board(scene.players, so_far, of.prompts, of.rules)
        return PromptPage(
            of,
            number,
            prompt,
            question,
            answers,
            names_of(scene),
            await self._revealed(scene, number, prompt),
            places,
            team_board(scene.players, places) if of.rules.teams else (),
        )

    async def _revealed(self, scene: Scene, number: int, prompt: Prompt) -> Revealed:
        of = scene.round
        drawn = of.prompts[number - 1]
        right = [a for a in scene.attempts if a.number == number and earned(a, drawn, of.rules)]
        texts = await self._rounds.texts(of.id, number)
        confusions: Counter[Confusion] = Counter()
        for text, _ in texts.values():
            rejected = self._judge.rule(prompt.id, text).rejected
            confusions.update({Confusion(one.why, one.evidence if prompt.options else None) for one in rejected})
        return Revealed(
            tuple(attempt.user_id for attempt in sorted(right, key=lambda a: -earned(a, drawn, of.rules))),
            tuple(confusions.most_common()),
            tuple((user_id, text) for user_id, (text, is_public) in texts.items() if is_public),
        )

    async def _appeal(self, post: Post) -> AppealPage | None:
        appeal = await self._rounds.appeal(AttemptId(post.subject, post.rung, post.recipient or 0))
        return self.appeal(appeal) if appeal else None

    def appeal(self, appeal: Appeal) -> AppealPage | None:
        """An appeal as moderators see it; None if its prompt is no longer in the bank."""
        prompt = self._bank.prompts.get(appeal.prompt)
        if prompt is None:
            return None
        ruling = self._judge.rule(prompt.id, appeal.text)
        says = {item.id: item.says for item in prompt.items}
        return AppealPage(
            appeal,
            prompt,
            tuple(f"“{one.evidence}”: {says.get(one.id, one.id)}" for one in ruling.items),
            tuple(f"“{one.evidence}”: {one.why}" for one in ruling.rejected),
        )


def names_of(scene: Scene) -> Names:
    """The players' names. Messages for all show these: not every client knows every member that is mentioned."""
    return {player.user_id: player.name for player in scene.players}


def podium(scene: Scene) -> PodiumPage:
    """How a round stands, or ended."""
    of = scene.round
    asked = revealed(of)
    counted = [attempt for attempt in scene.attempts if attempt.number <= asked]
    places = board(scene.players, counted, of.prompts, of.rules)
    return PodiumPage(
        of,
        names_of(scene),
        places,
        team_board(scene.players, places) if of.rules.teams else (),
        asked,
        of.phase is Phase.FINISHED and is_ranked(scene.attempts),
    )
