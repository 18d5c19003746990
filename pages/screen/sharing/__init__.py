"""Making links and files of a report, and the list of links."""
