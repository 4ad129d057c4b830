"""The exceptions that Balise raises; what an author can mend is a `Problem`, never one of these."""


class BaliseError(Exception):
    """An expected failure whose message is shown to the person at the keyboard."""

    exit_code = 2


class UsageError(BaliseError):
    """The command was called in a way that cannot work."""


class ProjectError(BaliseError):
    """The folder is not a project, or its parts cannot be brought together."""


class ExportError(BaliseError):
    """An export could not be written."""
