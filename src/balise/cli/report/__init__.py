"""The report that `balise check --report` writes: one HTML file for editors."""
