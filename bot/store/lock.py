"""The lock that keeps a second process away from a database. It is the file's, so it ends with its holder."""

import os
import sys
from pathlib import Path

from bot.store.errors import StoreError

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from construction to `release`, or to the end of the process however that comes.

    The file itself stays: removing it would let two processes hold locks on two files of one name.
    """

    def __init__(self, database: Path) -> None:
        """Raises `StoreError` if another process has the database, or if its folder can't be written."""
        path = database.with_name(database.name + ".lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(
                f"{path} can't be written ({error.strerror}); give this user the right to write in its "
                "folder, or choose another place for the database."
            ) from error
        try:
            _take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StoreError(
                f"{database} is in use by another process, which holds {path.name}; stop that one first, "
                "or give this one a database of its own."
            ) from error

    def release(self) -> None:
        """Lets the next process in; to be called once."""
        os.close(self._descriptor)
