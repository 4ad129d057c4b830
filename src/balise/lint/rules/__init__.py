"""The rules of the gate, one file each; a new file is a new rule, named after it."""
