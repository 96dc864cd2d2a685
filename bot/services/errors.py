"""What can go wrong in a use case that nobody foresaw in a result: a few errors, each with a sentence for people."""


class NotSaved(Exception):
    """The store could not make a write durable; nothing of it was kept."""
