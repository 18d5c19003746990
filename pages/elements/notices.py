def first_start(): pass
