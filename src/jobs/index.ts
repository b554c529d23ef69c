export { enqueue, type JobHandler, type JobList, type JobName, type JobPayload } from './jobs.ts'
export { migrateJobs, startJobs } from './runner.ts'
