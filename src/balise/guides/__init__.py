"""Decision guides: data with typed nodes, walked by a reader, proved for every reader; no Jinja, no HTML."""
