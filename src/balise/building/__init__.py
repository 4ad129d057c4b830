"""Building without the host: a project that names nothing but Balise is compiled and written by ourselves."""
