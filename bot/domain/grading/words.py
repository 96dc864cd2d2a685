# ruff: noqa: RUF001 - signs that look like others are what this file is about
"""One written word to the form under which it is looked up: letter case, spelling, contractions, endings.

Only inflection is taken off ("ignores", "ignored", "ignoring"). Derivation stays, because it changes meanings here:
the usual stemmers make one word of "precise" and "precision", of "position" and "positive", and of "general" and
"generalise". So does correcting the spelling of short words and of words with digits: L1 and L2 differ by a letter.
"""

import re
import unicodedata
from functools import lru_cache

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "θ": "theta", "λ": "lambda",
    "μ": "mu", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
}  # fmt: skip

SYMBOLS = {
    "↑": "increas", "↓": "decreas", "√": "sqrt", "×": "time", "*": "time", "·": "time", ">": "greater", "<": "smaller",
    "≥": "greater", "≤": "smaller", "=": "equal", "≈": "about", "∝": "proportional", "%": "percent", "^": "^",
    "≠": "unequal", "!=": "unequal", "∞": "infinity",
}  # fmt: skip
"""Signs that are read as words, in their looked-up form."""

_CONTRACTED = {
    "cannot": ("can", "not"), "cant": ("can", "not"), "dont": ("do", "not"), "doesnt": ("do", "not"),
    "didnt": ("do", "not"), "isnt": ("be", "not"), "arent": ("be", "not"), "wasnt": ("be", "not"),
    "wont": ("will", "not"), "shouldnt": ("should", "not"), "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"), "hasnt": ("have", "not"), "havent": ("have", "not"), "its": ("its",),
}  # fmt: skip

_IRREGULAR = {
    "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "grew": "grow", "grown": "grow",
    "shrank": "shrink", "shrunk": "shrink", "went": "go", "gone": "go", "goes": "go", "going": "go", "doing": "do",
    "lost": "lose", "kept": "keep", "chose": "choose", "chosen": "choose", "got": "get", "gotten": "get",
    "held": "hold", "learnt": "learn", "saw": "see", "seen": "see", "took": "take", "taken": "take", "gave": "give",
    "given": "give", "made": "make", "found": "find", "threw": "throw", "thrown": "throw", "forgot": "forget",
    "forgotten": "forget", "hid": "hide", "blew": "blow", "blown": "blow", "caught": "catch", "drove": "drive",
    "driven": "drive", "broke": "break", "broken": "break", "ran": "run", "came": "come", "became": "become",
    "knew": "know", "known": "know", "meant": "mean", "spent": "spend", "told": "tell", "felt": "feel",
    "sent": "send", "built": "build", "slept": "sleep", "swung": "swing", "did": "do", "does": "do", "done": "do",
    "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "am": "be", "has": "have", "had": "have",
    "having": "have", "used": "use", "uses": "use", "using": "use", "worse": "worse", "bias": "bias",
    "biased": "bias", "biases": "bias", "embed": "embed", "embeds": "embed", "data": "data", "pass": "pass",
    "loss": "loss", "note": "note", "notes": "note", "noted": "note", "axes": "axis", "matrices": "matrix",
    "vertices": "vertex", "indices": "index", "hypotheses": "hypothesis", "minima": "minimum", "maxima": "maximum",
    "optima": "optimum", "tied": "tie", "lying": "lie", "dying": "die", "atlas": "atlas", "alias": "alias",
    "always": "always", "perhaps": "perhaps", "versus": "versus", "vs": "versus", "wrt": "about", "thing": "thing",
    "being": "be", "trained": "train", "during": "during", "string": "string", "this": "this", "nothing": "nothing",
    "none": "none", "something": "something", "anything": "anything", "everything": "everything", "cos": "cos",
    "cuz": "because", "coz": "because", "bc": "because", "u": "you", "ur": "your", "n't": "not", "val": "validation",
    "proportionally": "proportional", "batchsize": "batch",
}  # fmt: skip

RAW = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’ʼ][^\W_]+)*|\n|--+>?|->|=>|!=|[^\s\w]")
"""One written word, number, line end or sign."""

_LY = frozenset(
    (
        "early", "family", "apply", "multiply", "supply", "reply", "anomaly", "assembly", "likely", "unlikely",
        "really", "hardly", "barely", "nearly", "rarely", "imply", "comply", "scarcely", "costly", "mostly", "simply",
        "merely", "daily", "weekly", "monthly", "overly",
    )
)  # fmt: skip
"""Words in which "ly" is no ending, or makes another word."""

_SHORT = 3
"""Letters; shorter words keep what looks like an ending."""

_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdfgkmnprtz])\1$")


@lru_cache(maxsize=50_000)
def looked_up(raw: str) -> tuple[str, ...]:
    """The forms of one written word or sign that count as words; none for punctuation."""
    return tuple(form for form in forms(raw) if form in ("^", "/") or form.isalnum() or "." in form[1:])


def forms(raw: str) -> tuple[str, ...]:
    """The looked-up forms of one written word or sign: none for an empty sign, several for a contraction."""
    word = unicodedata.normalize("NFKC", raw).casefold().replace(",", "").replace("’", "'").replace("ʼ", "'")
    if word in SYMBOLS:
        return (SYMBOLS[word],)
    if word in _GREEK:
        return (_GREEK[word],)
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    head, mark, tail = word.partition("'")
    if mark and tail == "t" and head.endswith("n"):
        return (stem(head[:-1] if head not in {"can", "won"} else {"can": "can", "won": "will"}[head]), "not")
    return (stem(head),) if head else ()


def stem(word: str) -> str:
    """A lower-case word without its inflection, in one spelling for British and American English."""
    base = _IRREGULAR.get(word, word)
    if _IRREGULAR.get(base) == base:
        return base
    word = base
    if len(word) <= _SHORT or not word.isalpha():
        return word
    word = _without_ly(word).replace("iz", "is").replace("yz", "ys")
    if len(word) > _SHORT + 2:
        word = word.replace("our", "or")
    return _without_e(_without_verb_ending(_without_plural(word)))


def _without_ly(word: str) -> str:
    if word.endswith("ically"):
        return word[:-4]
    if word.endswith(("ably", "ibly")) and len(word) > _SHORT + 2:
        return word[:-1] + "e"
    return word[:-2] if word.endswith("ly") and len(word) > _SHORT + 2 and word not in _LY else word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_verb_ending(word: str) -> str:
    if word.endswith("ied") and len(word) > _SHORT + 1:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORT and _VOWEL.search(rest) and not word.endswith("eed"):
            return rest[:-1] if len(rest) > _SHORT and _DOUBLED.search(rest) else rest
    return word


def _without_e(word: str) -> str:
    if word.endswith("e") and len(word) > _SHORT and not word.endswith("ee"):
        return word[:-1]
    return word.removesuffix("l") if word.endswith("ll") and len(word) > _SHORT + 1 else word
