"""`interview-coach content stats`: what the bank covers, and what it lacks."""

from rich.console import Console
from rich.table import Table

from bot.cli_bank import ContentFolder, bank_or_exit
from bot.domain import coverage
from bot.domain.bank import Bank
from bot.domain.questions import PromptKind, Stage


def stats(*, content: ContentFolder = None) -> None:
    """Count what the bank covers by cluster, difficulty, stage and company, and name the gaps."""
    bank = bank_or_exit(content)
    console = Console(highlight=False)
    console.print(_clusters(bank))
    console.print(_companies(bank))
    console.print(_prompts(bank))
    gaps = list(coverage.gaps(bank))
    console.print("Gaps" if gaps else "No gaps.")
    for gap in gaps:
        console.print(f"- {gap}", soft_wrap=True)


def _clusters(bank: Bank) -> Table:
    levels = [f"level {level}" for level in coverage.LEVELS]
    stages = [f"{stage.value} points" for stage in Stage]
    table = Table("cluster", "questions", *levels, *stages, "follow-ups", "samples", "sources", "figures checked")
    for row in coverage.clusters(bank):
        counts = (row.questions, *row.levels.values(), *row.points.values())
        table.add_row(row.name, *map(str, (*counts, row.follow_ups, row.samples, row.sourced, row.checks)))
    return table


def _companies(bank: Bank) -> Table:
    table = Table("company", "questions with a follow-up it prefers", "such follow-ups")
    for row in coverage.companies(bank):
        table.add_row(row.name, f"{row.served} of {len(bank.questions)}", str(row.follow_ups))
    return table


def _prompts(bank: Bank) -> Table:
    rows = list(coverage.prompts(bank))
    table = Table("rapid-fire prompts", *(row.name for row in rows))
    table.add_row("all", *(str(row.prompts) for row in rows))
    for kind in PromptKind:
        table.add_row(f"kind {kind.value}", *(str(row.kinds[kind]) for row in rows))
    for stage in Stage:
        table.add_row(stage.value, *(str(row.stages[stage]) for row in rows))
    for level in coverage.LEVELS:
        table.add_row(f"level {level}", *(str(row.levels[level]) for row in rows))
    for company in bank.companies:
        table.add_row(f"suits {company.name}", *(str(row.companies[company.slug]) for row in rows))
    return table
