"""sitegen: a static-site generator for professional groups and associations."""

__version__ = "0.1.0"
