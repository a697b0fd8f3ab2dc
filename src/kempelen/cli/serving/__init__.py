"""How `kempelen serve` listens, answers, and stops."""
