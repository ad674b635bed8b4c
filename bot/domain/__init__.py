"""Pure rules: no database, no Slack, no clock of its own. Time and chance come as arguments."""
