"""The application: projects, what is known of them, where it was said. The floors: docs/architecture.md."""
