"""The preview that `balise serve` shows: a warm project, a careful server, and what a page of it carries."""
