"""What people outside tell us: rules, writes and reads."""
