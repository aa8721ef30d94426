"""Every write that matters has a name here: `by=` and `at=`, one transaction, one audit entry."""
