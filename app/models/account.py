"""Staff who sign in: who they are, and the ways in that they have. Passkeys and passwords are of no use elsewhere."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.row import Row


class AccountRow(Row, table=True):
    """`sign_in_name` is in lower case. `code_step` is the last step of the second factor that was used."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role IN ('administrator', 'chair', 'office', 'information_governance')", name="role"),
        UniqueConstraint("provider", "provider_subject"),
    )

    id: str = Field(primary_key=True)
    name: str
    sign_in_name: str = Field(unique=True)
    role: str
    created_at: str
    closed_at: str | None = None
    password_hash: str | None = None
    code_secret: bytes | None = None
    code_step: int = 0
    provider: str | None = None  # the issuer of an account elsewhere, and who they are there
    provider_subject: str | None = None


class PasskeyRow(Row, table=True):
    __tablename__ = "passkey"
    __table_args__ = (Index(None, "account_id"),)

    id: bytes = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    public_key: bytes
    sign_count: int
    created_at: str
    used_at: str | None = None


class RecoveryCodeRow(Row, table=True):
    """Each stands in for the second factor once."""

    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 32", name="code_hash"), Index(None, "account_id"))

    code_hash: bytes = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    used_at: str | None = None


class AccountLinkRow(Row, table=True):
    """A link by which somebody of staff chooses how they sign in. Of the secret only its hash is kept."""

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint("length(secret_hash) = 32", name="secret_hash"), Index(None, "account_id"))

    secret_hash: bytes = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    expires_at: str
    used_at: str | None = None
    revoked_at: str | None = None
