"""What people see: one script a page, and the packages it is made of."""
