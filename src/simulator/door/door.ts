import type { AddressInfo } from 'node:net'
import {
  SMTPServer,
  type SMTPServerAuthentication,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server'
import { instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { verifySmtpCredential } from '../../security/index.ts'
import { keepMails } from '../keeping/deliver.ts'
import type { NewMail } from '../keeping/queries.ts'
import { clean } from '../parsing/headers.ts'
import { readMail } from '../parsing/mail.ts'

const mailBytesMax = 26_214_400
/** One row per recipient: a mail to many must not fill the database. */
const copiesBytesMax = 52_428_800
const recipientsMax = 100
const clientsMax = 20
const idleMs = 60_000

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })

/** Reads to the end in any case, so that the answer is heard; keeps at most what may be kept. */
const readAll = async (stream: SMTPServerDataStream): Promise<Buffer | null> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= mailBytesMax) chunks.push(chunk)
    else chunks.length = 0
  }
  return size <= mailBytesMax ? Buffer.concat(chunks) : null
}

type Signed = SMTPServerSession & { readonly user?: unknown }
/** Whose mailbox a mail lands in: that of the account whose credential was shown, else the shared one. */
const placeOf = ({ user }: Signed): { accountId: string; mailbox: NewMail['mailbox'] } =>
  typeof user === 'string'
    ? { accountId: user, mailbox: 'account' }
    : { accountId: instanceAccountId, mailbox: 'shared' }

const toMails = async (deps: Deps, raw: Buffer, session: SMTPServerSession): Promise<NewMail[]> => {
  const { envelope } = session
  const { mailbox } = placeOf(session)
  const receivedAt = deps.clock.now()
  const mail = await readMail(raw, [deps.config.contentUrl])
  return envelope.rcptTo.map(({ address }) => ({
    id: uuidV7(receivedAt),
    mailbox,
    origin: 'smtp',
    messageId: null,
    campaignId: null,
    recipient: clean(address),
    envelopeFrom: envelope.mailFrom ? clean(envelope.mailFrom.address) : null,
    raw,
    receivedAt,
    mail,
  }))
}

const receive = async (
  deps: Deps,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> => {
  const raw = await readAll(stream)
  if (!raw) throw refusal(552, `5.3.4 A mail may have ${mailBytesMax} bytes.`)
  if (raw.length * session.envelope.rcptTo.length > copiesBytesMax)
    throw refusal(452, '4.5.3 Too many recipients for a mail of this size.')
  const { accountId } = placeOf(session)
  const kept = await keepMails(deps, accountId, await toMails(deps, raw, session))
  if (kept.kind !== 'kept') throw refusal(451, '4.3.0 The mailbox cannot be reached, try again later.')
}

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

/** The account of an SMTP credential (security.md §4.7). The door has no TLS, so that only loopback may show a secret. */
const signIn = async (
  deps: Deps,
  { username, password }: SMTPServerAuthentication,
  address: string,
): Promise<string> => {
  if (!isLoopback(address)) throw refusal(538, '5.7.11 A credential is not taken over an open network.')
  const given = { username: username ?? '', secret: password ?? '', address }
  const signedIn = await verifySmtpCredential(deps, given)
  if (!signedIn) throw refusal(535, '5.7.8 The credential is not known here.')
  return signedIn.accountId
}

const makeServer = (deps: Deps): SMTPServer =>
  new SMTPServer({
    name: 'campanile',
    banner: 'built-in mailbox, delivers nothing further',
    logger: false,
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: mailBytesMax,
    maxClients: clientsMax,
    socketTimeout: idleMs,
    closeTimeout: 1_000,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: (given, { remoteAddress }, done) => {
      signIn(deps, given, remoteAddress).then(
        (user) => done(null, { user }),
        (error: Error & { responseCode?: number }) => {
          if (error.responseCode === undefined)
            deps.log.error({ err: error, part: 'simulator' }, 'no sign-in')
          done(error.responseCode === undefined ? refusal(454, '4.7.0 Try again later.') : error)
        },
      )
    },
    onRcptTo: (_address, session, done) =>
      session.envelope.rcptTo.length >= recipientsMax
        ? done(refusal(452, `4.5.3 A mail may have ${recipientsMax} recipients.`))
        : done(),
    onData: (stream, session, done) => {
      receive(deps, stream, session).then(
        () => done(null, `kept in the ${placeOf(session).mailbox === 'shared' ? 'shared ' : ''}mailbox`),
        (error: Error & { responseCode?: number }) => {
          if (error.responseCode === undefined) deps.log.error({ err: error, part: 'simulator' }, 'mail lost')
          stream.resume()
          done(error.responseCode === undefined ? refusal(451, '4.3.0 Try again later.') : error)
        },
      )
    },
  })

export type Door = { readonly port: number; close(): Promise<void> }

/**
 * Opens SIMULATOR_SMTP_LISTEN, where any program may post mail; null while it is off. With a credential it lands in the
 * mailbox of its account, else in the shared one.
 * @throws when the port is taken.
 */
export const startSimulatorDoor = async (deps: Deps): Promise<Door | null> => {
  const at = deps.config.simulatorSmtpListen
  if (!at) return null
  const server = makeServer(deps)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error & { code?: string }) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new Error(`SIMULATOR_SMTP_LISTEN: port ${at.port} is taken by another program`, { cause })
          : cause,
      ),
    )
    server.listen(at.port, at.host, resolve)
  })
  server.removeAllListeners('error')
  // Faults of single clients (resets, time-outs) end their connection and nothing else.
  server.on('error', (error) =>
    deps.log.debug({ err: error, part: 'simulator' }, 'a client of the mailbox failed'),
  )
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
