"""The authors' page: it names every field with its true limit, and its example and messages are real."""

import re
import subprocess
import sys

import pytest

from bot.bank import Clean, Problems, default_folder, lint
from bot.bank.evidence_rules import FEWEST_PARAPHRASES
from bot.bank.outline import outline
from bot.bank.sample_rules import FEWEST
from bot.domain import evidence, guides, prompts, questions
from bot.domain.grades import Reason

README = (default_folder() / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (.+?)\n(.+?)(?=^##)", README, re.MULTILINE | re.DOTALL))
MODELS = {
    "Question": questions.Question,
    "Rubric point": questions.RubricPoint,
    "Red flag": questions.RedFlag,
    "Anti-pattern": questions.AntiPattern,
    "Follow-up": questions.FollowUp,
    "Follow-up point": questions.FollowUpPoint,
    "Code sample": questions.CodeSample,
    "Check": questions.Check,
    "Contested claim": questions.Contested,
    "Reference": questions.Reference,
    "Pack": questions.Pack,
    "Cluster": questions.Cluster,
    "Company": questions.Company,
    "Evidence": evidence.Evidence,
    "Evidence of a point": evidence.PointEvidence,
    "Evidence of a red flag": evidence.FlagEvidence,
    "Glossary": evidence.Glossary,
    "Samples": evidence.Samples,
    "Sample": evidence.Sample,
    "Prompts": prompts.Prompts,
    "Prompt": prompts.Prompt,
    "Item": prompts.Item,
    "Near-miss": prompts.Reject,
    "Number": prompts.Number,
    "Option": prompts.Option,
    "Checked answers": prompts.Checked,
    "Guide": guides.Guide,
    "Guide step": guides.GuideStep,
    "Guide node": guides.GuideNode,
    "Turn": guides.Turn,
}
FIELDS = [
    (title, key)
    for title, model in MODELS.items()
    for key in (f.alias or name for name, f in model.model_fields.items())
]
QUESTION_ID = outline(questions.Question, ("id",))["pattern"]
EXAMPLE = re.search(r"^```yaml\n(.+?)^```", README, re.MULTILINE | re.DOTALL)[1]


def row(title, key):
    """The cells of a field's row in its section's table."""
    (found,) = re.findall(rf"^\| `{key}` \|(.+)\|$", SECTIONS[title], re.MULTILINE)
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", found)]


def limit(field):
    """The limit as the page writes it."""
    free = field.get("patternProperties") or {"": field.get("additionalProperties")}
    entry = field.get("items") or next(iter(free.values()))
    each = limit(entry) if entry else ""
    if "maxItems" in field:
        few, many = field.get("minItems"), field["maxItems"]
        number = f"up to {many}" if few is None else f"{few} to {many}" if few < many else str(many)
        return f"{number} entries" + (f" of {each}" if each else "")
    if entry:
        return f"{each} each" if each else ""
    if field.get("pattern") == QUESTION_ID:
        return "Q1 to Q9999"
    if "maximum" in field:
        return f"{field['minimum']} to {field['maximum']}" if "minimum" in field else f"up to {field['maximum']}"
    return str(field.get("maxLength", ""))


def test_every_model_has_its_section():
    """A part that an author can write is explained."""
    named = [value for module in (questions, evidence, prompts, guides) for value in vars(module).values()]
    content = {m for m in named if isinstance(m, type) and issubclass(m, questions.Content)}

    bases = {questions.Content, evidence.WordSets, prompts.Heard}
    assert content - bases == set(MODELS.values())


@pytest.mark.parametrize(
    "words",
    [
        questions.FollowUpKind,
        questions.Stage,
        evidence.Kind,
        evidence.Mark,
        Reason,
        prompts.PromptKind,
        guides.GuideForm,
    ],
)
def test_every_word_that_can_be_chosen_is_on_the_page(words):
    """An author finds what can stand where only certain words can."""
    assert [word.value for word in words if f"`{word}`" not in README] == []


def test_the_numbers_on_the_page_are_the_linters():
    """How much evidence and how many samples are wanted is said as it is checked."""
    assert f"a rubric point needs at least {FEWEST_PARAPHRASES}" in README
    assert f"at least {FEWEST} of them" in README


@pytest.mark.parametrize(("title", "key"), FIELDS)
def test_every_field_is_explained_with_its_true_limit(title, key):
    """An author finds each key, what it is for, and the limit that the linter holds it to."""
    purpose, said = row(title, key)

    assert purpose
    assert said == limit(outline(MODELS[title], (key,)))


def test_no_section_explains_a_field_that_is_gone():
    """A key on the page is a key that works."""
    rows = {(title, key) for title in MODELS for key in re.findall(r"^\| `(\w+)` \|", SECTIONS[title], re.MULTILINE)}

    assert rows == set(FIELDS)


def test_the_example_passes_the_linter(tmp_path):
    """What an author copies from the page is good."""
    file = tmp_path / "example.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")

    assert lint(file, seen_from=tmp_path) == Clean("example.yaml: no problems")


def test_the_program_of_the_example_prints_what_it_says():
    """The page holds itself to its own bar."""
    source = re.search(r"  source: \|\n(.+?)  output: (.+?)\n", EXAMPLE, re.DOTALL)
    program = "\n".join(line.removeprefix("    ") for line in source[1].splitlines())
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == source[2]


def test_the_messages_on_the_page_are_the_linters(tmp_path):
    """The page shows what an author will really read: four slips, then one that hides the others."""
    file = tmp_path / "example.yaml"
    slips = [
        (re.search(r"^probes: .+\n", EXAMPLE, re.MULTILINE)[0], ""),
        ("difficulty: 1", "difficulty: 9"),
        ("red_flags:", "red_flag:"),
        ("stage: tradeoff", "stage: trade-off"),
    ]
    text = EXAMPLE
    for old, new in slips:
        assert text.count(old) == 1
        text = text.replace(old, new)
    last = text.replace("title: Mean or median", "title: Mean: or median")

    told = []
    for version in (text, last):
        file.write_text(version, encoding="utf-8")
        outcome = lint(file, seen_from=tmp_path)
        assert isinstance(outcome, Problems)
        told += [str(problem) for problem in outcome]

    shown = README.partition("## What the linter says")[2].partition("\n## ")[0]
    assert re.findall(r"^    (example.+)$", shown, re.MULTILINE) == told
