"""The real bot in a simulated Discord with a web page: no token, no network, and the only user of simcord."""

from bot.sandbox.ports import SIMULATION_START, SandboxApp, SandboxClock, SandboxError

__all__ = ["SIMULATION_START", "SandboxApp", "SandboxClock", "SandboxError", "run"]


async def run(app: SandboxApp, clock: SandboxClock, *, port: int, open_browser: bool) -> None:
    """Serve the sandbox on loopback until the process is told to stop; port 0 takes any that is free.

    Raises SandboxError, with a sentence for the person, where it cannot start or go on. Needs asyncio's own
    event loop: simcord cannot work on uvloop.
    """
    try:
        from bot.sandbox.session import run_session  # noqa: PLC0415  the extra may not be installed
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "simcord":
            raise
        raise SandboxError("The sandbox needs simcord: run `make sandbox`, which installs it.") from error
    await run_session(app, clock, port=port, open_browser=open_browser)
