"""The question bank on disk: strict YAML in, frozen domain values or a list of problems out."""

from bot.bank.linting import Clean, lint
from bot.bank.loading import load
from bot.bank.problems import Place, Problem, Problems
from bot.bank.tree import default_folder

__all__ = ["Clean", "Place", "Problem", "Problems", "default_folder", "lint", "load"]
