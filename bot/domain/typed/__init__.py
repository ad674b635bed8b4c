"""What people type about time: hours and days, in English, German and French."""
