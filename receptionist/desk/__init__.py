"""What a receptionist does: all rules, on the main thread, behind four ports."""
