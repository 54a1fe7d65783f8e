"""The console command `timelines`."""
