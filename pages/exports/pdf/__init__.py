"""A report as a PDF on A4."""
