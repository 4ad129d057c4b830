"""Confirming facts: which are due, where they appear, the sheet to sign, and writing down who confirmed them."""
