"""Bàn giao dữ liệu: everything, in formats that any program reads, for who moves elsewhere."""
