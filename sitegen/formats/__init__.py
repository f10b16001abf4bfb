"""Formats: how a collection, and the entry that it is about, are written. Each gives outputs and their renderer."""
