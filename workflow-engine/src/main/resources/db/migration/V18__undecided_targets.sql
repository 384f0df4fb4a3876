create index job_target_undecided on job_target (job) where state = 'NEEDS_DECISION';
