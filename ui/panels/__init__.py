"""The parts of the window. Each shows presentation state and asks; none knows another."""
