"""The staged reveal of a question: its layers in the order in which they are shown, one at a time."""

from enum import StrEnum


class Layer(StrEnum):
    """A layer of the reveal. Everything from `DIRECT` on gives the answer away."""

    PROBES = "probes"
    DIRECT = "direct"
    DEEP = "deep"
    PITFALLS = "pitfalls"
    CODE = "code"
    REFERENCES = "references"

    @property
    def gives_away(self) -> bool:
        return self is not Layer.PROBES

    @property
    def following(self) -> "Layer | None":
        """The layer after this one, or None at the end."""
        order = list(Layer)
        index = order.index(self) + 1
        return order[index] if index < len(order) else None
