"""Feedback themes, the views, and masking."""
