"""Imports that wait and run beside the pages."""
