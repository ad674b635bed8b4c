"""The one metadata, with names for every constraint, so that migrations can speak of them."""

from typing import Any, Final

from sqlalchemy import ForeignKey, Index
from sqlmodel import Field, SQLModel

from bot.store.columns import BigId

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# A row is not checked by Pydantic, so what would check it is made when it is asked for.
SQLModel.model_config["defer_build"] = True
metadata = SQLModel.metadata

WHERE: Final = "where"


def id_field() -> Any:
    """A primary key the database counts up."""
    return Field(default=None, primary_key=True, sa_type=BigId)


def link(target: str, *, null: bool = False, index: bool = True) -> Any:
    """A foreign key to `target` ("person.id"), indexed: PostgreSQL does not do that by itself."""
    options: dict[str, Any] = {"default": None} if null else {}
    return Field(
        sa_type=BigId,
        sa_column_args=[ForeignKey(target)],
        nullable=null,
        index=index,
        **options,
    )


def some_rows(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that `where` (SQL) holds for; `bot.store.schema` tells databases."""
    return Index(name, *columns, unique=unique, info={WHERE: where})
