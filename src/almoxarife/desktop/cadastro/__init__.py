"""The register program: who brings goods in, what, and how much."""
