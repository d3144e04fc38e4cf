"""The office window: everything an office file can say, edited by hand."""
