"""Rules that read date phrases, a file a language and one for digits."""
