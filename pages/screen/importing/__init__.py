"""The import page: drop zone, mapping form, receipts."""
