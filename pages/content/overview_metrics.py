"""The ten numbers of the Overview. What they did is judged together, and says the same on every page."""

SERVICE = ("first_reply_time", "resolution_time", "csat", "first_contact_resolution", "backlog")
OUTCOME = ("nps", "customer_churn", "revenue_churn", "revenue_per_account", "lifetime_revenue")
ALL = SERVICE + OUTCOME
MIRRORED = {"retention": "customer_churn"}  # the same number seen from its other side: one judgement, and counted once
