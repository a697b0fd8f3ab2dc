"""Qualification requirements: what they may say, and whether what is known of a worker meets them.

Pure: nothing here reads the database.  Types that requesters made are looked up by `queries.requirements`.
"""
