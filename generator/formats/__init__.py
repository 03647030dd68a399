"""Files for programs: JSON, Akoma Ntoso, linked data, feeds, lists, calendars, the sitemap."""
