"""Guides: what is worth knowing about interviews as such, as steps, as a map, or as a tree that can be walked."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

from bot.domain.questions import Content, QuestionId, Slug, Text

MOST_NODES = 25


class GuideForm(StrEnum):
    """How a guide is laid out."""

    STEPS = "steps"
    """One step after another."""
    MAP = "map"
    """What is asked for on one side, what answers it on the other."""
    TREE = "tree"
    """A question after which one goes one way or the other, until something can be done."""


class GuideStep(Content):
    """One step, or one pair of a map."""

    id: Slug
    name: Annotated[Text, Field(max_length=60, description="A few words, as they stand in the picture")]
    says: Annotated[Text, Field(max_length=300, description="What to do there, for the text beside the picture")]


class Turn(Content):
    """An answer to a node's question, and the node that it leads to."""

    says: Annotated[Text, Field(max_length=40, description="The answer, as it stands on its button")]
    to: Slug


class GuideNode(Content):
    """A place in a tree: either a question with its turns, or a leaf that says what to inspect first."""

    id: Slug
    name: Annotated[Text, Field(max_length=60, description="A few words, as they stand in the picture")]
    says: Annotated[Text, Field(max_length=400, description="The question in full, or what to inspect first and why")]
    turns: tuple[Turn, ...] = Field(
        default=(), strict=False, max_length=4, description="Where its answers lead; a leaf has none"
    )
    questions: tuple[QuestionId, ...] = Field(
        default=(), strict=False, max_length=6, description="For a leaf: questions of the bank to practise"
    )

    @property
    def is_leaf(self) -> bool:
        """Whether nothing comes after it."""
        return not self.turns


class Guide(Content):
    """One guide. `steps` are filled for steps and a map, `nodes` for a tree, whose first node is its root."""

    slug: Slug
    title: Annotated[Text, Field(max_length=60)]
    form: GuideForm = Field(strict=False, description="steps, map or tree")
    summary: Annotated[Text, Field(max_length=300, description="What it is for, in one or two sentences")]
    steps: tuple[GuideStep, ...] = Field(default=(), strict=False, max_length=10, description="For `steps` and `map`")
    nodes: tuple[GuideNode, ...] = Field(
        default=(), strict=False, max_length=MOST_NODES, description="For `tree`; the first is where one starts"
    )
    note: Annotated[Text, Field(max_length=500)] | None = Field(
        default=None, description="What readers should know of it besides, such as what it corrects"
    )

    @property
    def root(self) -> GuideNode:
        """Where one starts to walk a tree."""
        return self.nodes[0]

    def node(self, node_id: str) -> GuideNode | None:
        """The node with this id, if the tree still has it."""
        return self._by_id.get(node_id)

    def before(self, node: GuideNode) -> GuideNode | None:
        """The node that leads to this one; None for the root."""
        return next((one for one in self.nodes if any(turn.to == node.id for turn in one.turns)), None)

    def way_to(self, node: GuideNode) -> list[tuple[GuideNode, str]]:
        """The questions on the way to a node, each with the answer that was given."""
        way: list[tuple[GuideNode, str]] = []
        at = node
        while (parent := self.before(at)) is not None and len(way) < MOST_NODES:
            way.append((parent, next(turn.says for turn in parent.turns if turn.to == at.id)))
            at = parent
        return way[::-1]

    def outline(self) -> Iterator[tuple[int, str, GuideNode]]:
        """The tree from its root, depth first: how deep, the answer that leads there (empty for the root), the node."""

        def below(node: GuideNode, depth: int, said: str) -> Iterator[tuple[int, str, GuideNode]]:
            yield depth, said, node
            for turn in node.turns:
                if depth < MOST_NODES and (following := self.node(turn.to)) is not None:
                    yield from below(following, depth + 1, turn.says)

        return below(self.root, 0, "")

    @cached_property
    def _by_id(self) -> Mapping[str, GuideNode]:
        return {node.id: node for node in self.nodes}
