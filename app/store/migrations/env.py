"""What alembic runs before the migrations. The connection is handed in by `app.store.migrate`."""

from alembic import context

from app.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    compare_type=True,
    render_as_batch=True,  # SQLite alters a table by copying it
    transactional_ddl=True,  # true of SQLite as well, since the transaction is begun by us
)
context.run_migrations()
