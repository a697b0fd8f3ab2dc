"""A template as a worker would see it, while it is being written: on this machine, without a server.

`reading` understands the files, `content` makes a task's page, `desk` is what the page around it asks, and
`serving` answers browsers: two origins, since templates are not trusted here either.
"""
