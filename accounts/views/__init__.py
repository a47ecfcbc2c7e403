"""The pages of /akun/: entering, passwords, second factor, sessions, address."""
