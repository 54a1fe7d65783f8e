"""Changes as they happen: the change list, the stream, subscriptions and deliveries."""
