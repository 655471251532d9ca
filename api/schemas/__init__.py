"""The shapes of what comes in (`requests`) and of what goes out over HTTP. Never a voting rule."""
