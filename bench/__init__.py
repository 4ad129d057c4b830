"""How long Balise takes beside other builders: `make bench`."""
