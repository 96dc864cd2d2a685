"""Shipped questions without their evidence, so that tests of the bot do not hang on how it judges."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.bank import default_folder, load
from bot.domain.bank import Bank

JUDGING = ("*.evidence.yaml", "*.samples.yaml")
"""The files that say how answers are judged; a question without them is for self-check only."""

KEPT = ("Q1", "Q2", "Q3")

_KEEPING = tempfile.TemporaryDirectory(prefix="coach-content-")  # it goes when this process ends


@cache
def shipped_bank() -> Bank:
    """All that ships."""
    bank = load(default_folder())
    assert isinstance(bank, Bank), bank
    return bank


@cache
def self_check_folder() -> Path:
    """A copy of the shipped content that says nothing of how answers are judged."""
    folder = Path(_KEEPING.name) / "content"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns(*JUDGING))
    return folder


@cache
def self_check_bank() -> Bank:
    """Q1 to Q3 with the shipped packs, companies and guides, none of them judged."""
    bank = load(self_check_folder())
    assert isinstance(bank, Bank), bank
    kept = [q for q in bank.questions if q.id in KEPT]
    return Bank(bank.packs, bank.companies, kept, guides=bank.guides.values())
