"""The pages of the server's administrators."""
