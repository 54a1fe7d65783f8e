"""What pages say and draw of events, as plain values: words, shapes and groups, no markup."""
