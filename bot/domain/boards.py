"""Who is where in a round: a fold over the answers, by rules that are printed on the lobby card."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.rapidfire import RANKED_FROM, Drawn, Rules, Scoring

POINT = 10
"""Scores are counted in tenths of a point, so that a share of a bonus stays a whole number."""

WHOLE = 1000
"""`Attempt.left` of an answer that was given the moment its prompt was asked."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A player's last answer to a prompt (`number`, from 1) and what the judge said.

    `points` are the valid things that it named, `accepted` whether it counts as a whole. `left` is the share of the
    window that was left, in thousandths. `is_upheld`: moderators let it count after an appeal.
    """

    number: int
    user_id: int
    accepted: bool
    points: int
    left: int = 0
    is_upheld: bool = False


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who joined, under the name that they had then.

    `team` counts from 1 and is 0 where there are none, or while it is open.
    """

    user_id: int
    name: str
    team: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a board: `place` from 1, shared by those who are level, with their score in tenths of a point."""

    place: int
    who: int
    score: int
    right: int


def earned(attempt: Attempt, drawn: Drawn, rules: Rules) -> int:
    """What one answer earns, in tenths of a point.

    An accepted one earns the number asked for, whatever more it named; with `partial` an answer that is not accepted
    earns what it named. In a race up to half as much again, by the share of the window that was left.
    """
    counted = drawn.wanted if attempt.accepted or attempt.is_upheld else 0
    if not counted and rules.partial:
        counted = min(attempt.points, drawn.wanted)
    plain = counted * drawn.worth * POINT
    if rules.scoring is Scoring.FAIR:
        return plain
    return plain + plain * max(0, min(attempt.left, WHOLE)) // (2 * WHOLE)


def board(
    players: Iterable[Player], attempts: Iterable[Attempt], prompts: Sequence[Drawn], rules: Rules
) -> tuple[Place, ...]:
    """Every player's place. The order of `attempts` does not matter."""
    score: dict[int, int] = {player.user_id: 0 for player in players}
    right: dict[int, int] = dict.fromkeys(score, 0)
    for attempt in attempts:
        gained = earned(attempt, prompts[attempt.number - 1], rules)
        score[attempt.user_id] = score.get(attempt.user_id, 0) + gained
        right[attempt.user_id] = right.get(attempt.user_id, 0) + bool(gained)
    return _placed({who: (score[who], right[who]) for who in score})


def team_board(players: Iterable[Player], places: Iterable[Place]) -> tuple[Place, ...]:
    """Every team's place, by the mean of its players' scores, so that a large team has no advantage."""
    team_of = {player.user_id: player.team for player in players if player.team}
    members: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.who in team_of:
            members[team_of[place.who]].append(place)
    return _placed(
        {team: (round(sum(p.score for p in of) / len(of)), sum(p.right for p in of)) for team, of in members.items()}
    )


def is_ranked(attempts: Iterable[Attempt]) -> bool:
    """Whether enough people played for the round to count in the standings."""
    return len({attempt.user_id for attempt in attempts}) >= RANKED_FROM


def balanced(players: Sequence[Player], teams: int, strength: Mapping[int, float]) -> tuple[Player, ...]:
    """The players with a team for each who has none: always the smallest team, then the weakest.

    `strength` is what somebody usually scores, 0 where nothing is known; the strongest are placed first, those who
    are level in the order given.
    """
    size = dict.fromkeys(range(1, teams + 1), 0)
    power = dict.fromkeys(size, 0.0)
    chosen = {player.user_id: player.team for player in players if player.team in size}
    for who, team in chosen.items():
        size[team] += 1
        power[team] += strength.get(who, 0)
    rest = [player.user_id for player in players if player.user_id not in chosen]
    for who in sorted(rest, key=lambda who: -strength.get(who, 0)):
        team = min(size, key=lambda team: (size[team], power[team], team))
        chosen[who] = team
        size[team] += 1
        power[team] += strength.get(who, 0)
    return tuple(replace(player, team=chosen[player.user_id]) for player in players)


def _placed(scores: Mapping[int, tuple[int, int]]) -> tuple[Place, ...]:
    """Highest score first; who is level shares a place, and the next place is left out."""
    ordered = sorted(scores.items(), key=lambda entry: (-entry[1][0], entry[0]))
    places: list[Place] = []
    for at, (who, (score, right)) in enumerate(ordered, start=1):
        is_level = bool(places) and places[-1].score == score
        places.append(Place(places[-1].place if is_level else at, who, score, right))
    return tuple(places)
