"""What leaves the house: the blocks of pages printed elsewhere, without anything that tells about a single person."""
