"""Stands in pyproject.toml too; a test compares the two."""

version = "0.1.0"
