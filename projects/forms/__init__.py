"""What comes in through a door, read into plain values or refused in words."""
