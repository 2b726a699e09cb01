"""English pages write and read dates and numbers as the papers do."""
