"""How a link or a cookie becomes a seat in a conference."""
