import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server'
import type { Deps } from '../../http/deps.ts'
import { findDestination } from '../mails/destination.ts'
import { receiveReturnMail } from '../return-mail.ts'
import { makeDoorLimits } from './limits.ts'

/** Reports return at most the message; aggregate reports are packed. */
const mailBytesMax = 10_485_760
const recipientsMax = 10
const clientsMax = 100
const idleMs = 60_000
const certificateMsMax = 3_600_000

type Refusal = Error & { responseCode?: number }
const refusal = (code: number, text: string): Refusal =>
  Object.assign(new Error(text), { responseCode: code })

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

const senderOf = ({ envelope }: SMTPServerSession): string =>
  envelope.mailFrom ? envelope.mailFrom.address : ''

/** Each recipient has a mail of its own: they may belong to different accounts. */
const receive = async (
  deps: Deps,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> => {
  const raw = await readAll(stream)
  if (!raw) throw refusal(552, `5.3.4 A mail may have ${mailBytesMax} bytes.`)
  for (const { address } of session.envelope.rcptTo)
    await receiveReturnMail(deps, { envelopeFrom: senderOf(session), envelopeTo: address, raw })
}

type Limits = ReturnType<typeof makeDoorLimits>

const judgeRecipient = async (
  deps: Deps,
  limits: Limits,
  { address }: SMTPServerAddress,
  session: SMTPServerSession,
): Promise<void> => {
  if (session.envelope.rcptTo.length >= recipientsMax)
    throw refusal(452, `4.5.3 A mail may have ${recipientsMax} recipients.`)
  if (await findDestination(deps, address)) return
  if (!limits.countUnknown(session.remoteAddress)) throw refusal(421, '4.7.0 Too many unknown recipients.')
  throw refusal(550, '5.1.1 Nobody here by this name; mail for others is not passed on.')
}

const told = (deps: Deps, error: Refusal): Refusal => {
  if (error.responseCode !== undefined) return error
  deps.log.error({ err: error, part: 'inbound' }, 'a mail that came back was not kept')
  return refusal(451, '4.3.0 Try again later.')
}

const answering = (deps: Deps, act: Promise<void>, done: (error?: Refusal | null) => void): void => {
  act.then(
    () => done(),
    (error: Refusal) => done(told(deps, error)),
  )
}

const readCertificate = async (deps: Deps): Promise<{ cert: Buffer; key: Buffer } | null> => {
  const files = deps.config.bounceSmtpCertificate
  return files ? { cert: await readFile(files.certFile), key: await readFile(files.keyFile) } : null
}

const makeServer = (deps: Deps, certificate: { cert: Buffer; key: Buffer } | null): SMTPServer => {
  const limits = makeDoorLimits()
  return new SMTPServer({
    ...certificate,
    name: deps.config.mailHost,
    banner: 'returns only',
    logger: false,
    disabledCommands: certificate ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: mailBytesMax,
    maxClients: clientsMax,
    socketTimeout: idleMs,
    closeTimeout: 1_000,
    onConnect: (session, done) =>
      limits.enter(session.remoteAddress)
        ? done()
        : done(refusal(421, '4.7.0 Too many connections from your address.')),
    onClose: (session) => limits.leave(session.remoteAddress),
    onMailFrom: (_address, session, done) =>
      limits.countMail(session.remoteAddress)
        ? done()
        : done(refusal(451, '4.7.1 Too many mails from your address, try again in a minute.')),
    onRcptTo: (address, session, done) =>
      answering(deps, judgeRecipient(deps, limits, address, session), done),
    onData: (stream, session, done) => {
      receive(deps, stream, session).then(
        () => done(null, 'kept'),
        (error: Refusal) => {
          stream.resume()
          done(told(deps, error))
        },
      )
    },
  })
}

const renewCertificate = (deps: Deps, server: SMTPServer): NodeJS.Timeout =>
  setInterval(() => {
    readCertificate(deps).then(
      (certificate) => certificate && server.updateSecureContext(certificate),
      (error: unknown) => deps.log.warn({ err: error }, 'the certificate of BOUNCE_SMTP_LISTEN was not read'),
    )
  }, certificateMsMax).unref()

export type ReturnDoor = { readonly port: number; close(): Promise<void> }

/**
 * Opens BOUNCE_SMTP_LISTEN, where reports about our messages arrive; null while it is off. It takes mail for addresses that
 * this installation made or that its accounts have named, and passes nothing on.
 * @throws when the port is taken or the certificate cannot be read.
 */
export const startReturnDoor = async (deps: Deps): Promise<ReturnDoor | null> => {
  const at = deps.config.bounceSmtpListen
  if (!at) return null
  const certificate = await readCertificate(deps)
  const server = makeServer(deps, certificate)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error & { code?: string }) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new Error(`BOUNCE_SMTP_LISTEN: port ${at.port} is taken by another program`, { cause })
          : cause,
      ),
    )
    server.listen(at.port, at.host, resolve)
  })
  server.removeAllListeners('error')
  server.on('error', (error) =>
    deps.log.debug({ err: error, part: 'inbound' }, 'a client of the listener failed'),
  )
  const renewing = certificate ? renewCertificate(deps, server) : null
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => {
      if (renewing) clearInterval(renewing)
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
