"""New files: the right place, the next free id, the template; or why there can be none."""

import errno
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.bank.decoding import without_unseen
from bot.bank.document import EACH, Document
from bot.bank.kinds import PACK, PROMPTS, QUESTION, beside
from bot.bank.nearest import did_you_mean
from bot.bank.outline import outline
from bot.bank.problems import quoted
from bot.bank.shelf import Shelf, shelf
from bot.bank.starters import company_template, guide_template, prompt_template, prompts_head
from bot.bank.template import question_template
from bot.bank.tree import survey
from bot.domain.guides import Guide, GuideForm
from bot.domain.questions import Company, PromptKind, Question, Slug

_SLUG = re.compile(get_args(Slug)[1].pattern)
_LAST_NUMBER = 9999  # the largest that an id can have


@dataclass(frozen=True)
class Draft:
    """A file to write, with its text; or text to put at the end of a file that is there."""

    file: Path
    text: str
    appends: bool = False


@dataclass(frozen=True)
class Refused:
    """Why there can be no such file, and what to do."""

    sentence: str


def draft_question(content: Path, *, title: str, cluster: str, pack: str, slug: str | None) -> Draft | Refused:
    """What to write for a new question; the slug is made from the title if there is none. Writes nothing.

    OSError if a question's file can't be read.
    """
    found = shelf(content)
    title = " ".join(without_unseen(title).split())
    slug = slug or slug_of(title)
    chosen = {document.file.parent.name: document for document in found.of(PACK)}.get(pack)
    if reason := _about_words(title, slug) or _about_place(found, chosen, pack, cluster, slug):
        return Refused(reason)
    number = 1 + max(_numbers(content), default=0)
    if number > _LAST_NUMBER:
        return Refused(f"All ids up to Q{_LAST_NUMBER} are taken: let the id pattern of questions grow first.")
    text = question_template(number=f"Q{number}", slug=slug, title=title, cluster=cluster)
    return Draft(content / "packs" / pack / cluster / f"{slug}.yaml", text)


def draft_prompt(content: Path, *, question: str, slug: str, kind: PromptKind) -> Draft | Refused:
    """What to write for a new prompt of a question, which may be named by its id or slug."""
    found = shelf(content)
    asked = next((one for one in found.of(QUESTION) if question in _names(one)), None)
    if asked is None:
        return Refused(f"There is no question {quoted(question)}: name one by its id, such as Q1, or by its slug.")
    if not _is_slug(slug):
        return Refused(f"{quoted(slug)} makes no id: use small letters, digits and hyphens, such as leakage-signs.")
    if taken := [one for file in found.of(PROMPTS) for one in file.texts("prompts", EACH, "id") if one.text == slug]:
        return Refused(f"There is already a prompt {quoted(slug)} at {taken[0].place}: choose another id.")
    text = prompt_template(slug=slug, kind=kind)
    file = beside(asked.file, PROMPTS)
    if file in found.tree.files[PROMPTS]:
        ends_well = file.read_text(encoding="utf-8").endswith("\n")
        return Draft(file, text if ends_well else f"\n{text}", appends=True)
    number = next(found.text for found in asked.texts("id"))
    return Draft(file, prompts_head(number) + text)


def draft_company(content: Path, *, name: str, slug: str | None) -> Draft | Refused:
    """What to write for a new emphasis."""
    name = " ".join(without_unseen(name).split())
    slug = slug or slug_of(name)
    most = int(outline(Company, ("name",))["maxLength"])
    if not name or len(name) > most:
        return Refused(f"A company's name has 1 to {most} characters: shorten it.")
    if not _is_slug(slug):
        return Refused("The name makes no good file name: add one with --slug, such as --slug small-lab.")
    return Draft(content / "companies" / f"{slug}.yaml", company_template(slug=slug, name=name))


def draft_guide(content: Path, *, title: str, form: GuideForm, slug: str | None) -> Draft | Refused:
    """What to write for a new guide."""
    title = " ".join(without_unseen(title).split())
    slug = slug or slug_of(title)
    most = int(outline(Guide, ("title",))["maxLength"])
    if not title or len(title) > most:
        return Refused(f"A guide's title has 1 to {most} characters: shorten it.")
    if not _is_slug(slug):
        return Refused("The title makes no good file name: add one with --slug, such as --slug whiteboard.")
    return Draft(content / "guides" / f"{slug}.yaml", guide_template(slug=slug, title=title, form=form))


def _is_slug(slug: str) -> bool:
    return _SLUG.fullmatch(slug) is not None and len(slug) <= _longest("slug")


def _names(question: Document) -> set[str]:
    return {found.text for key in ("id", "slug") for found in question.texts(key)}


def write(draft: Draft) -> None:
    """Write the file. FileExistsError if a new one is there already, OSError if it can't be written."""
    folder = draft.file.parent
    if draft.appends:
        with draft.file.open("a", encoding="utf-8", newline="\n") as opened:
            opened.write(draft.text)
        return
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:  # a file of that name: not the one that must not be overwritten
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
    with draft.file.open("x", encoding="utf-8", newline="\n") as opened:
        opened.write(draft.text)


def slug_of(title: str) -> str:
    """The title in small letters, digits and hyphens, cut at a word; empty if it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    most = _longest("slug")
    return slug if len(slug) <= most else slug[: most + 1].rpartition("-")[0] or slug[:most]


def _longest(key: str) -> int:
    return int(outline(Question, (key,))["maxLength"])


def _about_words(title: str, slug: str) -> str | None:
    if not title:
        return "The title is empty: name the question in a few words."
    if len(title) > _longest("title"):
        return f"The title is {len(title) - _longest('title')} characters too long: shorten it."
    if not _SLUG.fullmatch(slug) or len(slug) > _longest("slug") or re.fullmatch(r"q[0-9]+", slug):
        return "The title makes no good file name: add one with --slug, such as --slug learning-curves."
    return None


def _about_place(found: Shelf, chosen: Document | None, pack: str, cluster: str, slug: str) -> str | None:
    if chosen is None:
        packs = [document.file.parent.name for document in found.of(PACK)]
        return f"There is no pack {quoted(pack)}: {_choice(pack, packs, 'write its `pack.yaml` first.')}"
    clusters = [one.text for one in chosen.texts("clusters", EACH, "slug") if _SLUG.fullmatch(one.text)]
    if cluster not in clusters:
        hint = _choice(cluster, clusters, "add it to `clusters` in the pack's `pack.yaml`.")
        return f"The pack {quoted(pack)} has no cluster {quoted(cluster)}: {hint}"
    for document in found.of(QUESTION):
        if document.file.stem == slug:
            taken = f"There is already a question {quoted(slug)} at {quoted(document.file, 200)}"
            return f"{taken}: choose another --slug."
    return None


def _choice(word: str, known: list[str], otherwise: str) -> str:
    listed = f"use one of {', '.join(map(quoted, known))}." if known else otherwise
    return did_you_mean(word, known, listed)


def _numbers(content: Path) -> Iterator[int]:
    """The numbers of all ids, also of questions whose YAML is broken."""
    for file in survey(content).files[QUESTION]:
        for digits in re.findall(rb"""(?m)^id:[ ]*["']?Q([0-9]{1,4})\b""", file.read_bytes()):
            yield int(digits)
