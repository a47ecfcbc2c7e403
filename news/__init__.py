"""Officers discuss and consult: categories, topics, posts, answers, consultation, moderation."""
