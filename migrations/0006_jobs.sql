-- Enqueueing is SQL, so it sits in the transaction that made the job necessary. The job library's schema belongs to
-- campanile_jobs; the runtime role reaches it through this one door.
create function enqueue_job(task text, payload json, job_key text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload, job_key => enqueue_job.job_key, max_attempts => 5);
end $$;
alter function enqueue_job(text, json, text) owner to campanile_jobs;
revoke execute on function enqueue_job(text, json, text) from public;
grant execute on function enqueue_job(text, json, text) to campanile_app;
