"""How the values that rows share are written in columns: instants as milliseconds, local dates as text."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def ms(moment: datetime) -> int:
    """Milliseconds since 1970, rounded down."""
    return (moment - _EPOCH) // _MILLISECOND


def ms_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else ms(moment)


def instant(value: int) -> datetime:
    """The instant (aware, UTC) that `ms` wrote."""
    return _EPOCH + value * _MILLISECOND


def instant_or_none(value: int | None) -> datetime | None:
    return None if value is None else instant(value)


def day_or_none(text: str | None) -> date | None:
    """The local date that `date.isoformat` wrote."""
    return None if text is None else date.fromisoformat(text)
