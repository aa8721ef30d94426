"""Django's SQLite, for schemas that may not run functions (`trusted_schema=OFF`)."""
