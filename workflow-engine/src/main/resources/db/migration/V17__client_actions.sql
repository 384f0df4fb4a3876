-- What was done to one client, asked for by its page in the console.

create index job_target_client on job_target (client_id);
