import { generateKeyPairSync } from 'node:crypto'
import type { RenderedMessage } from '../../src/channels/channel.ts'
import { makeDkimSigner } from '../../src/content/index.ts'
import { type Measure, measure } from '../measure.ts'
import { type Carrier, makeNodemailerCarrier, makeOwnCarrier } from './carriers.ts'
import { makeRender, type Signers } from './letter.ts'
import { type SinkProcess, startSinkProcess } from './sink-process.ts'

const batchSize = 100
/** One batch is rendered while another is under way. */
const lanes = 2
/** Messages rendered beforehand where the wire alone is measured. */
const readyMessages = 1_000

const at = { domain: 'acme.test', selector: 'bench' } as const
const keys = {
  none: [] as Signers,
  ed25519: [
    makeDkimSigner({ ...at, key: generateKeyPairSync('ed25519').privateKey, algorithm: 'ed25519-sha256' }),
  ] as Signers,
  rsa: [
    makeDkimSigner({
      ...at,
      key: generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey,
      algorithm: 'rsa-sha256',
    }),
  ] as Signers,
}

const renderOnly = (signers: Signers) => {
  const render = makeRender(signers)
  return async (messages: number): Promise<void> => {
    for (let n = 0; n < messages; n += 1) render(n)
  }
}

const send = (carrier: Carrier, messageAt: (n: number) => RenderedMessage) => async (messages: number) => {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < messages) {
      const first = next
      next = Math.min(messages, first + batchSize)
      await carrier.carry(Array.from({ length: next - first }, (_, n) => messageAt(first + n)))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

type Make = (port: number) => Carrier

const measureSending = async (
  name: string,
  messages: number,
  sink: SinkProcess,
  make: Make,
  messageAt: (n: number) => RenderedMessage,
): Promise<Measure> => {
  const carrier = make(sink.port)
  const before = await sink.counts()
  const found = await measure(name, messages, send(carrier, messageAt))
  await carrier.close()
  const taken = (await sink.counts()).messages - before.messages
  const sent = messages + Math.ceil(messages / 10)
  if (taken !== sent) throw new Error(`${name}: ${sent} were sent and ${taken} arrived`)
  return found
}

/** The way of a mail from template to relay, without ledger: each step alone, then together, then as nodemailer does it. */
export const benchSend = async (messages: number): Promise<Measure[]> => {
  const render = makeRender(keys.none)
  const ready = Array.from({ length: readyMessages }, (_, n) => render(n))
  const readyAt = (n: number): RenderedMessage => {
    const message = ready[n % readyMessages]
    if (!message) throw new Error('nothing is ready')
    return message
  }
  const pipelining = await startSinkProcess({ pipelining: true })
  const stepwise = await startSinkProcess({ pipelining: false })
  const measures = [
    await measure('rendering', messages, renderOnly(keys.none)),
    await measure('rendering + DKIM Ed25519', messages, renderOnly(keys.ed25519)),
    await measure('rendering + DKIM RSA-2048', messages, renderOnly(keys.rsa)),
    await measureSending('SMTP', messages, pipelining, makeOwnCarrier, readyAt),
    await measureSending('SMTP, server without PIPELINING', messages, stepwise, makeOwnCarrier, readyAt),
    await measureSending('SMTP by pooled nodemailer', messages, pipelining, makeNodemailerCarrier, readyAt),
    await measureSending('rendering + SMTP', messages, pipelining, makeOwnCarrier, makeRender(keys.none)),
    await measureSending('… + DKIM Ed25519', messages, pipelining, makeOwnCarrier, makeRender(keys.ed25519)),
    await measureSending('… + DKIM RSA-2048', messages, pipelining, makeOwnCarrier, makeRender(keys.rsa)),
    await measureSending(
      'rendering + pooled nodemailer',
      messages,
      pipelining,
      makeNodemailerCarrier,
      render,
    ),
  ]
  await pipelining.close()
  await stepwise.close()
  return measures
}
