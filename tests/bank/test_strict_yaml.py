"""Reading YAML strictly: what a value becomes, and what an author hears when YAML bites."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bank import reader
from bot.bank.decoding import LARGEST
from bot.bank.reader import DEEPEST, MOST_VALUES, read
from tests.bank.example_content import UNHURRIED

FILE = Path("question.yaml")


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def parser(request, monkeypatch):
    """Everything holds with either of PyYAML's parsers, since not every machine has the fast one."""
    loader = yaml.SafeLoader if request.param == "pure Python" else reader._LOADER
    monkeypatch.setattr(reader, "_LOADER", loader)


def data(text):
    reading = read(text.encode(), FILE)
    assert not reading.problems
    return reading.document.data


def problems(source):
    reading = read(source if isinstance(source, bytes) else source.encode(), FILE)
    return [str(problem).removeprefix("question.yaml:") for problem in reading.problems]


@pytest.mark.parametrize(
    "word",
    [
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "NO",
        "null",
        "Null",
        "~",
        "True",
        "FALSE",
        "1.5",
        "1e3",
        ".5",
        ".inf",
        "0x1F",
        "0o17",
        "007",
        "1_000",
        "12:30",
        "+3",
    ],
)
def test_words_that_yaml_likes_to_convert_stay_text(word):
    """An author who writes no, null or 12:30 gets exactly that."""
    assert data(f"key: {word}\n") == {"key": word}


@pytest.mark.parametrize(("written", "value"), [("3", 3), ("0", 0), ("-12", -12), ("true", True), ("false", False)])
def test_whole_numbers_and_two_truth_values_are_converted(written, value):
    """3 is a number and true is a truth value; in quotes both are text."""
    plain, quoted = data(f"plain: {written}\nquoted: '{written}'\n").values()

    assert (plain, type(plain)) == (value, type(value))
    assert quoted == written


def test_a_date_and_a_huge_number_stay_text():
    """Whatever is no small whole number is left to the model to judge."""
    assert data(f"a: 2026-01-31\nb: {'9' * 5000}\n") == {"a": "2026-01-31", "b": "9" * 5000}


def test_a_key_is_always_text():
    """A key that looks like a number or a truth value is still a key."""
    assert data("1: a\ntrue: b\n") == {"1": "a", "true": "b"}


def test_a_key_without_a_value_is_empty_text():
    """An author who leaves a value out will hear that it is empty, not that it is null."""
    assert data("key:\n") == {"key": ""}


def test_places_count_from_one():
    """An editor can jump to the line and column of any value and key."""
    document = read(b"# a comment\nrubric:\n  - says: x\n", FILE).document

    assert str(document.place(("rubric",))) == "question.yaml:3:3"
    assert str(document.place(("rubric", 0, "says"))) == "question.yaml:3:11"
    assert str(document.key_place(("rubric", 0, "says"))) == "question.yaml:3:5"


def test_the_place_of_something_missing_is_what_should_hold_it():
    """A value that is not there is placed at the nearest thing around it."""
    document = read(b"rubric:\n  - says: x\n", FILE).document

    assert str(document.place(("rubric", 0, "stage"))) == "question.yaml:2:5"


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_make_no_difference(ends):
    """A file saved on Windows reads the same, at the same places."""
    document = read(f"a: |{ends}  one{ends}  two{ends}b: x{ends}".encode(), FILE).document

    assert document.data == {"a": "one\ntwo\n", "b": "x"}
    assert str(document.place(("b",))) == "question.yaml:4:4"


def test_a_byte_order_mark_is_ignored():
    """An editor that puts a mark at the start of the file does no harm."""
    assert read(b"\xef\xbb\xbfa: x\n", FILE).document.data == {"a": "x"}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "1:1: The file is empty: start from `interview-coach content new question`, or delete the file."),
        ("# only a comment\n", "1:1: The file is empty: start from `interview-coach content new question`, or delete the file."),
        ("---\n", "1:1: The file is empty: start from `interview-coach content new question`, or delete the file."),
        ("a: 1\n---\nb: 2\n", "2:1: A second document begins here: put each question in a file of its own."),
        (b"a: caf\xe9\n", "1:7: The file is not UTF-8 text from here on: save it with the encoding UTF-8."),
        ("a: x\n".encode("utf-16"), "1:1: The file is not UTF-8 text from here on: save it with the encoding UTF-8."),
        ("a: b\nc: d\x00\n", "2:5: There is an invisible control character here: delete it."),
        ('a: "\\e[31m"\n', "1:4: An escape in this text stands for an invisible control character: take it out."),
        ("a: 1\nb: 2\na: 3\n", "3:1: The key `a` is already on line 1: keep one of the two."),
        ("a: &x 1\n", "1:4: `&x` is read as an anchor, which is not used here: put the text in quotes."),
        ("a: *x\n", "1:4: `*x` is read as an alias, which is not used here: put the text in quotes."),
        ("a: !!int x\n", "1:4: `!` is read as a type tag, which is not used here: put the text in quotes."),
        ("a: !!python/object:os.system x\n", "1:4: `!` is read as a type tag, which is not used here: put the text in quotes."),
        ("<<: {a: 1}\n", "1:1: Merge keys (`<<`) are not used here: write the keys out."),
        ("? [a]\n: b\n", "1:3: A key must be plain text: begin the line with a key and a colon."),
        ("a: Issue #5 is\n", "1:9: `#5 is` is read as a comment and lost: put the whole text in quotes."),
        ("a: b: c\n", "1:5: A colon and a space begin a new value here: quote the whole text, or check the indentation."),
        ("a:\n\tb: 1\n", "2:1: This line is indented with a tab: use spaces."),
        ("a: |\n\tx\n", "2:1: This line is indented with a tab: use spaces."),
        ("a: @x\n", "1:4: Text cannot begin with `@`: put it in quotes."),
        ("a: `x`\n", "1:4: Text cannot begin with ```: put it in quotes."),
        ("a: ]\n", "1:4: Text cannot begin with this character: put it in quotes."),
        ("a: *\n", "1:4: Text cannot begin with `*` or `&`, which YAML keeps for itself: put it in quotes."),
        ('a: "x\nb: 1\n', "1:4: This quote is never closed: add the closing quote."),
        ("a: 'x' y\n", "1:8: This line does not line up with those above it, or follows a closed quote: check its indentation."),
        ("a:\n  b: 1\n c: 2\n", "3:2: This line does not line up with those above it, or follows a closed quote: check its indentation."),
        ("a: 1\nb\n", "2:1: This line is neither `key: value` nor part of a text: indent it, or add the colon."),
        ('a: "\\d+"\n', "1:4: In double quotes a backslash begins an escape: use single quotes or a `|` block instead."),
        ("a: [x\nb: 1\n", "1:4: This bracket is not closed, or a text in it needs quotes: write the list with one `- ` a line."),
        ("a: - b\n", "1:4: A list or a key cannot begin in the middle of a line: move it to its own line, or quote the text."),
        ("a: |x\n  y\n", "1:4: Nothing may follow `|` or `>` on its line: begin the text on the next line."),
        ("%YAML 3.0\n---\na: 1\n", "1:1: Leave out the lines that begin with `%`: no file here needs them."),
        ("%YAML x\n---\na: 1\n", "1:7: Leave out the lines that begin with `%`: no file here needs them."),
        ("a: !<x y\n", "1:4: Text that begins with `!` is read as a type tag, which is not used here: put it in quotes."),
        ("a: 1\n...\nb: 2\n", "3:1: A file holds one document: take out the line `...` and what follows it."),
    ],
)  # fmt: skip
def test_every_trap_of_yaml_has_its_own_sentence(source, said):
    """An author who falls into a trap reads where, what is wrong and what to do."""
    assert problems(source) == [said]


def test_a_tab_is_named_wherever_the_parser_stumbles_over_it():
    """The two parsers stop at different columns of an indented line, and both mean the tab."""
    (said,) = problems("a: x\n \tb: 1\n")

    assert said.startswith("2:")
    assert said.endswith(": This line is indented with a tab: use spaces.")


def test_several_slips_of_one_file_are_told_together():
    """A refused value does not hide the slips before and behind it, nor those inside it."""
    text = "a: *x\nb: &y 1\nb: *z\n<<: {c: !t 1}\n"

    assert [said.partition(" ")[0] for said in problems(text)] == [
        "1:4:",
        "2:4:",
        "3:1:",
        "3:4:",
        "4:1:",
        "4:9:",
    ]


def test_an_ordinary_comment_is_no_problem():
    """A note behind a value, with a space after its sign, is a comment that somebody meant."""
    assert data("difficulty: 2  # a first interview\n") == {"difficulty": 2}


@pytest.mark.parametrize(
    "bomb",
    [
        "a: " + "[" * 100_000,
        "- " * 100_000,
        "a: &a [x]\n" + "".join(f"k{n}: [*a, *a, *a, *a, *a, *a, *a, *a]\n" for n in range(5000)),
        "".join(f"{' ' * n}k:\n" for n in range(DEEPEST + 2)),
        "x: y\n" * (MOST_VALUES + 1),
        "- x\n" * (MOST_VALUES + 1),
        "x" * (LARGEST + 1),
    ],
    ids=["brackets", "dashes", "aliases", "indentation", "repeated keys", "entries", "bytes"],
)
def test_a_file_made_to_choke_the_reader_is_refused(bomb):
    """However deep, long or self-referring a file is, the author gets an answer."""
    assert problems(bomb)


@UNHURRIED
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b'"\\UFFFFFFFF"')
@example(b'"\\ud800"')
def test_any_bytes_give_a_value_or_problems(source):
    """No file makes the reader raise, and a file that cannot be read is never silently empty."""
    reading = read(source, FILE)

    assert reading.document is not None or reading.problems


# Letters that mean something to YAML, far more often than chance would draw them.
YAML_TEXT = st.lists(
    st.sampled_from(["\n", " ", "  ", "\t", "- ", ": ", ":", "#", "'", '"', "|", ">-", "[", "]", "{", "}", ",", "&a", "*a",
                     "!t", "%", "@", "?", "<<", "---", "...", "\\", "a", "b", "true", "7", "é", "\u2028", "TODO:"]),
    max_size=40,
).map("".join)  # fmt: skip


@UNHURRIED
@given(YAML_TEXT)
def test_any_text_gives_a_value_or_problems_inside_the_file(text):
    """Every problem points at a line that the file has."""
    reading = read(text.encode(), FILE)

    assert reading.document is not None or reading.problems
    for problem in reading.problems:
        lines = text.split("\n")
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@UNHURRIED
@given(st.text().filter(str.isprintable), st.text().filter(str.isprintable))
def test_a_quoted_text_comes_back_as_it_was(key, value):
    """What an author puts in quotes is never changed."""
    document = read(yaml.dump({key: value}, default_style='"', allow_unicode=True).encode(), FILE).document

    assert document.data == {key: value}
