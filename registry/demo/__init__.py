"""The demo data: the cast and a register of fictitious officers, the same every time."""
