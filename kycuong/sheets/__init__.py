"""Spreadsheets in and out: an office's file becomes rows with faults by cell, and rows become a safe workbook."""
