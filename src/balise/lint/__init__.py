"""The gate: rules that find wrong, stale, blaming, dangerous or unreadable text before it is published."""
