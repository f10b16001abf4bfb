"""Insight: what the site knows of how people belong together. Pure functions over the site, for pages to show."""
