"""What the interface says in other languages than English."""
