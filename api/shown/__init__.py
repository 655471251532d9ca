"""From the views' rows to what is shown, in the API and on the pages; and what must not be."""
