"""A report that is fit to leave: gathered, redacted, and held against what others can see."""
