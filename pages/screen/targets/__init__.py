"""The page of targets and the form that sets them."""
