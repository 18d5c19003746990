"""A report as slides with native charts."""
