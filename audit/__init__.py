"""Judging the built reference site with independent tools, page by page: `make audit`."""
