"""What a client sends for a command: the options that a member gave, in the shape that the command declares."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.wire.standin import payloads
from tests.wire.standin.model import Guild

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER = 1, 2, 3, 4, 5, 6, 7, 10


class NotOffered(Exception):
    """A real client would not have let the member do this; the message says why."""


def find(commands: Sequence[dict[str, Any]], name: str, kind: int) -> dict[str, Any]:
    """The registered command of that name."""
    for command in commands:
        if command["type"] == kind and command["name"] == name:
            return command
    raise NotOffered(f"no command {name!r} among {[c['name'] for c in commands]}")


def command_data(
    commands: Sequence[dict[str, Any]],
    line: str,
    given: Mapping[str, Any],
    guild: Guild,
    focused: str | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The command and the data of `/line` with these options; `focused` is the one that is being typed."""
    name, *path = line.split()
    command = find(commands, name, 1)
    resolved: dict[str, dict[str, Any]] = {}
    declared = command["options"]
    steps = []
    for step in path:
        branch = next((o for o in declared if o["name"] == step and o["type"] in (SUBCOMMAND, GROUP)), None)
        if branch is None:
            raise NotOffered(f"/{name} has no part {step!r}")
        steps.append(branch)
        declared = branch.get("options", [])
    if any(o["type"] in (SUBCOMMAND, GROUP) for o in declared):
        raise NotOffered(f"/{line} needs one of {[o['name'] for o in declared]}")
    options = _options(declared, given, guild, resolved, focused)
    for branch in reversed(steps):
        options = [{"type": branch["type"], "name": branch["name"], "options": options}]
    data = {"id": command["id"], "name": name, "type": 1, "options": options}
    return command, {**data, "resolved": resolved} if resolved else data


def _options(
    declared: Sequence[dict[str, Any]],
    given: Mapping[str, Any],
    guild: Guild,
    resolved: dict[str, dict[str, Any]],
    focused: str | None,
) -> list[dict[str, Any]]:
    by_name = {o["name"]: o for o in declared}
    if unknown := given.keys() - by_name.keys():
        raise NotOffered(f"no options {sorted(unknown)} among {sorted(by_name)}")
    missing = [o["name"] for o in declared if o.get("required") and o["name"] not in given]
    if missing and focused is None:
        raise NotOffered(f"the options {missing} are required")
    found = []
    for name, value in given.items():
        kind = by_name[name]["type"]
        option = {"name": name, "type": kind, "value": _value(by_name[name], value, guild, resolved)}
        found.append({**option, "focused": True} if name == focused else option)
    return found


def _value(declared: dict[str, Any], value: Any, guild: Guild, resolved: dict[str, dict[str, Any]]) -> Any:
    name = declared["name"]
    match declared["type"]:
        case kind if kind == USER:
            member = guild.members[int(value)]
            resolved.setdefault("users", {})[str(value)] = payloads.user(member.user)
            resolved.setdefault("members", {})[str(value)] = payloads.member(member, with_user=False)
            return str(value)
        case kind if kind == CHANNEL:
            shown = payloads.channel(guild.channels[int(value)])
            resolved.setdefault("channels", {})[str(value)] = {**shown, "permissions": "0"}
            return str(value)
        case kind if kind == STRING:
            text = str(value)
            choices = [c["value"] for c in declared.get("choices") or []]
            if choices and text not in choices:
                raise NotOffered(f"{text!r} is none of the choices {choices} of {name}")
            if not declared.get("min_length", 0) <= len(text) <= declared.get("max_length", 6000):
                raise NotOffered(f"{len(text)} characters are too few or too many for {name}")
            return text
        case kind if kind in (INTEGER, BOOLEAN, NUMBER):
            return value
        case kind:
            raise NotOffered(f"options of type {kind} are not known here")
