import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { loopbackNetworks, makeOutboundGuard } from '../../../../lib/outbound-guard/index.ts'
import type { RenderedMessage, SubmitAnswer } from '../../../channel.ts'
import { makeSmtpAdapter } from '../adapter.ts'
import type { SmtpSettings, SmtpTimeouts } from '../settings.ts'

export const loopbackGuard = makeOutboundGuard({
  allow: loopbackNetworks,
  ownHosts: [],
  localAddresses: () => [],
  ownSockets: async () => [],
})

const closers: (() => Promise<unknown>)[] = []
export const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0).reverse()) await close()
}

const quick: SmtpTimeouts = { connectMs: 2_000, greetingMs: 300, commandMs: 300, dataMs: 400 }
export const makeAdapter = (timeouts: SmtpTimeouts = quick) => {
  const adapter = makeSmtpAdapter({ guard: loopbackGuard, ehloName: null, timeouts })
  closers.push(() => adapter.close())
  return adapter
}

const onLoopback = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )

/** A real SMTP server; every mail it took whole is in `taken`. */
export const smtpServer = async (options: SMTPServerOptions = {}) => {
  const taken: { from: string; to: string; content: string }[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const to = session.envelope.rcptTo[0]?.address ?? ''
        taken.push({ from, to, content: Buffer.concat(chunks).toString() })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const port = await onLoopback(server.server as Server)
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { port, taken }
}

/** A server that plays a part: what it says to each line, and what it breaks. */
export const actor = async (
  play: (say: (line: string) => void, socket: Socket) => (line: string) => void,
) => {
  const sockets = new Set<Socket>()
  const seen = { connections: 0 }
  // Answers go out one by one, as servers write them; the kernel must not hold them back.
  const server = createServer({ noDelay: true }, (socket) => {
    seen.connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    const answer = play((line) => socket.write(`${line}\r\n`), socket)
    let rest = ''
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        answer(line)
      }
    })
  })
  const port = await onLoopback(server)
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return { port, seen }
}

export const aMessage = (given: Partial<RenderedMessage> = {}): RenderedMessage => ({
  messageId: 'm1',
  accountId: 'a1',
  sourceId: 's1',
  origin: 'campaign',
  recipient: 'eve@example.com',
  envelopeFrom: 'news@acme.test',
  raw: Buffer.from('Subject: Hi\r\n\r\nHello\r\n'),
  ...given,
})

export const settingsFor = (port: number, more: Partial<SmtpSettings> = {}): SmtpSettings => ({
  host: 'localhost',
  port,
  tls: 'none',
  ...more,
})

type Options = {
  signal?: AbortSignal
  mayBegin?: (id: string) => boolean
  adapter?: ReturnType<typeof makeAdapter>
}

/** Submits and answers every report in order of the batch; a second report of one message fails. */
export const submit = async (
  batch: readonly RenderedMessage[],
  settings: SmtpSettings,
  { signal = new AbortController().signal, mayBegin = () => true, adapter = makeAdapter() }: Options = {},
): Promise<SubmitAnswer[]> => {
  const answers = new Map<string, SubmitAnswer>()
  await adapter.submit(batch, settings, {
    signal,
    mayBegin,
    report: (id, answer) => {
      if (answers.has(id)) throw new Error(`${id} was reported twice`)
      answers.set(id, answer)
    },
  })
  return batch.map((message) => {
    const answer = answers.get(message.messageId)
    if (!answer) throw new Error(`${message.messageId} was not reported`)
    return answer
  })
}
