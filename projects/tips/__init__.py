"""What people outside tell us: taken in, told apart, answered, and erased in time."""
