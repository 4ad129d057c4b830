"""The base theme: templates, components and the theme's own translations; holds no code."""
