"""From the text of a cell to a value: what kind a column is, how it is written, and the SQL that reads it."""
