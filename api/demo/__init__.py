"""What `make run` shows: real published roll calls, and a live procedure of an invented council.

`rollcalls.jsonl.gz` holds the roll calls (public domain; see SOURCES.md). `council` plays the live
part with real keys and real time.
"""
