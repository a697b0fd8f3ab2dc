"""Who appears in tests: Ada and Ben ask, Cleo and Dan work, Eve has no rights."""
