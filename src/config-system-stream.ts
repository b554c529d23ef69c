import { readFileSync } from 'node:fs'
import { readSmsTemplate, type SmsTemplate } from './channels/sms/http/template.ts'
import { ConfigError } from './config-error.ts'
import { parseEmail } from './lib/email-address.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Settings of the own SMTP client for the relay of system mail. */
export type SystemSmtp = {
  readonly host: string
  readonly port: number
  readonly tls: 'starttls' | 'tls' | 'none'
  readonly username?: string
  readonly password?: string
}

export type SystemStreamConfig = {
  /** Null: system mail stays in the simulator (development). */
  readonly systemSmtp: SystemSmtp | null
  readonly systemSender: string
  readonly systemSms: 'simulator' | 'off' | SmsTemplate
  readonly smsDailyLimit: number
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')
const submissionPort = 587

const readTls = (url: URL, host: string, port: number, production: boolean): SystemSmtp['tls'] => {
  const asked = url.searchParams.get('tls')
  if (asked !== null && asked !== 'starttls' && asked !== 'none')
    throw new ConfigError('SYSTEM_SMTP_URL', '?tls= must be starttls or none')
  if (url.protocol === 'smtps:') {
    if (asked === null) return 'tls'
    throw new ConfigError('SYSTEM_SMTP_URL', 'smtps:// takes no ?tls=')
  }
  // Another port does not say whether the relay offers STARTTLS; in production nobody may be left to guess.
  if (production && asked !== 'starttls' && (asked === 'none' || port !== submissionPort))
    throw new ConfigError(
      'SYSTEM_SMTP_URL',
      'needs TLS in production: smtps://, smtp:// on port 587, or smtp://…?tls=starttls',
    )
  return asked ?? (isLoopback(host) && port !== submissionPort ? 'none' : 'starttls')
}

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const readSmtp = (text: string | undefined, production: boolean): SystemSmtp | null => {
  if (!text) {
    if (production) throw new ConfigError('SYSTEM_SMTP_URL', 'is required in production')
    return null
  }
  const url = URL.canParse(text) ? new URL(text) : null
  const wrong = new ConfigError(
    'SYSTEM_SMTP_URL',
    'is not an address like smtps://user:password@relay.example.com',
  )
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) throw wrong
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const options = [...url.searchParams.keys()]
  if (!host || !['', '/'].includes(url.pathname) || url.hash || options.some((name) => name !== 'tls'))
    throw wrong
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : submissionPort)
  const tls = readTls(url, host, port, production)
  if (!url.username && !url.password) return { host, port, tls }
  const [username, password] = [decode(url.username), decode(url.password)]
  if (!username || !password) throw wrong
  return { host, port, tls, username, password }
}

const readSender = (text: string | undefined, panelHost: string): string => {
  if (!text) return parseEmail(`no-reply@${panelHost}`)?.address ?? 'no-reply@campanile.invalid'
  const parsed = parseEmail(text)
  // A bare address: system mail shows no display name, so that nobody learns to trust one.
  if (!parsed) throw new ConfigError('SYSTEM_SENDER', 'is not an address like no-reply@example.com')
  return parsed.address
}

const readSmsRoute = (text: string | undefined, production: boolean): SystemStreamConfig['systemSms'] => {
  if (!text) return production ? 'off' : 'simulator'
  if (text === 'off') return 'off'
  if (text === 'simulator') {
    if (production)
      throw new ConfigError('SYSTEM_SMS_ROUTE', 'the simulator delivers to nobody in production')
    return 'simulator'
  }
  const path = /^file:(.+)$/s.exec(text)?.[1]
  if (path === undefined) throw new ConfigError('SYSTEM_SMS_ROUTE', 'must be simulator, off or file:<path>')
  try {
    return readSmsTemplate(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigError('SYSTEM_SMS_ROUTE', (error as Error).message)
  }
}

const readDailyLimit = (text: string | undefined): number => {
  if (!text) return 1_000
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(limit)) throw new ConfigError('SMS_DAILY_LIMIT', 'must be a whole number')
  return limit
}

/** The system stream's part of the environment (security.md §10). */
export const readSystemStream = (env: Env, panelHost: string, production: boolean): SystemStreamConfig => ({
  systemSmtp: readSmtp(env['SYSTEM_SMTP_URL'], production),
  systemSender: readSender(env['SYSTEM_SENDER'], panelHost),
  systemSms: readSmsRoute(env['SYSTEM_SMS_ROUTE'], production),
  smsDailyLimit: readDailyLimit(env['SMS_DAILY_LIMIT']),
})
