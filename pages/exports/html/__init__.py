"""A report as one page for browsers."""
