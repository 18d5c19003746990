"""From the bytes of a file to rows of text: encoding, separator, header, footers, damaged records."""
