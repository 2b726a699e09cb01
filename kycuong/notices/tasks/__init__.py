"""What runs by itself: the turn, the steps, the daily digest, the tidying."""
