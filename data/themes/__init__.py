"""What customers write about: an editable list of themes, and who is tagged with which."""
