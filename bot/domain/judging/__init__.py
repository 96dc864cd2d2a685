"""Ruling on short answers: how many of the things that a rapid-fire prompt asks for an answer names."""

from bot.domain.judging.judge import Judge
from bot.domain.judging.ruling import Named, Rejected, Ruling

__all__ = ["Judge", "Named", "Rejected", "Ruling"]
