"""What people type about the register, read and cleaned."""
