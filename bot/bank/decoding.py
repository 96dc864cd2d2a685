"""From bytes to text that is safe to parse: UTF-8, of a sane size, without characters that nobody can see."""

import re
from itertools import islice
from pathlib import Path

from bot.bank.problems import Place, Problem

LARGEST = 600_000
"""Bytes; several times what any file needs, be it a question, its evidence or its samples."""

# Control characters, line ends that only YAML knows, surrogates, byte order marks, and marks that reverse the
# direction of text (with which a line can look different from what it is).
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_SHOWN_AT_MOST = 20


def decoded(source: bytes, file: Path) -> str | list[Problem]:
    """The text with plain line feeds as its only line ends, or what stands against reading it."""
    if len(source) > LARGEST:
        sentence = f"The file is larger than {LARGEST // 1000} kB: put one question in one file."
        return [Problem(Place(file), "file-too-large", sentence)]
    try:
        text = source.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        sentence = "The file is not UTF-8 text from here on: save it with the encoding UTF-8."
        return [Problem(_end_of(before, file), "not-utf-8", sentence)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sentence = "There is an invisible control character here: delete it."
    unseen = islice(_UNSEEN.finditer(text), _SHOWN_AT_MOST)
    found = [Problem(_end_of(text[: m.start()], file), "invisible-character", sentence) for m in unseen]
    return found or text


def without_unseen(text: str) -> str:
    """The text without characters that nobody can see, which escapes in double quotes can still bring in."""
    return _UNSEEN.sub("", text)


def _end_of(text: str, file: Path) -> Place:
    return Place(file, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)
