"""Who is asking: readers and their roles, sessions, passwords, and the company's own sign-in."""
