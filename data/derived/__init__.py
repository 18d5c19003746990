"""What is worked out once from the unified tables: facts, business time, and from which score on somebody is satisfied."""
