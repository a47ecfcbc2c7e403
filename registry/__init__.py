"""Who the officers are and where they serve."""
