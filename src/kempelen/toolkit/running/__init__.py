"""Programs whose endpoint is written into them as Amazon's, run against another one."""
