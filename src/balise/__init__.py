"""Balise builds multilingual prevention and reporting-guidance sites from templated content."""

__version__ = "0.1.0"
