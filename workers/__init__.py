"""The workshop: reads accepted articles and tells them to the timeline."""
