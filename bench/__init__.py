"""What building and serving cost, measured on this machine: ``make bench``. Writes to a temporary folder only."""
