"""The settings of Sphinx."""

from __future__ import annotations

project = "Decantry"
author = "Decantry"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
myst_links_external_new_tab = False
exclude_patterns: list[str] = []
html_theme = "furo"
html_title = "Decantry"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["mermaid.min.js", "pictures.js"]
smartquotes = False  # otherwise the two hyphens of an option become a dash
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": False}
pygments_style = "friendly"
pygments_dark_style = "monokai"
suppress_warnings = ["misc.highlighting_failure"]
