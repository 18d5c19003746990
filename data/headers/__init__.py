"""Column names: compared the way people do, in any language that exports come in."""
