"""Tables: where the app was installed by OAuth, and the installations that are under way."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from bot.store.base import id_field
from bot.store.columns import Moment, SealedToken


class Installation(SQLModel, table=True):
    """The app in one Slack team, or in a whole organisation. Without a token: removed again.

    `version` counts its tokens, by installing and by renewing: what is learned of a token counts
    for that one. One that expires has a refresh token beside it, which is good once.
    """

    __table_args__ = (CheckConstraint("(token IS NULL) = (revoked_at IS NOT NULL)", name="token"),)

    id: int = id_field()
    slack_id: str = Field(unique=True)  # of the team, or of the organisation
    is_org: bool = False
    enterprise_id: str = ""  # of the organisation the team belongs to, if any
    name: str = ""
    app_id: str = ""
    bot_user_id: str = ""
    scopes: str = ""  # comma separated, as Slack granted them
    token: str | None = Field(default=None, sa_type=SealedToken)
    installed_by: str = ""  # a Slack user id
    installed_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    version: int = 1
    refresh_token: str | None = Field(default=None, sa_type=SealedToken)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)  # the token's, wall time
    renewing_until: datetime | None = Field(default=None, sa_type=Moment)  # a lease, wall time
    renewal_refused: str | None = None  # Slack's word for why the last token cannot be renewed


class OAuthState(SQLModel, table=True):
    """An installation that somebody began in a browser: good once, and for ten minutes."""

    __tablename__ = "oauth_state"

    state_hash: str = Field(primary_key=True)
    browser_hash: str  # of the cookie that the browser was given
    expires_at: datetime = Field(sa_type=Moment, index=True)  # wall time
