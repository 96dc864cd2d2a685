"""Loading a whole content folder: a bank, or every problem of every file in one go."""

import pytest

from bot.bank import Clean, Problems, default_folder, lint, load
from bot.domain.bank import Bank
from bot.domain.questions import FollowUpKind, Stage
from tests.bank.example_content import (
    COMPANY_FILE,
    EVIDENCE_FILE,
    GLOSSARY_FILE,
    GOOD,
    PACK_FILE,
    QUESTION,
    QUESTION_FILE,
    SAMPLES_FILE,
    SECOND_FILE,
    edited,
    write,
)


def told(folder):
    outcome = load(folder)
    assert isinstance(outcome, Problems)
    return [str(problem).replace(folder.as_posix(), "content") for problem in outcome]


def test_good_files_become_a_bank(tmp_path):
    """Everything that was written can be asked, in the order of the ids."""
    bank = load(write(tmp_path, GOOD))

    assert isinstance(bank, Bank)
    assert [q.id for q in bank.questions] == ["Q1", "Q2"]
    assert [p.name for p in bank.packs] == ["Basics"]
    assert [c.slug for c in bank.companies] == ["startup"]
    assert set(bank.glossary.sets) == {"often", "seldom"}
    assert bank.evidence["Q2"].points.keys() == {point.id for point in bank.question("Q2").rubric}
    assert [sample.id for sample in bank.samples["Q1"].samples][:2] == ["plain-1", "plain-2"]


def test_a_company_is_all_data(tmp_path):
    """What a company weighs and prefers is read from its file; a cluster that it does not name weighs 1."""
    bank = load(write(tmp_path, GOOD))
    startup = bank.company("startup")

    assert startup.stages[Stage.PRODUCTION] == 4
    assert (startup.cluster_weight("metrics"), startup.cluster_weight("training")) == (2, 1)
    assert startup.follow_ups == (FollowUpKind.ISOLATION, FollowUpKind.BUDGET)
    assert bank.company("nobody") is None
    assert bank.company(None) is None


def test_the_order_of_files_on_disk_makes_no_difference(tmp_path):
    """Two copies of the same content are the same bank, whatever was written first."""
    one = load(write(tmp_path / "one", GOOD))
    other = load(write(tmp_path / "other", dict(reversed(GOOD.items()))))

    assert one.questions == other.questions


def test_all_problems_of_all_files_are_told_in_one_run(tmp_path):
    """A syntax error in one file hides nothing in the others."""
    found = told(
        write(
            tmp_path,
            {
                QUESTION_FILE: edited(QUESTION, "difficulty: 2", "difficulty: 9"),
                SECOND_FILE: "title: a: b\n",
                PACK_FILE: edited(GOOD[PACK_FILE], "licence: CC BY 4.0\n", ""),
                COMPANY_FILE: GOOD[COMPANY_FILE] + "motto: none\n",
            },
        )
    )

    assert [line.partition(": ")[0] for line in found] == [
        "content/companies/startup.yaml:15:1",
        "content/packs/basics/metrics/why-a-test-set.yaml:5:13",
        "content/packs/basics/pack.yaml:1:1",
        "content/packs/basics/training/why-shuffle.yaml:1:9",
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "packs/basics/metrics/new.yml",
            "The file ends in `.yml` and is passed over: let its name end in `.yaml`.",
        ),
        ("glossary.yml", "The file ends in `.yml` and is passed over: let its name end in `.yaml`."),
        ("packs/basics/new.yaml", None),
        ("packs/new.yaml", None),
        ("packs/basics/metrics/why-shuffle.evidense.yaml", None),
        ("packs/basics/metrics/deeper/new.yaml", None),
        (
            "companies/big/new.yaml",
            "This file has a wrong name or is in the wrong folder: put it at `companies/<slug>.yaml`.",
        ),
    ],
)
def test_a_file_that_would_be_passed_over_is_told(tmp_path, name, sentence):
    """No question is lost silently because its file lies or ends wrong."""
    wrong = (
        "This file has a wrong name or is in the wrong folder: put it at `packs/<pack>/pack.yaml`, "
        "`packs/<pack>/<cluster>/<slug>.evidence.yaml`, `packs/<pack>/<cluster>/<slug>.samples.yaml`, "
        "`packs/<pack>/<cluster>/<slug>.prompts.yaml` or `packs/<pack>/<cluster>/<slug>.yaml`."
    )

    assert told(write(tmp_path, {**GOOD, name: "x"})) == [f"content/{name}:1:1: {sentence or wrong}"]


@pytest.mark.parametrize(
    "name",
    ["packs/basics/REVIEW.md", "packs/.new.yaml", "packs/.git/x.yaml", "notes.yaml", "drawings/first.yaml"],
)
def test_notes_and_hidden_files_are_left_alone(tmp_path, name):
    """An author may keep notes beside the questions."""
    assert isinstance(load(write(tmp_path, {**GOOD, name: "x"})), Bank)


def test_a_pack_without_its_file_is_told_once(tmp_path):
    """A forgotten pack.yaml is one problem, not one a question."""
    found = told(write(tmp_path, {name: text for name, text in GOOD.items() if name != PACK_FILE}))

    assert found == [
        "content/packs/basics/pack.yaml:1:1: The pack has no `pack.yaml`: "
        "write one with its slug, name, description, licence and clusters."
    ]


def test_a_folder_without_packs_is_told(tmp_path):
    """Whoever names the wrong folder learns which one is wanted."""
    assert told(tmp_path) == [
        "content:1:1: There is no folder `packs` here: name the folder that holds `packs` and `companies`."
    ]


def test_a_content_without_questions_is_told(tmp_path):
    """A bot with nothing to ask does not start silently."""
    assert told(write(tmp_path, {PACK_FILE: GOOD[PACK_FILE]})) == [
        "content/packs:1:1: There is no question here yet: write one with `interview-coach content new question`."
    ]


def test_a_file_that_is_no_file_is_told(tmp_path):
    """A link that leads nowhere is a problem at its place."""
    write(tmp_path, GOOD)
    (tmp_path / "companies" / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")

    assert told(tmp_path)[0] == (
        "content/companies/gone.yaml:1:1: This is not a file that can be read: put a plain file in its place."
    )


def test_linting_one_file_weighs_it_against_the_rest(tmp_path):
    """A file on its own is fine, but its id is taken: the author of either file hears it, and nothing else."""
    moved = {name: text.replace("question: Q2", "question: Q1") for name, text in GOOD.items()}
    files = {**moved, SECOND_FILE: edited(GOOD[SECOND_FILE], "id: Q2", "id: Q1"), COMPANY_FILE: "x\n"}
    write(tmp_path, files)
    duplicate = f"The id `Q1` is already taken at {QUESTION_FILE}:1:5: take the next free number here."

    for file in (QUESTION_FILE, SECOND_FILE):
        outcome = lint(tmp_path / file, seen_from=tmp_path)
        assert [str(problem) for problem in outcome] == [f"{SECOND_FILE}:1:5: {duplicate}"]


def test_linting_one_good_file_counts_what_is_wrong_elsewhere(tmp_path):
    """An author is not stopped by other people's slips, but knows of them."""
    write(tmp_path, {**GOOD, COMPANY_FILE: "x\n"})

    assert lint(tmp_path / SECOND_FILE, seen_from=tmp_path) == Clean("why-shuffle.yaml: no problems", elsewhere=1)


def test_places_outside_the_folder_keep_their_whole_path(tmp_path):
    """Content that lies elsewhere is named so that it can be found."""
    write(tmp_path, {**GOOD, COMPANY_FILE: "x\n"})

    outcome = lint(tmp_path, seen_from=tmp_path / "elsewhere")

    assert str(outcome).startswith(f"{(tmp_path / COMPANY_FILE).as_posix()}:1:1: ")


def test_linting_from_inside_the_content_gives_short_paths(tmp_path):
    """Paths start where the author is, so that a terminal can open them."""
    write(tmp_path, {**GOOD, QUESTION_FILE: edited(QUESTION, "difficulty: 2", "difficulty: 9")})
    folder = (tmp_path / QUESTION_FILE).parent

    (problem,) = lint(folder, seen_from=folder)

    assert str(problem).startswith("why-a-test-set.yaml:5:13: ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("draft.yaml", QUESTION),
        ("pack.yaml", GOOD[PACK_FILE]),
        ("companies/big.yaml", GOOD[COMPANY_FILE]),
        ("draft.evidence.yaml", GOOD[EVIDENCE_FILE]),
        ("draft.samples.yaml", GOOD[SAMPLES_FILE]),
        ("glossary.yaml", GOOD[GLOSSARY_FILE]),
    ],
)
def test_a_file_outside_any_content_is_checked_on_its_own(tmp_path, name, text):
    """An author can try out a file anywhere; it is then judged without the rest."""
    write(tmp_path, {name: text, "bad.yaml": edited(QUESTION, "difficulty: 2", "difficulty: 9")})

    assert lint(tmp_path / name, seen_from=tmp_path) == Clean(f"{name.rpartition('/')[2]}: no problems")
    assert [str(p) for p in lint(tmp_path / "bad.yaml", seen_from=tmp_path)] == [
        "bad.yaml:5:13: `difficulty` is too large: write a number from 1 to 5."
    ]


def test_the_default_folder_is_a_content_folder():
    """Without being told, the bot finds the content that it is shipped with."""
    assert (default_folder() / "packs").is_dir()
