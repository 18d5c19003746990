"""A report as a file of some kind: one package a kind, and none uses another."""
