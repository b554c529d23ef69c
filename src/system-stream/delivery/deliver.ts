import type { JobHandler } from '../../jobs/index.ts'

/** Hands one message over. */
export const deliverSystem: JobHandler = async () => {}
