"""From a record to its text: charset, markup, language, script and date."""
