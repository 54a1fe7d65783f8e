"""Time: text and a context in, readings out. Pure; the door is `engine.resolve`."""
