"""The settings page: one form for each choice of the workspace."""
