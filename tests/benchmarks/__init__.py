"""Figures: ratios within one run, beside reference peers. Never a condition of a test."""
