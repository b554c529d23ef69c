import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Sink = {
  readonly port: number
  /** Our message ids in the order of arrival; one that came twice stands here twice. */
  readonly received: string[]
  /** Milliseconds before the last reply to DATA: a slow relay. */
  delayMs: number
  close(): Promise<void>
}

const idHeader = /^X-Campanile-Message: (\S+)/im

/** A real SMTP server that counts what it has taken. */
export const startSink = (): Promise<Sink> =>
  new Promise((resolve) => {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      disableReverseLookup: true,
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const id = idHeader.exec(Buffer.concat(chunks).toString('latin1'))?.[1]
          if (id) sink.received.push(id)
          setTimeout(() => done(null), sink.delayMs)
        })
      },
    })
    const sink: Sink = {
      port: 0,
      received: [],
      delayMs: 0,
      close: () => new Promise((closed) => server.close(() => closed())),
    }
    server.on('error', () => {})
    server.listen(0, '127.0.0.1', () => {
      resolve(Object.assign(sink, { port: (server.server.address() as AddressInfo).port }))
    })
  })
