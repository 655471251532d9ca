"""Why somebody is not let in, or a file that says who is cannot be used: German and English side by side."""
