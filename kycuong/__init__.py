"""Kỷ Cương: public-service inspections, recorded once, counted exactly."""
