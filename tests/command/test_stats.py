"""`content stats`, as an author uses it."""

from typer.testing import CliRunner

from bot.cli import cli


def test_an_author_sees_what_the_bank_covers_and_what_it_lacks() -> None:
    """Clusters, difficulties, stages and companies stand in tables, and the gaps below in sentences."""
    result = CliRunner().invoke(cli, ["content", "stats"], env={"COLUMNS": "220"})

    assert result.exit_code == 0
    for words in ("Geometry and Core Concepts", "All", "level 5", "mechanism points", "Amazon", "Startup"):
        assert words in result.stdout
    assert "Gaps" in result.stdout or "No gaps." in result.stdout
