"""From candidates to quotes with speaker, target and stance: the fine-tuned transformer."""
