"""Glue to the engines and frameworks that move articles. Each module needs its extra, and nothing else imports it."""
