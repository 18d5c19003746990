"""Answers into blocks: what a page says, in words and numbers, before anybody draws it."""
