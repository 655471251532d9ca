"""The processes that serve: settings, server, the publisher's process, and the ledgers that they open."""
