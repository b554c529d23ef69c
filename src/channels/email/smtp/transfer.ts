import type { RenderedMessage, SubmitAnswer } from '../../channel.ts'
import { acceptance, isPositive, lost, refusal, type Stage } from './answers.ts'
import type { Expected, SmtpConnection } from './connection.ts'
import { toData } from './dot-stuffing.ts'
import { type Envelope, envelopeOf } from './envelope.ts'
import { SmtpFault } from './failure.ts'
import type { Reply } from './reply.ts'
import type { SmtpTimeouts } from './settings.ts'

/** What became of one message; `lost` when the dialogue ended and nobody said anything. */
export type Transfer = { readonly answer: SubmitAnswer; readonly stage: Stage; readonly lost: boolean }

const steps = ['mail', 'recipient', 'data'] as const
const names = { mail: 'MAIL', recipient: 'RCPT', data: 'DATA' } as const

/** One message under way on a connection; a fault of the dialogue is its answer and never thrown. */
export class Delivery {
  readonly message: RenderedMessage
  /** All commands of the envelope in one flight (RFC 2920). */
  readonly pipelined: boolean
  readonly #connection: SmtpConnection
  readonly #timeouts: SmtpTimeouts
  readonly #envelope: Envelope
  #stage: Stage = 'mail'
  #refused: Transfer | null = null
  /** Whether a recipient stands although the message was refused. */
  #addressed = false

  constructor(
    message: RenderedMessage,
    connection: SmtpConnection,
    timeouts: SmtpTimeouts,
    options: { readonly pipelined: boolean },
  ) {
    this.message = message
    this.pipelined = options.pipelined
    this.#connection = connection
    this.#timeouts = timeouts
    this.#envelope = envelopeOf(message, connection)
  }

  /** What begins it, and the answers that is owed. */
  get opening(): { readonly text: string; readonly expected: readonly Expected[] } {
    const { mail, recipient, data } = this.#envelope
    return this.pipelined
      ? { text: mail + recipient + data, expected: steps.map((step) => this.#expect(step)) }
      : { text: mail, expected: [this.#expect('mail')] }
  }

  /** Begins by itself; null when its content may follow. */
  begin(): Promise<Transfer | null> {
    const { text, expected } = this.opening
    this.#connection.send([text], expected)
    return this.readEnvelope()
  }

  /** Reads what the server says to the envelope, all of it; null when the content may follow. */
  async readEnvelope(): Promise<Transfer | null> {
    try {
      for (const step of steps) {
        this.#stage = step
        if (step !== 'mail' && !this.pipelined)
          this.#connection.send([this.#envelope[step]], [this.#expect(step)])
        await this.#judge(step, await this.#connection.reply())
        if (this.#refused && !this.pipelined) break
      }
      if (this.#refused) await this.#connection.command('RSET', this.#timeouts.commandMs)
      return this.#refused
    } catch (error) {
      return this.#lose(error)
    }
  }

  /** Writes the content and, in the same write, the envelope of the next message; false when nothing was written. */
  sendContent(next: Delivery | null): boolean {
    const { raw, wireReady } = this.message
    const content = wireReady ? [raw] : [toData(raw)]
    const opening = next?.opening
    const tail = (wireReady ? '.\r\n' : '') + (opening?.text ?? '')
    const expected = [{ what: 'the message', timeoutMs: this.#timeouts.dataMs }, ...(opening?.expected ?? [])]
    const written = this.#connection.send(tail === '' ? content : [...content, tail], expected)
    if (written) this.#stage = 'content'
    return written
  }

  /** Reads the judgement of the content. */
  async readVerdict(): Promise<Transfer> {
    try {
      const reply = await this.#connection.reply()
      if (isPositive(reply)) return { answer: acceptance(reply), stage: this.#stage, lost: false }
      if (reply.code < 400) throw this.#break('protocol_error', reply)
      if (reply.code === 421) this.#break('connection_lost', reply)
      return { answer: refusal(reply, this.#stage), stage: this.#stage, lost: false }
    } catch (error) {
      return this.#lose(error)
    }
  }

  #expect(step: keyof typeof names): Expected {
    return { what: names[step], timeoutMs: this.#timeouts.commandMs }
  }

  async #judge(step: (typeof steps)[number], reply: Reply): Promise<void> {
    const isOpen = reply.code === 354
    if (step === 'data' ? isOpen : isPositive(reply)) {
      if (step === 'recipient') this.#addressed = true
      if (isOpen && this.#refused) await this.#closeEmpty(reply)
      return
    }
    // Answers that fit no question: what comes next would be read as the answer to something else.
    if (reply.code < 400) throw this.#break('protocol_error', reply)
    this.#refused ??= { answer: refusal(reply, step), stage: step, lost: false }
    if (reply.code === 421) throw this.#break('connection_lost', reply)
  }

  /**
   * The server waits for content although it refused: a lone dot ends that (RFC 2920 §3.1). Where it took the recipient
   * of a refused message the dot would deliver an empty one, and only leaving helps.
   */
  async #closeEmpty(reply: Reply): Promise<void> {
    if (this.#addressed) throw this.#break('protocol_error', reply)
    await this.#connection.command('.', this.#timeouts.commandMs, 'the empty message')
  }

  #break(code: 'protocol_error' | 'connection_lost', reply: Reply): SmtpFault {
    const fault = new SmtpFault(code, `${this.#connection.place} answered ${reply.text}`, reply)
    this.#connection.fail(fault)
    return fault
  }

  /** A refusal that was given stands, whatever broke after it. */
  #lose(error: unknown): Transfer {
    if (!(error instanceof SmtpFault)) throw error
    return this.#refused ?? { answer: lost(error, this.#stage), stage: this.#stage, lost: true }
  }
}
