"""What Alembic runs: always on a connection that was handed in (see the package's `upgrade`)."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from bot.store.schema import schema


def plain_types(kind: str, thing: Any, _autogen: Any) -> str | Literal[False]:
    """Write our column types into migrations as what the database sees.

    A migration must not change its meaning when our classes do.
    """
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=schema(),
        render_as_batch=True,
        render_item=plain_types,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
