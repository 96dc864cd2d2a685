"""Whom a clause speaks of, where two subjects get mixed up: cosine or dot product, training or validation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.grading import grammar
from bot.domain.grading.lexicon import Hit
from bot.domain.grading.reading import Reading
from bot.domain.grading.rubric import CompiledTerm

_REACH = 3
_SENTENCES_BACK = 2


@dataclass(frozen=True, slots=True)
class Said:
    """1 if the clause speaks of the subject, -1 if of a rival, 0 if nobody can tell.

    `named` tells that the clause itself names it, `assumed` that nothing does and the question's own subject is meant.
    """

    sign: int
    named: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    slot: int
    start: int
    end: int
    clause: int
    sentence: int


class Subjects:
    """The mentions of every group of rivals in one text."""

    def __init__(self, groups: Sequence[Sequence[int]], hits: Mapping[int, Sequence[Hit]], reading: Reading) -> None:
        self._reading = reading
        self._groups = groups
        self._mentions = [self._of(group, hits) for group in groups]
        self._hedged = [self._offered(mentions) for mentions in self._mentions]

    def _of(self, group: Sequence[int], hits: Mapping[int, Sequence[Hit]]) -> list[_Mention]:
        clause, sentence = self._reading.clause, self._reading.sentence
        made: dict[int, _Mention] = {}
        for slot in group:
            for hit in hits.get(slot, ()):
                held = made.get(hit.start)
                if held is None or held.end < hit.end:
                    made[hit.start] = _Mention(slot, hit.start, hit.end, clause[hit.start], sentence[hit.start])
        ordered = [made[start] for start in sorted(made)]
        covered = -1
        kept = []
        for mention in ordered:  # a name inside a longer name is no mention of its own
            if mention.start >= covered:
                kept.append(mention)
                covered = mention.end
        return kept

    def sign(self, subject: CompiledTerm, said: Sequence[Hit], at: int) -> Said:
        """Whether these words, of which the one at `at` decides, are said of the subject or of one of its rivals."""
        for group, mentions, hedged in zip(self._groups, self._mentions, self._hedged, strict=True):
            if any(slot in group for slot in subject.slots):
                others = [m for m in mentions if not any(m.start < hit.end and hit.start < m.end for hit in said)]
                found, mention = self._in_group(subject, group, others, at)
                return Said(0) if mention in hedged else found
        return Said(0)

    def _in_group(
        self, subject: CompiledTerm, group: Sequence[int], mentions: Sequence[_Mention], at: int
    ) -> tuple[Said, _Mention | None]:
        clause, sentence = self._reading.clause[at], self._reading.sentence[at]

        def of(mention: _Mention, *, named: bool = False) -> tuple[Said, _Mention]:
            return Said(1 if mention.slot in subject.slots else -1, named), mention

        here = [m for m in mentions if m.clause == clause]
        usable = [m for m in here if not self._contrasted(m)]
        before = [m for m in usable if m.start <= at]
        if before or usable:
            return of(before[-1] if before else usable[0], named=True)
        earlier = [m for m in mentions if m.clause < clause and not self._contrasted(m)]
        near = [m for m in earlier if m.sentence == sentence]
        if near:
            return self._one_of(near, of(next(m for m in near if m.clause == near[-1].clause)))
        back = [m for m in earlier if sentence - m.sentence <= _SENTENCES_BACK]
        if back:
            return self._one_of(
                [m for m in back if m.sentence == back[-1].sentence],
                of(next(m for m in back if m.sentence == back[-1].sentence)),
            )
        contrasted = [m for m in here if m.start > at]
        if contrasted:  # "less memory than SGD" without its own subject: of the one who is not named
            return Said(-1 if contrasted[0].slot in subject.slots else 1), contrasted[0]
        return Said(1 if group[0] in subject.slots else 0, assumed=True), None

    def _one_of(self, mentions: Sequence[_Mention], found: tuple[Said, _Mention]) -> tuple[Said, _Mention | None]:
        """A subject from further back is held against nobody where rivals were spoken of as well."""
        said, mention = found
        if said.sign < 0 and len({m.slot for m in mentions}) > 1:
            return Said(0), mention
        return found

    def _contrasted(self, mention: _Mention) -> bool:
        words, clause = self._reading.words, self._reading.clause
        first = max(0, mention.start - _REACH)
        if any(words[at] in grammar.CONTRASTS and clause[at] == mention.clause for at in range(first, mention.start)):
            return True
        return any(_sets_against(a, b) for a, b in pairwise(words[first : mention.start]))

    def _offered(self, mentions: Sequence[_Mention]) -> frozenset[_Mention]:
        """Rivals with an "or" between them: the text does not say of which it speaks."""
        words = self._reading.words
        made: set[_Mention] = set()
        for a, b in pairwise(mentions):
            between = words[a.end : b.start]
            if a.slot != b.slot and len(between) <= 2 and ("or" in between or "/" in between):  # noqa: PLR2004
                made |= {a, b}
        return frozenset(made)


def _sets_against(one: str, following: str) -> bool:
    return (one, following) in grammar.NEGATES_IN_PAIRS or (one in grammar.COMPARE and following in ("to", "with"))
