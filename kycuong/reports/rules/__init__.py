"""What is true of periods, whoever asks. No database, no HTTP."""
