"""Projects, places, organisations and sources: saved, filtered, told apart, loaded from the fixtures."""
