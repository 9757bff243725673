"""Events become a record: what one recipient may read, in words, and then on paper."""
