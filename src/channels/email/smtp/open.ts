import { connect, type Socket } from 'node:net'
import {
  type OutboundGuard,
  pinnedTo,
  TargetError,
  type VettedTarget,
} from '../../../lib/outbound-guard/index.ts'
import { SmtpConnection } from './connection.ts'
import { SmtpFault, toFault } from './failure.ts'
import type { Reply } from './reply.ts'
import type { SmtpSettings, SmtpTimeouts } from './settings.ts'

export type Opening = {
  readonly guard: OutboundGuard
  readonly settings: SmtpSettings
  readonly timeouts: SmtpTimeouts
  /** Name for EHLO when the provider has none of its own; null = the address of the own end. */
  readonly ehloName: string | null
  readonly signal: AbortSignal
}

const vetRelay = async ({ guard, settings }: Opening): Promise<VettedTarget> => {
  try {
    const target = await guard.vet('relay', settings.host, settings.port)
    if (settings.tls !== 'none' || target.allowedPrivate) return target
  } catch (error) {
    if (error instanceof TargetError) throw new SmtpFault(error.code, error.message)
    throw error
  }
  throw new SmtpFault('url_refused', 'A connection without TLS is allowed to private targets only.')
}

export type Dialling = Pick<Opening, 'timeouts' | 'signal'> & {
  /** Own address to come from. */
  readonly localAddress?: string
}

const dial = (target: VettedTarget, { timeouts, signal, localAddress }: Dialling): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const place = `${target.host}:${target.port}`
    const socket = connect({
      host: target.host,
      port: target.port,
      lookup: pinnedTo(target.addresses),
      noDelay: true,
      ...(localAddress === undefined ? {} : { localAddress }),
    })
    const end = (fault: SmtpFault) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.destroy()
      reject(fault)
    }
    const stop = () => end(new SmtpFault('stopped', 'The connection was given up.'))
    const timer = setTimeout(
      () => end(new SmtpFault('timeout', `${place} did not answer the connection in time.`)),
      timeouts.connectMs,
    )
    signal.addEventListener('abort', stop, { once: true })
    socket.once('error', (error) => end(toFault(error, target.host, place)))
    socket.once('connect', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })

const readExtensions = (reply: Reply): ReadonlyMap<string, string> =>
  new Map(
    reply.lines.slice(1).map((line) => {
      const match = /^([A-Za-z0-9-]+)[ =]?(.*)$/s.exec(line)
      return [(match?.[1] ?? '').toUpperCase(), (match?.[2] ?? '').toUpperCase()]
    }),
  )

const literal = (address: string): string => (address.includes(':') ? `[IPv6:${address}]` : `[${address}]`)

export type Greeting = Pick<Opening, 'timeouts' | 'ehloName'>

/** @throws SmtpFault */
export const greet = async (connection: SmtpConnection, { ehloName, timeouts }: Greeting): Promise<void> => {
  const name = ehloName ?? literal(connection.localAddress)
  const { commandMs } = timeouts
  const ehlo = await connection.command(`EHLO ${name}`, commandMs)
  if (ehlo.code === 250) {
    connection.extensions = readExtensions(ehlo)
    return
  }
  const helo = ehlo.code >= 500 ? await connection.command(`HELO ${name}`, commandMs) : ehlo
  if (helo.code !== 250)
    throw new SmtpFault('greeting_refused', `${connection.place} refused the greeting: ${helo.text}`, helo)
}

/** @throws SmtpFault */
export const startTls = async (
  connection: SmtpConnection,
  greeting: Greeting,
  options?: { readonly verified: boolean },
): Promise<void> => {
  if (!connection.extensions.has('STARTTLS'))
    throw new SmtpFault('tls_failed', `${connection.place} does not offer STARTTLS.`)
  const reply = await connection.command('STARTTLS', greeting.timeouts.commandMs)
  if (reply.code !== 220)
    throw new SmtpFault('tls_failed', `${connection.place} refused STARTTLS: ${reply.text}`, reply)
  await connection.secure(greeting.timeouts.connectMs, options)
  await greet(connection, greeting)
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

type Say = (line: string) => Promise<Reply>
type SignIn = (say: Say, username: string, password: string) => Promise<Reply>

const signIns: Readonly<Record<'PLAIN' | 'LOGIN' | 'XOAUTH2', SignIn>> = {
  PLAIN: (say, username, password) => say(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}`),
  LOGIN: async (say, username, password) => {
    const asked = await say('AUTH LOGIN')
    const named = asked.code === 334 ? await say(base64(username)) : asked
    return named.code === 334 ? say(base64(password)) : named
  },
  XOAUTH2: async (say, username, token) => {
    const reply = await say(`AUTH XOAUTH2 ${base64(`user=${username}\x01auth=Bearer ${token}\x01\x01`)}`)
    // The reason comes as a question; only after an empty answer the server says no.
    return reply.code === 334 ? say('') : reply
  },
}

const signIn = async (connection: SmtpConnection, opening: Opening): Promise<void> => {
  const { username, password, auth = 'password' } = opening.settings
  if (username === undefined || password === undefined) return
  const offered = (connection.extensions.get('AUTH') ?? '').split(' ')
  const wanted = auth === 'xoauth2' ? (['XOAUTH2'] as const) : (['PLAIN', 'LOGIN'] as const)
  const method = wanted.find((name) => offered.includes(name))
  if (!method)
    throw new SmtpFault(
      'auth_refused',
      `${connection.place} offers no sign-in by ${wanted.join(' or ')}${offered[0] ? ` (only ${offered.join(', ')})` : ''}.`,
    )
  const say: Say = (line) => connection.command(line, opening.timeouts.commandMs, 'AUTH')
  const reply = await signIns[method](say, username, password)
  if (reply.code !== 235)
    throw new SmtpFault('auth_refused', `${connection.place} refused the sign-in: ${reply.text}`, reply)
}

/** @throws SmtpFault */
export const expectGreeting = async (
  connection: SmtpConnection,
  { greetingMs }: SmtpTimeouts,
): Promise<void> => {
  const greeting = await connection.greeting(greetingMs)
  if (greeting.code !== 220)
    throw new SmtpFault('greeting_refused', `${connection.place} refused: ${greeting.text}`, greeting)
}

const shakeHands = async (connection: SmtpConnection, opening: Opening): Promise<void> => {
  const { settings, timeouts } = opening
  const greeting = { timeouts, ehloName: settings.ehlo_name ?? opening.ehloName }
  if (settings.tls === 'tls') await connection.secure(timeouts.connectMs)
  await expectGreeting(connection, timeouts)
  await greet(connection, greeting)
  if (settings.tls === 'starttls') await startTls(connection, greeting)
  await signIn(connection, opening)
}

/**
 * Connects to a vetted target and lets `shake` bring the dialogue to the point where it waits for MAIL.
 * @throws SmtpFault
 */
export const connectTo = async (
  target: VettedTarget,
  dialling: Dialling,
  shake: (connection: SmtpConnection) => Promise<void>,
): Promise<SmtpConnection> => {
  const { signal } = dialling
  if (signal.aborted) throw new SmtpFault('stopped', 'The connection was given up.')
  const connection = new SmtpConnection(await dial(target, dialling), target.host, target.port)
  const stop = () => connection.fail(new SmtpFault('stopped', 'The connection was given up.'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    await shake(connection)
    return connection
  } catch (error) {
    const fault = toFault(error, target.host, connection.place)
    connection.fail(fault)
    throw fault
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * Vets, connects, greets, secures and signs in; the connection then waits for MAIL.
 * @throws SmtpFault
 */
export const openConnection = async (opening: Opening): Promise<SmtpConnection> =>
  connectTo(await vetRelay(opening), opening, (connection) => shakeHands(connection, opening))
