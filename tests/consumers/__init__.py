"""Programs of others that read our exports back."""
