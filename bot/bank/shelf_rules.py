"""Rules that need more than one file, or a file's name and folder: `SHELF_RULES`.

To add a rule, write its check and add its row to the table. A check sees files whose shape may be wrong.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.bank.document import EACH
from bot.bank.file_rules import repeats
from bot.bank.nearest import did_you_mean
from bot.bank.problems import Place, quoted
from bot.bank.rule import Breach, Rule
from bot.bank.shelf import Shelf


def duplicate_question_ids(shelf: Shelf) -> Iterator[Breach]:
    for again, first in repeats(found for q in shelf.questions for found in q.texts("id")):
        yield Breach(again.place, first, id=quoted(again.text))


def duplicate_question_slugs(shelf: Shelf) -> Iterator[Breach]:
    for again, first in repeats(found for q in shelf.questions for found in q.texts("slug")):
        yield Breach(again.place, first, slug=quoted(again.text))


def file_names(shelf: Shelf) -> Iterator[Breach]:
    for document in (*shelf.questions, *shelf.companies):
        for slug in document.texts("slug"):
            if document.file.name != f"{slug.text}.yaml":
                yield Breach(slug.place, file=quoted(document.file.name), slug=quoted(slug.text))


def pack_folders(shelf: Shelf) -> Iterator[Breach]:
    for pack in shelf.packs:
        for slug in pack.texts("slug"):
            if pack.file.parent.name != slug.text:
                yield Breach(slug.place, folder=quoted(pack.file.parent.name), slug=quoted(slug.text))


def cluster_folders(shelf: Shelf) -> Iterator[Breach]:
    for question in shelf.questions:
        for cluster in question.texts("cluster"):
            if question.file.parent.name != cluster.text:
                folder = quoted(question.file.parent.name)
                yield Breach(cluster.place, folder=folder, cluster=quoted(cluster.text))


def _declared(shelf: Shelf) -> Mapping[Path, tuple[str, ...]]:
    """The clusters of every pack that could be read, by the pack's folder."""
    return {pack.file.parent: tuple(slug.text for slug in pack.texts("clusters", EACH, "slug")) for pack in shelf.packs}


def unknown_clusters(shelf: Shelf) -> Iterator[Breach]:
    declared = _declared(shelf)
    for question in shelf.questions:
        clusters = declared.get(question.file.parent.parent)
        for cluster in question.texts("cluster"):
            if clusters is not None and cluster.text not in clusters:
                hint = did_you_mean(cluster.text, clusters, "add it to `clusters` there.")
                yield Breach(cluster.place, cluster=quoted(cluster.text), hint=hint)


def duplicate_clusters(shelf: Shelf) -> Iterator[Breach]:
    declared = (slug for pack in shelf.packs for slug in pack.texts("clusters", EACH, "slug"))
    for again, first in repeats(declared):
        yield Breach(again.place, first, cluster=quoted(again.text))


def unknown_companies(shelf: Shelf) -> Iterator[Breach]:
    for question in shelf.questions:
        for company in question.texts("follow_ups", EACH, "companies", EACH):
            if company.text not in shelf.company_names:
                hint = did_you_mean(company.text, shelf.company_names, "add its file or take it out.")
                yield Breach(company.place, company=quoted(company.text), hint=hint)


def idle_companies(shelf: Shelf) -> Iterator[Breach]:
    if not shelf.complete:
        return  # a question that could not be read may be the one that prefers it
    wanted = {
        company.text
        for question in shelf.questions
        for company in question.texts("follow_ups", EACH, "companies", EACH)
    }
    for company in shelf.companies:
        for slug in company.texts("slug"):
            if slug.text not in wanted:
                yield Breach(slug.place, company=quoted(slug.text))


def repeated_follow_ups(shelf: Shelf) -> Iterator[Breach]:
    asked: dict[str, Place] = {}
    for question in shelf.questions:
        for ask in question.texts("follow_ups", EACH, "asks"):
            words = " ".join(re.findall(r"\w+", ask.text.casefold()))
            first = asked.setdefault(words, ask.place)
            if words and first != ask.place:
                yield Breach(ask.place, first)


SHELF_RULES: tuple[Rule[Shelf], ...] = (
    Rule(
        "duplicate-id",
        "The id {id} is already taken at {other}",
        "take the next free number here",
        duplicate_question_ids,
    ),
    Rule(
        "duplicate-slug",
        "The slug {slug} is already taken at {other}",
        "rename this question and its file",
        duplicate_question_slugs,
    ),
    Rule(
        "file-name",
        "The file is called {file} but its slug is {slug}",
        "rename one of the two",
        file_names,
    ),
    Rule(
        "pack-folder",
        "The folder is called {folder} but the pack's slug is {slug}",
        "rename one of the two",
        pack_folders,
    ),
    Rule(
        "cluster-folder",
        "The file is in the folder {folder} but its cluster is {cluster}",
        "move the file, or change `cluster`",
        cluster_folders,
    ),
    Rule("unknown-cluster", "The pack's `pack.yaml` has no cluster {cluster}", "{hint}", unknown_clusters),
    Rule(
        "duplicate-cluster",
        "The cluster {cluster} is already declared at {other}",
        "declare each cluster once, in one pack",
        duplicate_clusters,
    ),
    Rule("unknown-company", "There is no company {company} in `companies`", "{hint}", unknown_companies),
    Rule(
        "idle-company",
        "No follow-up prefers the company {company}",
        "name it under `companies` of at least one follow-up, or delete this file",
        idle_companies,
    ),
    Rule(
        "repeated-follow-up",
        "The same follow-up is asked at {other}",
        "ask something that only this question calls for",
        repeated_follow_ups,
    ),
)
