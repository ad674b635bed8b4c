"""What Slack takes and refuses of blocks and views, and the controls in them."""
