"""What a person sees and does: Slack's own client, without its looks."""
