"""Bàn giao dữ liệu: everything that a unit owns, in formats that any program reads, for who moves elsewhere."""
