"""The rules on published sites, one file each; a rule's docstring is its manual page."""
