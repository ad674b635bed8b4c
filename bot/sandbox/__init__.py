"""The local workspace: a Slack-compatible server and the people in it; it knows no Lantern."""
