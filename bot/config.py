"""The installation's settings, from the environment or a `.env` file. A leaf: it imports nothing of ours."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _to_file(database: str) -> str:
    if "://" not in database:
        return database
    scheme, _, path = database.partition("://")
    if scheme != "sqlite":
        message = f"databases of the kind '{scheme}' are not supported; use a file's path or sqlite:///path/to/file"
        raise ValueError(message)
    if not path.startswith("/") or path == "/":
        raise ValueError("a database address looks like sqlite:///path/to/file")
    # Three slashes mean a path from here, four an absolute one, as in other tools.
    return path[1:]


class Settings(BaseSettings):
    """Everything that an operator may set. Names in the environment are in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    discord_token: SecretStr | None = Field(default=None, description="The bot's token")
    coach_database: Annotated[str, AfterValidator(_to_file)] = Field(
        default="interview-coach.db", description="The SQLite file: a path, or sqlite:///path"
    )
    coach_content: Path | None = Field(
        default=None, description="A folder of question packs, instead of the one that is shipped"
    )
    coach_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged"
    )

    @property
    def database(self) -> Path:
        return Path(self.coach_database)

    @property
    def health_file(self) -> Path:
        """Where the running bot writes its pulse, beside the database."""
        return self.database.with_name(self.database.name + ".health")
