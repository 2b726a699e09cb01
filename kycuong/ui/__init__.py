"""How everything looks: the frame, components, formats and charts. Knows no noun."""
