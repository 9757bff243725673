"""What is said when the store cannot be used."""


class StoreUnavailable(Exception):
    """One plain sentence for whoever runs the server; it names files and hosts, never a password or any content."""
