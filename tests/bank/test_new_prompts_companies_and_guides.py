"""Starting a prompt, a company or a guide: the file that an author gets, and when there is none."""

import pytest
import yaml

from bot.bank import Problems, load
from bot.bank.drafting import Draft, Refused, draft_company, draft_guide, draft_prompt, write
from bot.domain.guides import GuideForm
from bot.domain.prompts import Prompt
from bot.domain.questions import Company, PromptKind
from tests.bank.example_content import GOOD, PROMPTS_FILE
from tests.bank.example_content import write as write_files


@pytest.fixture
def content(tmp_path):
    return write_files(tmp_path, GOOD)


def started(content, thing):
    """The draft of a new thing, written."""
    drafts = {
        "company": lambda: draft_company(content, name="Small Lab", slug=None),
        "steps": lambda: draft_guide(content, title="At the whiteboard", form=GuideForm.STEPS, slug=None),
        "map": lambda: draft_guide(content, title="What they ask", form=GuideForm.MAP, slug=None),
        "tree": lambda: draft_guide(content, title="Where it breaks", form=GuideForm.TREE, slug=None),
        **{
            kind: lambda kind=kind: draft_prompt(content, question="Q1", slug="new-one", kind=kind)
            for kind in PromptKind
        },
    }
    draft = drafts[thing]()
    assert isinstance(draft, Draft)
    write(draft)
    return draft


@pytest.mark.parametrize("thing", ["company", "steps", "map", "tree", *PromptKind])
def test_a_fresh_template_has_placeholders_and_no_other_problem(content, thing):
    """The linter walks an author through the template: each problem says what to write there, and nothing else."""
    draft = started(content, thing)

    found = load(content, to_ship=True)

    assert isinstance(found, Problems)
    assert {(problem.rule, problem.place.file) for problem in found} == {("placeholder", draft.file)}
    assert len(found) == draft.text.count("TODO:")


def test_a_new_prompt_stands_at_the_end_of_its_file(content):
    """What is there already stays as it is."""
    before = (content / PROMPTS_FILE).read_text()
    started(content, PromptKind.NAME)
    after = (content / PROMPTS_FILE).read_text()

    assert after.startswith(before)
    assert yaml.safe_load(after)["prompts"][-1]["id"] == "new-one"


def test_the_first_prompt_of_a_question_begins_its_file(content):
    """An author need not know where prompts go."""
    (content / PROMPTS_FILE).unlink()
    draft = started(content, PromptKind.SHORT)

    assert draft.file == content / PROMPTS_FILE
    assert yaml.safe_load(draft.text)["question"] == "Q1"


def test_a_template_has_every_key(content):
    """Whoever fills it in leaves nothing out."""
    keys = set()
    for kind in PromptKind:
        (content / PROMPTS_FILE).unlink(missing_ok=True)
        keys |= set(yaml.safe_load(started(content, kind).text)["prompts"][0])

    assert keys == set(Prompt.model_fields) - {"about", "number"}
    assert set(yaml.safe_load(started(content, "company").text)) == set(Company.model_fields)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda c: draft_prompt(c, question="Q77", slug="x", kind=PromptKind.NAME), "There is no question `Q77`"),
        (lambda c: draft_prompt(c, question="Q1", slug="No Good", kind=PromptKind.NAME), "makes no id"),
        (lambda c: draft_prompt(c, question="Q1", slug="two-uses", kind=PromptKind.NAME), "There is already a prompt"),
        (lambda c: draft_company(c, name="x" * 31, slug=None), "has 1 to 30 characters"),
        (lambda c: draft_company(c, name="日本", slug=None), "makes no good file name"),
        (lambda c: draft_guide(c, title=" ", form=GuideForm.MAP, slug=None), "has 1 to 60 characters"),
    ],
)
def test_what_cannot_be_started_is_one_sentence(content, refused, words):
    """An author reads what is wrong and what to do."""
    said = refused(content)

    assert isinstance(said, Refused)
    assert words in said.sentence
