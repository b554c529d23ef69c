import nodemailer from 'nodemailer'
import type { RenderedMessage, SubmitAnswer } from '../../src/channels/channel.ts'
import { makeSmtpAdapter } from '../../src/channels/email/smtp/adapter.ts'
import { loopbackNetworks, makeOutboundGuard } from '../../src/lib/outbound-guard/index.ts'

export const connections = 5
const guard = makeOutboundGuard({
  allow: loopbackNetworks,
  ownHosts: [],
  localAddresses: () => [],
  ownSockets: async () => [],
})

export type Carrier = {
  /** Throws unless every message was taken. */
  carry(batch: readonly RenderedMessage[]): Promise<void>
  close(): Promise<void>
}

/** Our client. */
export const makeOwnCarrier = (port: number): Carrier => {
  const adapter = makeSmtpAdapter({ guard, ehloName: 'bench.test' })
  const settings = { host: '127.0.0.1', port, tls: 'none' as const, concurrent: connections }
  const signal = new AbortController().signal
  return {
    carry: async (batch) => {
      let taken = 0
      const report = (_id: string, answer: SubmitAnswer): void => {
        if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer))
        taken += 1
      }
      await adapter.submit(batch, settings, { signal, mayBegin: () => true, report })
      if (taken !== batch.length) throw new Error('a message was not answered')
    },
    close: () => adapter.close(),
  }
}

/** nodemailer with its pool, given the finished message, so that its own composer is not counted against it. */
export const makeNodemailerCarrier = (port: number): Carrier => {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  return {
    carry: async (batch) => {
      await Promise.all(
        batch.map(({ envelopeFrom, recipient, raw }) =>
          transport.sendMail({ envelope: { from: envelopeFrom, to: [recipient] }, raw }),
        ),
      )
    },
    close: async () => transport.close(),
  }
}
