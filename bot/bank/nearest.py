"""What an author most likely meant by a word that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60  # comparing longer words takes long and finds nothing


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one; None if none is close."""
    meant = word.strip().casefold()[:_LONGEST]
    words = list(known)
    for wanted in (meant, meant.replace("-", "_").replace(" ", "_")):
        if close := get_close_matches(wanted, words, n=1):
            return close[0]
    return None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint for the end of a sentence; `otherwise` where nothing is close."""
    meant = nearest(word, known)
    return f"did you mean `{meant}`?" if meant else otherwise
