import { spawn } from 'node:child_process'
import { Liquid } from 'liquidjs'
import nodemailer from 'nodemailer'
import { content } from '../send/letter.ts'
import { postfixTool } from './sinks.ts'

export type Peer = {
  readonly name: string
  readonly messages: number
  readonly perSecond: number
  readonly peakMb: number | null
}

const connections = 10

/** What a program of one's own would do: LiquidJS, parsed once, and nodemailer with its pool. No ledger, no links. */
export const runNodemailer = async (messages: number, port: number): Promise<Peer> => {
  const liquid = new Liquid()
  const html = liquid.parse(content.html ?? '')
  const subject = liquid.parse(content.subject)
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  let next = 0
  const line = async (): Promise<void> => {
    for (let n = next++; n < messages; n = next++) {
      const contact = {
        first_name: `Anna${n % 1000}`,
        city: `Poznań ${n % 50}`,
        code: `SPRING-${n}`,
        score: n % 100,
      }
      const values = { contact, links: { unsubscribe: `https://c.acme.test/u/${n}` } }
      await transport.sendMail({
        from: { name: 'Sklep Żółw', address: 'shop@acme.test' },
        to: `person${n}@example.com`,
        subject: liquid.renderSync(subject, values),
        html: liquid.renderSync(html, values),
        text: `Hello ${contact.first_name}`,
        headers: { 'List-Unsubscribe': `<https://c.acme.test/u/${n}>` },
      })
    }
  }
  const since = performance.now()
  // More askers than connections, so that no connection ever waits for the next message.
  await Promise.all(Array.from({ length: connections * 4 }, line))
  const seconds = (performance.now() - since) / 1_000
  transport.close()
  return {
    name: 'LiquidJS + pooled nodemailer',
    messages,
    perSecond: Math.round(messages / seconds),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

/** postfix's own load generator: no template, no ledger, one and the same message; the upper end of what can be had. */
export const runSmtpSource = async (messages: number, port: number): Promise<Peer | null> => {
  const program = postfixTool('smtp-source')
  if (!program) return null
  const since = performance.now()
  const child = spawn(
    program,
    [
      '-d',
      '-s',
      String(connections),
      '-m',
      String(messages),
      '-l',
      '9000',
      '-f',
      'a@acme.test',
      '-t',
      'b@example.com',
      `127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`smtp-source ended with ${code}`)
  const seconds = (performance.now() - since) / 1_000
  return { name: 'postfix smtp-source', messages, perSecond: Math.round(messages / seconds), peakMb: null }
}
