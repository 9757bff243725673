"""Events become a record, then a document."""
