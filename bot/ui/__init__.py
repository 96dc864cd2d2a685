"""Everything Discord: the client, the router of buttons and modals, commands, cards and their words."""
