"""Values and rules of the trade: frozen, no I/O, no clock, no thread. Words as in the glossary."""
