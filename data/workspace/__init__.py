"""What a workspace keeps beside its rows: targets, shares, backups, and the people who asked to be forgotten."""
