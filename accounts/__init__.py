"""Who may enter and with which role."""
