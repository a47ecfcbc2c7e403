"""What the portal tells people: the outbox of mails and its delivery."""
