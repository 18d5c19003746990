"""What pages are made of: answers in, blocks out, and the drawing of blocks."""
