"""Prompts that ask for things in one's own words: which items an answer names, which near-misses, which guesses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.evidence import Evidence
from bot.domain.grades import Verdict
from bot.domain.grading import gates, grammar
from bot.domain.grading.claims import Claims, CompiledPoint
from bot.domain.grading.lexicon import Hit
from bot.domain.grading.matching import Match, Outcome, Text
from bot.domain.grading.rubric import CompiledLine
from bot.domain.judging.pieces import Piece, pieces
from bot.domain.judging.ruling import Named, Rejected, Ruling, ruled
from bot.domain.prompts import Item, Prompt, Reject
from bot.domain.questions import PromptKind

_COPIED = 0.8
_LIST = 3
"""Entries from which on an answer is a list, in which each entry is held to be an answer of its own."""
_ROW = 3
"""Words without grammar beside a term from which on they are held to be further terms."""
_CONTRAST_REACH = 3
_DENIED = "You said what it is not."
_ANOTHER = "That is another answer: give one."
_GUESS = "This is not among the answers."
_OPPOSITE = "It is the other way round: {says}"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item or a near-miss, compiled. `slot` is filled by its names; `why` is told when it is rejected."""

    id: str
    why: str
    slot: int
    point: CompiledPoint

    @property
    def lines(self) -> tuple[CompiledLine, ...]:
        """The patterns that show it."""
        return self.point.shown


@dataclass(slots=True)
class _Heard:
    """What one answer was found to name, by entry, with the words that each takes."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    items: dict[str, tuple[Entry, str]] = field(default_factory=dict)
    rejected: dict[str, Rejected] = field(default_factory=dict)
    denied: dict[str, Rejected] = field(default_factory=dict)


class Naming:
    """One prompt that asks for items, compiled in the vocabulary of its file."""

    def __init__(self, prompt: Prompt, claims: Claims, evidence: Evidence | None) -> None:
        self._claims = claims
        self._wanted = prompt.wanted
        self._is_short = prompt.kind is PromptKind.SHORT
        self._items = [_item(item, prompt, claims, evidence) for item in prompt.items]
        self._rejects = [_reject(reject, prompt, claims, evidence) for reject in prompt.rejects]
        self._asked = (gates.pairs(prompt.asks),)
        self._groups = _with_first(
            claims.vocabulary.groups, claims.vocabulary.slot(prompt.about) if prompt.about else None
        )

    def rule(self, answer: str, terms: "Terms") -> Ruling:
        """Rule on one answer; `terms` are all names that are an answer to some prompt of the bank."""
        text = self._claims.text(answer, self._groups)
        copied = gates.copied_words(text.reading, self._asked)
        if not text.reading.words or copied >= _COPIED * len(text.reading.words):
            return Ruling(accepted=False, items=(), rejected=())
        cut = pieces(text.reading)
        heard = self._terms(text, cut)
        self._patterns(text, heard)
        rejected = [*heard.rejected.values()]
        rejected += _further_terms(text, cut, heard, terms) if self._is_short else []
        rejected += self._guesses(text, cut, heard)
        if not heard.items and not rejected:
            rejected = [*heard.denied.values()]
        order = [entry.id for entry in self._items]
        named = sorted(heard.items.values(), key=lambda found: order.index(found[0].id))
        return ruled([Named(entry.id, quote) for entry, quote in named], rejected, self._wanted)

    def _terms(self, text: Text, cut: Sequence[Piece]) -> _Heard:
        """What is named by its name. A name inside a longer one says nothing, and the longer one is meant."""
        found = [
            (entry, hit, is_item)
            for entries, is_item in ((self._items, True), (self._rejects, False))
            for entry in entries
            for hit in text.hits.get(entry.slot, ())
        ]
        found = [one for one in found if not any(_is_inside(one[1], other[1]) for other in found)]
        offered = [one for one in found if not _explains(one[1], cut)]
        heard = _Heard(spans=[(hit.start, hit.end) for _, hit, _ in found])
        for entry, hit, is_item in offered or found:
            quote = text.reading.quote(hit.start, hit.end)
            if _is_contrasted(hit, text):
                continue
            if hit.negated:
                if is_item:
                    heard.denied.setdefault(entry.id, Rejected(quote, _DENIED))
            elif is_item:
                heard.items.setdefault(entry.id, (entry, quote))
            else:
                heard.rejected.setdefault(entry.id, Rejected(quote, entry.why))
        return heard

    def _patterns(self, text: Text, heard: _Heard) -> None:
        """What is said in other words; an item that is turned round is a near-miss of its own."""
        for entry in self._items:
            if not entry.lines:
                continue
            finding = self._claims.finding(entry.point, text)
            if finding.because is None:
                continue
            quote = self._claims.quote(finding.because, text)
            heard.spans += [(match.start, match.end) for match in finding.matches if match.outcome is not Outcome.VOID]
            if finding.verdict is Verdict.SHOWN:
                heard.items.setdefault(entry.id, (entry, quote))
            elif entry.id not in heard.items:
                heard.rejected.setdefault(entry.id, Rejected(quote, _OPPOSITE.format(says=entry.why)))
        for entry in self._rejects:
            match: Match | None = self._claims.claimed(entry.lines, text)
            if match is not None:
                heard.spans.append((match.start, match.end))
                heard.rejected.setdefault(entry.id, Rejected(self._claims.quote(match, text), entry.why))

    def _guesses(self, text: Text, cut: Sequence[Piece], heard: _Heard) -> Iterator[Rejected]:
        """Entries of a list, and alternatives, that name nothing that counts."""
        own = self._words_of_items(text, heard)
        offered = [piece for piece in cut if not piece.explains]
        terse = sum(piece.is_terse for piece in offered)
        is_list = terse >= _LIST and 2 * terse > len(offered)
        for at, piece in enumerate(offered):
            is_alternative = piece.alternative or (at + 1 < len(offered) and offered[at + 1].alternative)
            if not (is_alternative or (is_list and piece.is_terse)) or _touches(piece, heard.spans):
                continue
            if not own.intersection(piece.content):
                yield Rejected(text.reading.quote(piece.content[0], piece.end), _GUESS)

    def _words_of_items(self, text: Text, heard: _Heard) -> set[int]:
        """Where the answer has words that belong to an item it names: "ignores size", and then "or length"."""
        slots = {
            slot
            for entry, _ in heard.items.values()
            for line in entry.lines
            for part in line.parts
            for term in part.needed
            for slot in term.slots
        }
        return {at for slot in slots for hit in text.hits.get(slot, ()) for at in range(hit.start, hit.end)}


class Terms:
    """The names of all items and near-misses of a bank: a second one beside the right answer is a guess."""

    def __init__(self, claims: Claims, names: Iterable[str]) -> None:
        self._claims = claims
        self._slot = claims.vocabulary.slot_of("__terms", names)

    def hits(self, text: Text) -> Iterable[Hit]:
        """Where a text has such a name, not denied."""
        reading = text.reading
        found = self._claims.vocabulary.lexicon.hits(reading.words, reading.negated, reading.sentence)
        return [hit for hit in found.get(self._slot, ()) if not hit.negated]


def _further_terms(text: Text, cut: Sequence[Piece], heard: _Heard, terms: Terms) -> Iterator[Rejected]:
    """Other terms offered beside the answer, known ones and rows of words that look like some."""
    reading = text.reading
    taken = list(heard.spans)
    for hit in terms.hits(text):
        if _overlaps((hit.start, hit.end), taken) or _explains(hit, cut) or _is_contrasted(hit, text):
            continue
        taken.append((hit.start, hit.end))
        yield Rejected(reading.quote(hit.start, hit.end), _ANOTHER)
    for piece in cut:
        if piece.explains or not _touches(piece, heard.spans):
            continue
        words = reading.words[piece.start : piece.end]
        rest = [at for at in piece.content if not _overlaps((at, at + 1), taken)]
        if len(rest) >= _ROW and grammar.FUNCTION.isdisjoint(words):
            yield Rejected(reading.quote(rest[0], rest[-1] + 1), _ANOTHER)


def _item(item: Item, prompt: Prompt, claims: Claims, evidence: Evidence | None) -> Entry:
    borrowed = [evidence.points[point] for point in item.points if evidence and point in evidence.points]
    shown = claims.lines((*item.patterns, *(line for point in borrowed for line in point.shown)))
    against = claims.lines(line for point in borrowed for line in point.contradicted)
    return Entry(item.id, item.says, _slot(prompt, item, claims), CompiledPoint(item.id, shown, against))


def _reject(reject: Reject, prompt: Prompt, claims: Claims, evidence: Evidence | None) -> Entry:
    flags = [evidence.red_flags[flag] for flag in reject.red_flags if evidence and flag in evidence.red_flags]
    lines = claims.lines((*reject.patterns, *(line for flag in flags for line in flag.raised)))
    return Entry(reject.id, reject.why, _slot(prompt, reject, claims), CompiledPoint(reject.id, lines, ()))


def _slot(prompt: Prompt, entry: Item | Reject, claims: Claims) -> int:
    return claims.vocabulary.slot_of(f"__{prompt.id} {type(entry).__name__} {entry.id}", entry.terms)


def _with_first(groups: Sequence[Sequence[int]], slot: int | None) -> Sequence[Sequence[int]]:
    """The groups of rivals, with this subject before the others of its group."""
    return [sorted(group, key=lambda one: one != slot) if slot in group else group for group in groups]


def _explains(hit: Hit, cut: Sequence[Piece]) -> bool:
    return any(piece.explains and piece.start <= hit.start < piece.end for piece in cut)


def _is_contrasted(hit: Hit, text: Text) -> bool:
    words, clause = text.reading.words, text.reading.clause
    before = range(max(0, hit.start - _CONTRAST_REACH), hit.start)
    return any(words[at] in grammar.CONTRASTS - {"versus"} and clause[at] == clause[hit.start] for at in before)


def _is_inside(inner: Hit, outer: Hit) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _touches(piece: Piece, spans: Iterable[tuple[int, int]]) -> bool:
    return _overlaps((piece.start, piece.end), spans)
