"""Discord's limits that its OpenAPI file leaves out: totals, and texts that the file lets be longer.

Numbers are from Discord's developer documentation: message, embed, component and application command pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

IS_COMPONENTS_V2 = 1 << 15
_CUSTOM_ID = 100
_ACTION_ROW, _BUTTON, _STRING_SELECT, _TEXT_INPUT, _TEXT, _LABEL = 1, 2, 3, 4, 10, 18
_MODAL = 9
_LINK = 5


def problems(body: Any) -> list[str]:
    """What Discord would refuse in this request body; empty if nothing."""
    if isinstance(body, list):
        return [problem for command in body for problem in _command(command)]
    if not isinstance(body, Mapping):
        return []
    if body.get("type") == _MODAL and isinstance(body.get("data"), Mapping):
        return list(_modal(body["data"]))
    return list(_message(body["data"] if isinstance(body.get("data"), Mapping) else body))


def _message(message: Mapping[str, Any]) -> Iterator[str]:
    content = message.get("content") or ""
    embeds = message.get("embeds") or []
    components = list(walk(message.get("components") or []))
    if message.get("flags", 0) & IS_COMPONENTS_V2:
        if content or embeds:
            yield "Components V2 next to content or embeds"
        if len(components) > 40:
            yield f"{len(components)} components of at most 40"
        total = sum(len(c.get("content", "")) for c in components if c.get("type") == _TEXT)
        if total > 4000:
            yield f"{total} characters of text of at most 4000"
    elif any(c.get("type") not in {_ACTION_ROW, _BUTTON, _STRING_SELECT} for c in components):
        yield "Components V2 without their flag"
    if len(content) > 2000:
        yield f"content of {len(content)} characters of at most 2000"
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds of at most 10"
    if sum(map(_embed_size, embeds)) > 6000:
        yield "embeds of more than 6000 characters together"
    for embed in embeds:
        yield from _embed(embed)
    if len(message.get("nonce", "") or "") > 25:
        yield "a nonce of more than 25 characters"
    yield from _components(components)


def _embed_size(embed: Mapping[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts += [(embed.get("author") or {}).get("name")]
    texts += [text for field in embed.get("fields", []) for text in (field["name"], field["value"])]
    return sum(len(text) for text in texts if text)


def _embed(embed: Mapping[str, Any]) -> Iterator[str]:
    limits = {"title": 256, "description": 4096}
    for key, most in limits.items():
        if len(embed.get(key) or "") > most:
            yield f"embed {key} of more than {most} characters"
    if len((embed.get("footer") or {}).get("text", "")) > 2048:
        yield "embed footer of more than 2048 characters"
    fields = embed.get("fields", [])
    if len(fields) > 25:
        yield "more than 25 embed fields"
    for field in fields:
        if not 1 <= len(field["name"]) <= 256 or not 1 <= len(field["value"]) <= 1024:
            yield f"embed field {field['name'][:20]!r} is empty or too long"


def walk(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every component at every depth."""
    for component in components:
        yield component
        inner = list(component.get("components") or [])
        if isinstance(component.get("component"), Mapping):
            inner.append(component["component"])
        yield from walk(inner)


def _components(components: list[Mapping[str, Any]]) -> Iterator[str]:
    names = [c["custom_id"] for c in components if c.get("custom_id")]
    for name in names:
        if len(name) > _CUSTOM_ID:
            yield f"custom_id of {len(name)} characters of at most {_CUSTOM_ID}"
    if len(names) != len(set(names)):
        yield f"a custom_id twice in one message: {sorted(names)}"
    for component in components:
        kind = component.get("type")
        if kind == _ACTION_ROW and not 1 <= len(component["components"]) <= 5:
            yield "a row of none or more than five components"
        if kind == _BUTTON and not 1 <= len(component.get("label") or "") <= 80:
            yield f"a button label of {len(component.get('label') or '')} characters of 1 to 80"
        if kind == _BUTTON and component.get("style") != _LINK and not component.get("custom_id"):
            yield "a button without a custom_id"
        if kind == _TEXT and not component.get("content"):
            yield "an empty text"


def _modal(modal: Mapping[str, Any]) -> Iterator[str]:
    parts = modal.get("components", [])
    if not 1 <= len(modal.get("title", "")) <= 45:
        yield f"a modal title of {len(modal.get('title', ''))} characters of 1 to 45"
    if not 1 <= len(parts) <= 5:
        yield f"a modal of {len(parts)} parts of 1 to 5"
    if not 1 <= len(modal.get("custom_id", "")) <= _CUSTOM_ID:
        yield "a modal without a custom_id, or with one that is too long"
    for component in walk(parts):
        if component.get("type") == _LABEL and not 1 <= len(component.get("label", "")) <= 45:
            yield "a modal label of none or more than 45 characters"
        if component.get("type") == _TEXT_INPUT:
            value = component.get("value") or ""
            if len(value) > min(4000, component.get("max_length") or 4000):
                yield "a text input with more than it takes"
            if len(component.get("placeholder") or "") > 100:
                yield "a placeholder of more than 100 characters"


def _command(command: Mapping[str, Any]) -> Iterator[str]:
    longest = 32
    if not 1 <= len(command["name"]) <= longest:
        yield f"command name {command['name']!r}"
    if command.get("type", 1) == 1 and not 1 <= len(command.get("description", "")) <= 100:
        yield f"description of {command['name']}"
    options = command.get("options", [])
    if len(options) > 25:
        yield f"more than 25 options in {command['name']}"
    for option in options:
        yield from _command({"type": 1, **{k: v for k, v in option.items() if k != "type"}})
        if len(option.get("choices", [])) > 25:
            yield f"more than 25 choices in {option['name']}"
