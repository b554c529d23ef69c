import type { Config } from '../config.ts'
import type { SystemChannel } from './kinds.ts'

/**
 * True where nothing leaves: development without a relay or SMS route keeps its messages for the pages of the
 * simulator.
 */
export const isKept = (config: Config, channel: SystemChannel): boolean =>
  channel === 'email' ? config.systemSmtp === null : config.systemSms === 'simulator'
