"""A report as a mail."""
