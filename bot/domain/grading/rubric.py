"""One question's evidence, compiled: every term of every pattern as a slot number, ready to be held against texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.evidence import WordSets
from bot.domain.grading.lexicon import Lexicon
from bot.domain.grading.patterns import Joined, Line, Part, Term, parse


@dataclass(frozen=True, slots=True)
class CompiledTerm:
    """A term as slots: any of `slots` fills it; any of `against` fills it with the opposite sign."""

    number: int
    """The same for equal terms of one rubric."""
    slots: tuple[int, ...]
    against: tuple[int, ...]
    complement: bool
    """Whether a negation turns the term into its opposite, rather than into neither."""
    negated: bool
    absent: bool
    then: bool


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part as slots; `needed` are the terms that must be found."""

    needed: tuple[CompiledTerm, ...]
    absent: tuple[CompiledTerm, ...]
    subject: CompiledTerm | None
    signed: bool
    gradable: bool
    """Whether its direction is one of degree: what is more of one is less of the other."""
    ordered: bool
    """Whether a term must stand after the one before it."""
    masks: tuple[int, ...]
    """A bit for every slot that can fill one term, for each needed term."""


@dataclass(frozen=True, slots=True)
class CompiledLine:
    """A pattern as slots, with the masks of all its parts: a text that has no bit of one of them can't match."""

    source: str
    parts: tuple[CompiledPart, ...]
    joined: Joined
    masks: tuple[int, ...]


class Vocabulary:
    """Numbers the slots of a rubric, and knows which sets contradict each other."""

    def __init__(self, *sources: WordSets, rivals: Iterable[Sequence[str]] = (), topic: Iterable[str] = ()) -> None:
        """A set of a later source replaces one of the same name."""
        self._sets: Mapping[str, tuple[str, ...]] = {name: words for one in sources for name, words in one.sets.items()}
        self._against: dict[str, set[str]] = {}
        self._complements: set[str] = set()
        for left, right in (pair for one in sources for pair in one.opposites):
            self._oppose(left, right)
        for left, right in (pair for one in sources for pair in one.complements):
            self._oppose(left, right)
            self._complements |= {left, right}
        self._slots: dict[str, int] = {}
        self._numbers: dict[tuple[tuple[str, ...], bool, bool, bool], int] = {}
        self.lexicon = Lexicon()
        self.groups: tuple[tuple[int, ...], ...] = tuple(tuple(self.slot(name) for name in group) for group in rivals)
        self.topic = self._topic(topic)

    def _oppose(self, left: str, right: str) -> None:
        self._against.setdefault(left, set()).add(right)
        self._against.setdefault(right, set()).add(left)

    def _topic(self, words: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.slot(word.replace(" ", "_")) for word in words)

    def slot(self, name: str) -> int:
        """The slot of a set, or of a literal word."""
        return self.slot_of(name, self._sets.get(name) or (name.replace("_", " "),))

    def slot_of(self, name: str, members: Iterable[str]) -> int:
        """The slot under this name, filled by these members the first time that it is asked for."""
        if name not in self._slots:
            self._slots[name] = len(self._slots)
            self.lexicon.add(self._slots[name], members)
        return self._slots[name]

    def names(self) -> Mapping[int, str]:
        """The name of every slot, for people."""
        return {slot: name for name, slot in self._slots.items()}

    def line(self, source: str) -> CompiledLine:
        """Compile one pattern; raises PatternError."""
        read: Line = parse(source)
        parts = tuple(self._part(part) for part in read.parts)
        return CompiledLine(source, parts, read.joined, tuple(mask for part in parts for mask in part.masks))

    def _part(self, part: Part) -> CompiledPart:
        terms = tuple(self._term(term) for term in part.terms)
        needed = tuple(term for term in terms if not term.absent)
        absent = tuple(term for term in terms if term.absent)
        subject = None if part.subject is None else self._subject(part.subject)
        signed = any(term.against for term in needed) or subject is not None
        directed = [term for term in needed if term.against]
        ordered = any(term.then for term in needed)
        gradable = bool(directed) and not any(term.complement for term in directed)
        masks = tuple(sum(1 << slot for slot in {*term.slots, *term.against}) for term in needed)
        return CompiledPart(needed, absent, subject, signed, gradable, ordered, masks)

    def _term(self, term: Term) -> CompiledTerm:
        against: set[str] = set()
        for name in term.names:
            against |= self._against.get(name, set())
        against -= set(term.names)
        if term.negated or term.absent or term.plain:
            against = set()
        return CompiledTerm(
            self._numbers.setdefault((term.names, term.negated, term.absent, term.plain), len(self._numbers)),
            tuple(self.slot(name) for name in term.names),
            tuple(self.slot(name) for name in sorted(against)),
            complement=bool(against) and all(name in self._complements for name in term.names),
            negated=term.negated,
            absent=term.absent,
            then=term.then,
        )

    def _subject(self, term: Term) -> CompiledTerm:
        return CompiledTerm(
            -1,  # subjects are looked up by themselves
            tuple(self.slot(name) for name in term.names),
            (),  # and so are their rivals
            complement=False,
            negated=False,
            absent=False,
            then=False,
        )
