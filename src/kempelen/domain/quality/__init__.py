"""Judging answers by themselves: known answers and agreement; pure functions, no database."""
