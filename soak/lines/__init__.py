"""What is kept going: a module a line, found by its name.

Each has ``TITLE``, ``TIMES`` (of a full run), ``run`` and ``control``; see ``soak.line``.
"""
