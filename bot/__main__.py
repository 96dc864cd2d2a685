"""`python -m bot` is the same as `interview-coach`."""

from bot.cli import main

main()
