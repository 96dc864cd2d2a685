"""The JSON Schemas with which an editor helps an author."""

import json

import jsonschema
import pytest
import yaml

from bot.bank import default_folder
from bot.bank.schema import MODELS, schema_text, stale_schema_files, write_schema_files
from tests.bank.example_content import COMPANY, PACK, QUESTION, edited
from tests.bank.example_evidence import EVIDENCE, GLOSSARY, SAMPLES


def complaints(name, text):
    """What an editor would underline; BaseLoader and a little help stand for YAML 1.2."""
    data = yaml.load(text, Loader=yaml.BaseLoader)
    for reference in data.get("references", []):
        reference["year"] = int(reference["year"])
        reference["primary"] = reference.get("primary") == "true"
    for group in (data, data.get("stages", {}), data.get("clusters", {}) if name == "company" else {}):
        group.update({key: int(value) for key, value in group.items() if isinstance(value, str) and value.isdigit()})
    for sample in data.get("samples", []):
        sample["heldout"] = sample.get("heldout") == "true"
    validator = jsonschema.Draft202012Validator(json.loads(schema_text(MODELS[name])))
    return [error.message for error in validator.iter_errors(data)]


def test_the_committed_schemas_are_fresh():
    """Whoever changes a model also runs `interview-coach content schema`."""
    assert stale_schema_files(default_folder()) == []


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_a_schema_and_always_the_same_bytes(name):
    """A schema is valid, sorted, and ends with a line feed, so that it never changes by itself."""
    text = schema_text(MODELS[name])
    jsonschema.Draft202012Validator.check_schema(json.loads(text))

    assert text == schema_text(MODELS[name])
    assert text.endswith("}\n")
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("question", QUESTION),
        ("pack", PACK),
        ("company", COMPANY),
        ("evidence", EVIDENCE),
        ("samples", SAMPLES),
        ("glossary", GLOSSARY),
    ],
)
def test_good_files_are_not_underlined(name, text):
    """What the linter accepts, the editor accepts."""
    assert complaints(name, text) == []


def test_slips_are_underlined_while_typing():
    """An unknown key and a wrong stage show before the linter runs."""
    text = edited(edited(QUESTION, "stage: tradeoff", "stage: trade-off"), "probes:", "probe:")

    assert len(complaints("question", text)) == 3  # the stage, the unknown key, the missing key


def test_only_stale_schemas_are_written(tmp_path):
    """Writing twice changes nothing the second time."""
    first, second = write_schema_files(tmp_path), write_schema_files(tmp_path)

    assert [file.name for file in first] == [f"{name}.json" for name in sorted(MODELS)]
    assert second == []
    first[0].write_text("{}\n", encoding="utf-8")
    assert stale_schema_files(tmp_path) == [first[0]]
