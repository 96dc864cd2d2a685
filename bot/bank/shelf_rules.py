"""Rules about questions, packs and companies that need more than one file, or a file's place: `SHELF_RULES`.

`COMPLETENESS_RULES` say what a question that is shipped has beside it. To add a rule, write its check and add its row
to a table. A check sees files whose shape may be wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.bank.document import EACH, Steps
from bot.bank.file_rules import repeats
from bot.bank.kinds import COMPANY, EVIDENCE, GUIDE, PACK, QUESTION, SAMPLES, Kind, beside
from bot.bank.nearest import did_you_mean
from bot.bank.problems import Place, quoted
from bot.bank.rule import Breach, Rule
from bot.bank.shelf import Shelf
from bot.domain.questions import Content


def duplicate_question_ids(shelf: Shelf) -> Iterator[Breach]:
    for again, first in repeats(found for q in shelf.of(QUESTION) for found in q.texts("id")):
        yield Breach(again.place, first, id=quoted(again.text))


def duplicate_question_slugs(shelf: Shelf) -> Iterator[Breach]:
    for again, first in repeats(found for q in shelf.of(QUESTION) for found in q.texts("slug")):
        yield Breach(again.place, first, slug=quoted(again.text))


def file_names(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(QUESTION, COMPANY, GUIDE):
        for slug in document.texts("slug"):
            if document.file.name != f"{slug.text}.yaml":
                yield Breach(slug.place, file=quoted(document.file.name), slug=quoted(slug.text))


def pack_folders(shelf: Shelf) -> Iterator[Breach]:
    for pack in shelf.of(PACK):
        for slug in pack.texts("slug"):
            if pack.file.parent.name != slug.text:
                yield Breach(slug.place, folder=quoted(pack.file.parent.name), slug=quoted(slug.text))


def cluster_folders(shelf: Shelf) -> Iterator[Breach]:
    for question in shelf.of(QUESTION):
        for cluster in question.texts("cluster"):
            if question.file.parent.name != cluster.text:
                folder = quoted(question.file.parent.name)
                yield Breach(cluster.place, folder=folder, cluster=quoted(cluster.text))


def _declared(shelf: Shelf) -> Mapping[Path, tuple[str, ...]]:
    """The clusters of every pack that could be read, by the pack's folder."""
    return {
        pack.file.parent: tuple(slug.text for slug in pack.texts("clusters", EACH, "slug")) for pack in shelf.of(PACK)
    }


def unknown_clusters(shelf: Shelf) -> Iterator[Breach]:
    declared = _declared(shelf)
    for question in shelf.of(QUESTION):
        clusters = declared.get(question.file.parent.parent)
        for cluster in question.texts("cluster"):
            if clusters is not None and cluster.text not in clusters:
                hint = did_you_mean(cluster.text, clusters, "add it to `clusters` there.")
                yield Breach(cluster.place, cluster=quoted(cluster.text), hint=hint)


def duplicate_clusters(shelf: Shelf) -> Iterator[Breach]:
    declared = (slug for pack in shelf.of(PACK) for slug in pack.texts("clusters", EACH, "slug"))
    for again, first in repeats(declared):
        yield Breach(again.place, first, cluster=quoted(again.text))


def unknown_weights(shelf: Shelf) -> Iterator[Breach]:
    declared = _declared(shelf)
    if not shelf.are_all_read(PACK) or any(q.file.parent.parent not in declared for q in shelf.of(QUESTION)):
        return  # a pack that is missing or could not be read may be the one that has it
    known = [cluster for clusters in declared.values() for cluster in clusters]
    for company in shelf.of(COMPANY):
        for cluster in company.keys_of("clusters"):
            if cluster.text not in known:
                hint = did_you_mean(cluster.text, known, "take it out, or add it to a pack.")
                yield Breach(cluster.place, cluster=quoted(cluster.text), hint=hint)


def repeated_follow_ups(shelf: Shelf) -> Iterator[Breach]:
    asked: dict[str, Place] = {}
    for question in shelf.of(QUESTION):
        for ask in question.texts("follow_ups", EACH, "asks"):
            words = " ".join(re.findall(r"\w+", ask.text.casefold()))
            first = asked.setdefault(words, ask.place)
            if words and first != ask.place:
                yield Breach(ask.place, first)


def unreached_rungs(shelf: Shelf) -> Iterator[Breach]:
    """Follow-ups that no company's ladder reaches: their kinds come last, and the companies do not go as deep."""
    ladders = [
        ([kind.text for kind in company.texts("follow_ups", EACH)], company.value(("depth",)))
        for company in shelf.of(COMPANY)
    ]
    for question in shelf.of(QUESTION):
        rungs = [(rung, str(question.value((*rung, "kind")))) for rung in question.ways("follow_ups", EACH)]
        reached = {rung for kinds, depth in ladders for rung in _reached(rungs, kinds, depth)}
        for rung, kind in rungs:
            if ladders and rung not in reached:
                yield Breach(question.place((*rung, "kind")), kind=quoted(kind))


def _reached(rungs: Sequence[tuple[Steps, str]], kinds: Sequence[str], depth: object) -> Iterator[Steps]:
    places = {kind: place for place, kind in enumerate(kinds)}
    order = sorted(rungs, key=lambda rung: places.get(rung[1], len(kinds)))
    return (rung for rung, _ in order[: depth if isinstance(depth, int) else len(order)])


def needless_self_check(shelf: Shelf) -> Iterator[Breach]:
    for pack in shelf.of(PACK):
        folder = pack.file.parent
        waiting = {
            name.text
            for question in shelf.of(QUESTION)
            for name in question.texts("id")
            if question.file.parent.parent == folder
            and beside(question.file, EVIDENCE) not in shelf.tree.files[EVIDENCE]
        }
        for listed in pack.texts("self_check", EACH):
            if shelf.are_all_read(QUESTION) and listed.text not in waiting:
                yield Breach(listed.place, id=quoted(listed.text))


def no_evidence(shelf: Shelf) -> Iterator[Breach]:
    return _without(shelf, EVIDENCE)


def no_samples(shelf: Shelf) -> Iterator[Breach]:
    return _without(shelf, SAMPLES)


def _without(shelf: Shelf, kind: Kind[Content]) -> Iterator[Breach]:
    excused = {listed.text for pack in shelf.of(PACK) for listed in pack.texts("self_check", EACH)}
    for question in shelf.of(QUESTION):
        if any(name.text in excused for name in question.texts("id")):
            continue
        wanted = beside(question.file, kind)
        if wanted not in shelf.tree.files[kind] and not any(question.placeholders):  # a draft comes first
            yield Breach(Place(question.file), wanted=quoted(wanted.name, 80))


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
    Rule("unknown-weight", "No pack has a cluster {cluster}", "{hint}", unknown_weights),
    Rule(
        "repeated-follow-up",
        "The same follow-up is asked at {other}",
        "ask something that only this question calls for",
        repeated_follow_ups,
    ),
)

COMPLETENESS_RULES: tuple[Rule[Shelf], ...] = (
    Rule(
        "unreached-rung",
        "No company's ladder reaches this follow-up of the kind {kind}",
        "choose a kind that a company prefers, or take a rung out",
        unreached_rungs,
    ),
    Rule(
        "needless-self-check",
        "There is no question {id} in this pack that lacks evidence",
        "take it off the list",
        needless_self_check,
    ),
    Rule(
        "no-evidence",
        "Answers to this question cannot be judged yet",
        "write {wanted} beside it, as README.md in the content folder says",
        no_evidence,
    ),
    Rule(
        "no-samples",
        "Nothing shows yet that answers to this question are judged well",
        "write {wanted} beside it, as README.md in the content folder says",
        no_samples,
    ),
)
