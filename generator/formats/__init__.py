"""What a site offers to programs: JSON, Akoma Ntoso, linked data, feeds, lists, calendars."""
