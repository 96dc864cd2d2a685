"""Interview Coach: a Discord bot that turns a study server into a daily interview gym."""
