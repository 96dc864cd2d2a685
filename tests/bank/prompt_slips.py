"""Slips in rapid-fire prompts and guides: the file, what is edited, where the rule is told, and how."""

from tests.bank.example_content import (
    COMPANY_FILE,
    GOOD,
    GUIDE_FILE,
    PACK_FILE,
    PROMPTS_FILE,
    QUESTION_FILE,
    SECOND_FILE,
    where,
)

SECOND_PROMPTS_FILE = SECOND_FILE.replace(".yaml", ".prompts.yaml")

CASES = {
    "duplicate-item": (
        PROMPTS_FILE, "- id: look-at-the-end", "- id: fair-score",
        "fair-score\n        says: It is looked", "fair",
        f"The id `fair-score` is already used in `items` at {PROMPTS_FILE}:14:13: give this entry another id."),
    "prompt-kind": (
        PROMPTS_FILE, "    number:\n      value: 40\n", "",
        "- id: how-many-rows", "id", "A `short` prompt needs `items`: write `items`."),
    "several-terms": (
        PROMPTS_FILE, "        terms: [test set, hold-out]\n",
        "        terms: [test set]\n      - id: hold-out\n        says: A hold-out.\n        terms: [hold-out]\n",
        "- id: test-set", "-",
        "A `short` prompt asks for one thing but has 2 items: join their terms in one item, or make it a `name` prompt."),
    "unreachable-number": (
        PROMPTS_FILE, "wanted: 2", "wanted: 3",
        "wanted: 3", "3", "The prompt asks for 3 items but knows only 2: add items, or ask for fewer."),
    "wrong-options": (
        PROMPTS_FILE, "        right: true\n", "",
        "- id: at-the-end\n        says: At the very", "-",
        "There are 4 options, 0 of them right, but a `choice` prompt needs 4, one right: add or take out options, and mark "
        "the right one with `right: true`."),
    "deaf-entry": (
        PROMPTS_FILE, '        terms: ["20"]\n', "",
        "- id: share", "id",
        "Nothing in an answer could be recognised as this entry: give it `terms`."),
    "unknown-unit": (
        PROMPTS_FILE, "value: 40", "value: 40\n      unit: rowses",
        "unit: rowses", "rowses",
        "The unit `rowses` is not known: spell it as Pint does, such as GB, ms or percent, or leave it out."),
    "duplicate-prompt": (
        SECOND_PROMPTS_FILE, "- id: two-gains", "- id: two-uses",
        "- id: two-uses", "two", f"The prompt id `two-uses` is already taken at {PROMPTS_FILE}:5:9: choose another."),
    "unknown-loan": (
        PROMPTS_FILE, "points: [look-once]", "points: [look-one]",
        "look-one]", "look", "The question has no `look-one` in `rubric`: did you mean `look-once`?"),
    "unknown-company": (
        PROMPTS_FILE, "companies: [startup]", "companies: [start-up]",
        "start-up", "", "There is no company `start-up`: did you mean `startup`?"),
    "unknown-subject": (
        PROMPTS_FILE, "    wanted: 2\n", "    wanted: 2\n    about: swears\n",
        "about: swears", "swears",
        "No `rivals` name `swears`: name a set of its `rivals`, or take `about` out."),
    "alike-titles": (
        SECOND_FILE, "title: Must rows be shuffled before training?", "title: Why keep a test set",
        "title: Why", "Why",
        f"This title says nearly the same as the one at {QUESTION_FILE}:3:8: join the two, or set them apart."),
    "alike-prompts": (
        SECOND_PROMPTS_FILE, "Say the term for rows kept away.", "What is data called that nobody used yet?",
        "What is data", "What", f"This asks nearly the same as the prompt at {PROMPTS_FILE}:35:11: ask something else."),
    "few-prompts": (
        PROMPTS_FILE, None, None,
        None, None,
        "The question has 0 rapid-fire prompts but needs at least 4: write 4 more in `why-a-test-set.prompts.yaml`."),
    "few-prompt-samples": (
        PROMPTS_FILE, "right: [test set, hold-out, a test set]", "right: [test set, hold-out]",
        "- id: what-is-it", "id",
        "The prompt has 3 right answers but at least 4 are needed: add 1 more under `samples` or `held_out`."),
    "few-held-out-answers": (
        PROMPTS_FILE,
        """right: [a, at the very end, "A)"]
      wrong: [b, every day, not at all]
    held_out:
      right: [at the end (a), "a."]
""",
        """right: [a, at the very end, "A)", "a."]
      wrong: [b, every day, not at all]
    held_out:
""",
        "- id: when-to-look", "id",
        "1 of 8 answers are held out but at least 2 must be: have new ones written by somebody who has not seen the items."),
    "needless-excuse": (
        PACK_FILE, "licence: ", "without_prompts: [Q1]\nlicence: ",
        "[Q1]", "Q1", "The question `Q1` has its rapid-fire prompts, held-out answers and all: take it off the list."),
    "scarce-stage": (
        PROMPTS_FILE, "stage: tradeoff", "stage: production",
        None, None,
        "Only 0 of 8 prompts have the stage `tradeoff`, fewer than one in ten: write more of that stage."),
    "scarce-company": (
        PROMPTS_FILE, "    companies: [startup]\n", "",
        None, None,
        "Only 0 prompts name `startup`, against 0 for the company named most often: write more for it, or name it where "
        "it fits."),
    "heavy-difficulty": (
        PROMPTS_FILE, "difficulty: 3", "difficulty: 2",
        None, None,
        "5 of 8 prompts have the difficulty 2, more than half: write easier and harder ones."),
    "unreached-rung": (
        COMPANY_FILE, "depth: 2", "depth: 1",
        None, None,
        "No company's ladder reaches this follow-up of the kind `diagnosis`: choose a kind that a company prefers, or take "
        "a rung out."),
    "failed-answer": (
        PROMPTS_FILE, "wrong: [training set, validation, no]", "wrong: [training set, hold-out, no]",
        "training set, hold-out", "hold-out",
        "The judge accepts this answer, in which it finds 1 of the items: widen or narrow terms and patterns, or move the "
        "answer if it is on the wrong side."),
    "duplicate-place": (
        GUIDE_FILE, "- id: noise", "- id: data",
        "data\n    name: The noise", "data",
        f"The id `data` is already used at {GUIDE_FILE}:12:9: give this one another id."),
    "wrong-form": (
        GUIDE_FILE, "form: tree", "form: steps",
        "form: steps", "form", "A guide of the form `steps` has `steps`, and no `nodes`: change one."),
    "lost-turn": (
        GUIDE_FILE, "to: noise", "to: noises",
        "noises", "", "There is no node `noises`: did you mean `noise`?"),
    "wrong-tree": (
        GUIDE_FILE, "to: noise", "to: data",
        "- id: noise", "id",
        "The node `noise` is led to 0 times but must be 1: lead to each node but the first by one turn, so that there is "
        "one way back."),
    "single-turn": (
        GUIDE_FILE, '      - {says: "No", to: noise}\n', "",
        '- {says: "Yes"', "-",
        "There is only one way on from here: add another answer, or join both nodes."),
    "bare-leaf": (
        GUIDE_FILE, "    questions: [Q2]\n", "",
        "- id: noise", "id",
        "The node has neither of `turns` and `questions`: give a question `turns`, and a leaf `questions` to practise."),
    "unknown-question": (
        GUIDE_FILE, "questions: [Q2]", "questions: [Q9]",
        "Q9", "", "There is no question `Q9`: link another, or take it out."),
}  # fmt: skip

ELSEWHERE = {
    "few-prompts": f"{QUESTION_FILE}:1:1",
    "scarce-stage": f"{PACK_FILE}:1:1",
    "scarce-company": f"{PACK_FILE}:1:1",
    "heavy-difficulty": f"{PACK_FILE}:1:1",
    "unreached-rung": f"{QUESTION_FILE}:{where(GOOD[QUESTION_FILE], 'kind: diagnosis', at='diagnosis')}",
}
