"""How a report is written down. Every form reads `projections.report.model`, and nothing else.

=====================  ==================================================================================
compose                a report in one language: sections in their order, as the blocks of `document`
sections, taking_part, the sections
course, proving,
verifying
language, words        times, numbers and words, German and English
chart                  the votes as bars: SVG by hand
glyphs                 what the fonts of the PDF can show, and where lines may end
as_html, as_pdf        the same blocks as a page and as PDF/A-3a with PDF/UA-1
as_json, as_csv        for programs (`report.schema.json`), and for a spreadsheet
formats, file_names    which forms there are, and how their files are called
=====================  ==================================================================================
"""
