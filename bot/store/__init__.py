"""Everything SQL. `sqlite.SqliteStore` keeps the promises of `bot.services.ports.Store`."""
