"""What must hold for every page: read with the standard library, without a browser."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page(HTMLParser):
    """Reads a page and collects what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._level = 0
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self._open]
        self._check_whole()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An opening tag."""
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)
        found = dict(attrs)
        self._check_attributes(tag, found)
        if tag in HEADINGS:
            level = int(tag[1])
            if level > self._level + 1:
                self.wrong.append(f"<{tag}> skips a level")
            self._level = level
        if tag == "html" and not found.get("lang"):
            self.wrong.append("the page names no language")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag of a drawing that closes itself."""
        self.tags.append(tag)
        self._check_attributes(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """A closing tag."""
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another tag")

    def handle_data(self, data: str) -> None:
        """Text."""
        self.text += data

    def _check_attributes(self, tag: str, attributes: dict[str, str | None]) -> None:
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                self.wrong.append(f"<{tag} {name}>: the policy forbids it")
            if name in {"src", "href", "action"} and "//" in (value or ""):
                self.wrong.append(f"<{tag} {name}={value}> leads to another host")
        if tag == "form" and attributes.get("method") != "get":
            self.wrong.append("a form writes: pages only show")
        identity = attributes.get("id")
        if identity in self._ids:
            self.wrong.append(f"the id {identity} is there twice")
        if identity:
            self._ids.add(identity)

    def _check_whole(self) -> None:
        for tag in ("html", "title", "header", "main", "footer", "h1"):
            if self.tags.count(tag) != 1 and not (tag == "header" and "article" in self.tags):
                self.wrong.append(f"there are {self.tags.count(tag)} <{tag}>")
        for tag in {"script", "style", "iframe", "img"} & set(self.tags):
            self.wrong.append(f"<{tag}> has no place here")
        if self.tags.count("table") != self.tags.count("caption"):
            self.wrong.append("a table has no caption")
