"""Commands that speak MTurk's API, to any endpoint."""
