"""Rules: patterns of classes and what they mean, one file a language and kind of phrase."""
