"""The root of the portal: settings, site map, home page and error pages."""
