"""A file that does not have the shape of a question, and the sentence that its author reads about it."""

from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.kinds import KINDS
from bot.bank.outline import outline
from bot.bank.reader import read
from bot.bank.shape import shaped
from bot.bank.wording import PATTERNS, Fault, worded
from bot.domain.evidence import Evidence, Glossary
from bot.domain.questions import Company, Pack, Question
from tests.bank.example_content import COMPANY, PACK, QUESTION, UNHURRIED, edited, where
from tests.bank.example_evidence import EVIDENCE, GLOSSARY

FILE = Path("question.yaml")


def problems(text, model=Question):
    reading = read(text.encode(), FILE)
    return [*reading.problems, *shaped(reading.document, model).problems]


def told(text, model=Question):
    return [str(problem).removeprefix("question.yaml:") for problem in problems(text, model)]


def test_a_good_question_becomes_the_value_that_the_bot_asks():
    """What an author wrote arrives, with numbers, dates and lists as the domain wants them."""
    question = shaped(read(QUESTION.encode(), FILE).document, Question).value

    assert question.title == "Why keep a test set?"
    assert question.difficulty == 2
    assert question.reviewed_on.isoformat() == "2026-01-31"
    assert question.references[0].primary is True
    assert [point.stage for point in question.rubric] == ["definition", "mechanism", "tradeoff", "production"]


CASES = [
    ("probes: Whether the candidate knows that choosing is a way of fitting.\n", "",
     "id: Q1", "id", "The key `probes` is missing: add it (what the interviewer wants to find out)."),
    ("    stage: mechanism\n", "",
     "- id: best-of-many", "id", "The key `stage` is missing: add it (definition, mechanism, tradeoff or production)."),
    ("red_flags:", "red-flags:",
     "red-flags:", "", "The key `red-flags` is unknown: did you mean `red_flags`?"),
    ("difficulty: 2", "difficulty: 2\nlevel: x",
     "level: x", "", "The key `level` is unknown: take it out, or use one of `id`, `slug`, `title`, `cluster`, "
     "`difficulty`, `asks`, `probes`, `direct_answer`, `deep_answer`, `production`, `rubric`, `red_flags`, `mistakes`, "
     "`anti_pattern`, `follow_ups`, `code`, `checks`, `contested`, `references`, `reviewed_on`."),
    ("title: Why keep a test set?", "title: " + "x" * 102,
     "title: x", "x", "`title` is 12 characters too long (102 of 90): shorten it."),
    ("title: Why keep a test set?", "title: '  '",
     "title: '  '", "'", "`title` is empty: write it."),
    ("asks: You have a validation set already. Why keep a test set as well?", "asks:",
     "asks:\nprobes", "\n", "`asks` is empty: write it (the question as an interviewer says it)."),
    ("title: Why keep a test set?", "title: 42",
     "title: 42", "42", "`title` must be text: put `42` in quotes."),
    ("title: Why keep a test set?", "title: true",
     "title: true", "true", "`title` must be text: put `true` in quotes."),
    ("  - Looking at the test score every week.", "  - Looking: every week",
     "Looking:", "", "Entry 1 of `mistakes` must be text, and its colon makes it a key: put the text in quotes."),
    ("title: Why keep a test set?", "title: [a]",
     "title: [", "[", "`title` must be one text, not a list or a group of keys: write one text."),
    ("slug: why-a-test-set", "slug: Why_a test",
     "slug: Why", "Why", "`slug` cannot be `Why_a test`: write small letters, digits and single hyphens, as in `learning-curves`."),
    ("slug: why-a-test-set", "slug: ''",
     "slug: ''", "'", "`slug` is empty: write small letters, digits and single hyphens, as in `learning-curves`."),
    ("id: Q1", "id: q1",
     "id: q1", "q1", "`id` cannot be `q1`: write a capital Q and a number without leading zeros, as in `Q12`."),
    ("https://example.org/choosing", "http://example.org",
     "http://", "", "`url` cannot be `http://example.org`: write one address that begins with `https://`, without spaces."),
    ("difficulty: 2", "difficulty: easy",
     "difficulty: easy", "easy", "`difficulty` must be a number: write one from 1 to 5, without quotes."),
    ("difficulty: 2", "difficulty: 2.5",
     "difficulty: 2.5", "2", "`difficulty` must be a number: write one from 1 to 5, without quotes."),
    ("difficulty: 2", "difficulty: 0",
     "difficulty: 0", "0", "`difficulty` is too small: write a number from 1 to 5."),
    ("year: 2020", "year: 20200",
     "year: 20200", "20200", "`year` is too large: write a number from 1900 to 2100."),
    ("primary: true", "primary: yes",
     "primary: yes", "yes", "`primary` must be `true` or `false`: write it without quotes."),
    ("stage: tradeoff", "stage: trade-off",
     "stage: trade-off", "trade-off", "`stage` cannot be `trade-off`: did you mean `tradeoff`?"),
    ("stage: tradeoff", "stage: 3",
     "stage: 3", "3", "`stage` cannot be `3`: use one of `definition`, `mechanism`, `tradeoff`, `production`."),
    ("about: [costs-data]", "about: costs-data",
     "about: costs-data", "costs-data", "`about` must be a list: put each entry on its own line behind `- `."),
    ("about: [costs-data]", "about:",
     "about:\n", "\n", "`about` is empty: put each entry on its own line behind `- `."),
    ("kind: budget", "kind: budgets",
     "budgets", "", "`kind` cannot be `budgets`: did you mean `budget`?"),
    ("  - Splitting rows of one person over both sets.\n", "",
     "- Looking", "", "`mistakes` has 1 entry but needs 2 to 6: add 1 more."),
    ("      - id: count-looks\n        says: Count the looks, and limit them.\n", "",
     "- id: collect", "-", "`points` has 1 entry but needs 2 to 5: add 1 more (what a good answer to it says)."),
    ("  - Looking at the test score every week.", "\n".join(["  - Look."] * 7),
     "mistakes:\n  - Look", "- Look", "`mistakes` has 8 entries but may have 2 to 6: take out 2."),
    ("reviewed_on: 2026-01-31", "reviewed_on: 31 January",
     "31 January", "", "`reviewed_on` must be a date such as 2026-01-31: write year, month and day with hyphens."),
    ("reviewed_on: 2026-01-31", "reviewed_on: 2026-02-30",
     "2026-02-30", "", "`reviewed_on` must be a date such as 2026-01-31: write year, month and day with hyphens."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "passage", "at", "sentence"), CASES)
def test_a_slip_is_named_where_it_was_made(old, new, passage, at, sentence):
    """One slip brings one sentence, at the line and column of the slip."""
    text = edited(QUESTION, old, new)

    assert told(text) == [f"{where(text, passage, at=at)}: {sentence}"]


def test_a_group_of_keys_is_described_by_its_keys():
    """Text where keys belong brings the keys that are wanted."""
    start = QUESTION.index("  answer: The validation")
    text = QUESTION[:start].rstrip() + " none\n" + QUESTION[QUESTION.index("follow_ups:") :]
    wanted = "`anti_pattern` must be a group of keys: write `answer`, `why`, each on its own line with a colon."

    assert told(text) == [f"{where(text, 'anti_pattern: none', at='none')}: {wanted}"]


def test_a_file_of_plain_text_is_told_what_a_company_is():
    """A file that has no keys at all is shown which ones it needs."""
    assert told("hello\n", Company) == [
        "1:1: The file must be a group of keys: write `slug`, `name`, `listens_for`, `coaching`, `stages`, `clusters`, "
        "`follow_ups`, `depth`, `kinds`, `worth`, `time_percent`, each on its own line with a colon."
    ]


def test_a_list_of_files_is_no_pack():
    """A file that is a list is shown which keys it needs."""
    (said,) = told("- a\n- b\n", Pack)

    assert said.startswith("1:1: The file must be a group of keys: write `slug`, `name`,")


@pytest.mark.parametrize(
    ("model", "text", "old", "new", "passage", "at", "sentence"),
    [
        (Company, COMPANY, "  tradeoff: 3\n", "", "definition: 1", "",
         "`stages` has no `tradeoff`: it needs all of its 4 keys."),
        (Company, COMPANY, "  tradeoff: 3", "  trade-off: 3", "trade-off", "",
         "This key cannot be `trade-off`: did you mean `tradeoff`?"),
        (Company, COMPANY, "tradeoff: 3", "tradeoff: 11", "11", "", "`tradeoff` is too large: write a number from 1 to 10."),
        (Company, COMPANY, "metrics: 2", "Metrics: 2", "Metrics", "",
         "This key cannot be `Metrics`: write small letters, digits and single hyphens, as in `learning-curves`."),
        (Company, COMPANY, "clusters:\n  metrics: 2", "clusters: metrics", "clusters: m", "m",
         "`clusters` must be a group of keys (how often a cluster's questions come; a cluster left out weighs 1): "
         "write each on its own line with a colon."),
        (Evidence, EVIDENCE, "  flatters:", "  flatters-it:", "flatters-it", "",
         "This key cannot be `flatters-it`: write small letters, digits and underscores, beginning with a letter, as in "
         "`goes_up`."),
        (Evidence, EVIDENCE, "  - [flatters, honest]", "  - [flatters]", "[flatters]", "[",
         "Entry 1 of `opposites` has 1 entry but needs 2: add 1 more."),
        (Evidence, EVIDENCE, "shown: [nested]", "shown: nested", "shown: nested", "nested",
         "`shown` must be a list: put each entry on its own line behind `- `."),
        (Evidence, EVIDENCE, "shown: [nested]", "showed: [nested]", "showed", "",
         "The key `showed` is unknown: did you mean `shown`?"),
        (Glossary, GLOSSARY, "each week", "false", "false", "",
         "Entry 2 of `often` must be text: put `false` in quotes."),
        (Glossary, GLOSSARY, "  often:", f"  {'o' * 43}:", "o" * 43, "",
         "This key is 3 characters too long (43 of 40): shorten it."),
    ],
)  # fmt: skip
def test_a_slip_among_keys_of_ones_own_is_named_as_well(*, model, text, old, new, passage, at, sentence):
    """Weights, word sets and evidence hang on keys that the author chose; a wrong one is told at the key."""
    changed = edited(text, old, new)

    assert told(changed, model) == [f"{where(changed, passage, at=at)}: {sentence}"]


def test_slips_of_one_file_are_all_told():
    """An author with five slips corrects them in one go."""
    text = edited(QUESTION, "difficulty: 2", "difficulty: 9")
    text = edited(text, "stage: tradeoff", "stage: trade")
    text = edited(text, "  - Splitting rows of one person over both sets.\n", "")
    text = edited(text, "id: Q1", "id: 1")
    text = edited(text, "code:", "kode:")

    assert len(told(text)) == 5


def test_too_few_entries_are_counted_even_if_one_of_them_is_wrong():
    """A list of one bad entry is both too short and bad; the author hears both."""
    text = edited(QUESTION, "  - Splitting rows of one person over both sets.\n", "")
    text = edited(text, "Looking at the test score every week.", "7")

    assert [problem.rule for problem in problems(text)] == ["too-few-entries", "not-text"]


def test_a_list_without_a_lower_limit_in_its_file_is_counted_too():
    """A pack needs a cluster."""
    text = PACK[: PACK.index("  - slug: metrics")].replace("clusters:", "clusters: []")

    assert [said.partition(": ")[2] for said in told(text, Pack)] == [
        "`clusters` has 0 entries but needs 1 to 20: add 1 more."
    ]


def test_a_renamed_key_is_not_also_missing():
    """A misspelt key is one slip, not two."""
    assert [problem.rule for problem in problems(edited(COMPANY, "listens_for:", "listen_for:"), Company)] == [
        "unknown-key"
    ]


def test_a_refused_value_is_not_judged_again():
    """Whoever used an alias hears about the alias, not about an empty text as well."""
    text = edited(QUESTION, "title: Why keep a test set?", "title: *why")

    assert [problem.rule for problem in problems(text)] == ["alias"]


def test_every_pattern_of_the_models_has_words():
    """No author is shown a regular expression."""

    def patterns(schema):
        if isinstance(schema, dict):
            yield from [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
            yield from schema.get("patternProperties", {})
            yield from chain.from_iterable(map(patterns, schema.values()))

    used = {p for kind in KINDS for p in patterns(kind.model.model_json_schema())}

    assert used == set(PATTERNS)


KEYS = st.sampled_from(
    [
        *{key for kind in KINDS for key in outline(kind.model)["properties"]},
        *[
            "says",
            "stage",
            "why",
            "points",
            "url",
            "primary",
            "shown",
            "paraphrases",
            "reason",
            "definition",
            "[key]",
            "x",
        ],
    ]
)
VALUES = st.recursive(
    st.one_of(st.text(max_size=5), st.integers(-3, 9999), st.booleans(), st.sampled_from(["Q1", "mechanism", "2026-01-31"])),
    lambda inner: st.one_of(st.lists(inner, max_size=8), st.dictionaries(KEYS, inner, max_size=8)),
    max_leaves=30,
)  # fmt: skip


@UNHURRIED
@given(st.sampled_from(KINDS), st.dictionaries(KEYS, VALUES, max_size=18))
def test_whatever_an_author_writes_has_words_of_ours(kind, data):
    """Any shape at all is told in our own sentences; pydantic's never reach an author."""
    found = problems(yaml.safe_dump(data), kind.model)

    assert "misfit" not in {problem.rule for problem in found}


def test_an_error_that_has_no_words_yet_still_says_where_and_what():
    """A rule that a model gains later reaches the author in its own words until it has a row of ours."""
    fault = Fault(("title",), "x", outline(Question, ("title",)), "Value error, too dull")

    assert worded("value_error", fault).sentence == (
        "`title` does not fit (too dull): see README.md in the content folder."
    )
