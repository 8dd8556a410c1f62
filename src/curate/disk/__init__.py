"""Write to the disk so that whoever reads sees the old or the new, never a part of either."""
