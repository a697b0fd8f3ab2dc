"""What a lab that has Turkle takes along: its database is read, and the same is made here."""
