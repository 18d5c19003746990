"""Links: made, kept in an index, guarded by passcodes, and held against one another."""
