"""Behind `run.py`: sets up what is missing and starts what was asked for. Standard library only."""
