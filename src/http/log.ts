import pino, { type DestinationStream, type Logger } from 'pino'
import type { Config } from '../config.ts'

/** What never reaches a log line, whoever logs it. */
export const redactedPaths = [
  '*.password',
  '*.new_password',
  '*.current_password',
  '*.token',
  '*.secret',
  '*.authorization',
  '*.cookie',
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'req.headers',
  'err.parameters',
  'err.detail',
  'err.query',
  'err.config',
] as const

/** Structured lines on stdout, or where a test reads them: never bodies, addresses, codes or tokens. */
export const makeLog = (config: Pick<Config, 'logLevel'>, to?: DestinationStream): Logger => {
  const options = {
    level: config.logLevel,
    base: null,
    redact: { paths: [...redactedPaths], censor: '[redacted]' },
  }
  return to ? pino(options, to) : pino(options)
}
