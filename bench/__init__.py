"""How fast the board is, as ratios to a bare broadcast in the same run."""
