"""The only package that imports MkDocs: it hands compiled pages to the host and lets the host build."""
