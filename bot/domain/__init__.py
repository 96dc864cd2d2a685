"""Pure rules. Nothing here awaits, reads a clock, draws a random number, or knows Discord, SQL or YAML."""
