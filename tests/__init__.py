"""The tests of the portal: the same tree as the code, and journeys in a real browser."""
