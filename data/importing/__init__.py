"""From a file to rows in the unified tables: recognise, convert, merge, and a receipt. One transaction an import."""
