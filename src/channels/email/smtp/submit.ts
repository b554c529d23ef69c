import type { RenderedMessage, SubmitAnswer, SubmitContext } from '../../channel.ts'
import type { SmtpConnection } from './connection.ts'
import { SmtpFault } from './failure.ts'
import { openConnection } from './open.ts'
import { type Pool, poolKey } from './pool.ts'
import type { SmtpSettings } from './settings.ts'
import { transfer } from './transfer.ts'

export type Submission = {
  readonly batch: readonly RenderedMessage[]
  readonly context: SubmitContext
  readonly settings: SmtpSettings
  readonly opening: Omit<Parameters<typeof openConnection>[0], 'signal' | 'settings'>
  readonly pool: Pool
  readonly concurrent: number
}

/** What is begun when everything stops gets this long to come to its answer. */
const graceMs = 5_000
/** One more connection is worth its handshake from this many messages on. */
const messagesPerConnection = 5

const fromFault = (fault: SmtpFault): SubmitAnswer => {
  if (fault.code === 'stopped') return { kind: 'not_begun' }
  const code = fault.reply ? (fault.reply.enhanced ?? String(fault.reply.code)) : fault.code
  return { kind: fault.reply?.code === 421 ? 'throttled' : 'down', code, text: fault.message }
}

/** One worker of a batch with the connection it holds. */
type Line = { connection: SmtpConnection | null; key: string }

/** One batch under way: lines take messages from one queue until it is empty or the relay cannot be used. */
class BatchRun {
  readonly #given: Submission
  readonly #queue: RenderedMessage[]
  readonly #again = new Set<string>()
  readonly #open = new Set<SmtpConnection>()
  /** What is said of messages that no line could take. */
  #rest: SubmitAnswer = { kind: 'not_begun' }

  constructor(given: Submission) {
    this.#given = given
    this.#queue = [...given.batch]
  }

  async run(): Promise<void> {
    const { context, concurrent } = this.#given
    let grace: NodeJS.Timeout | undefined
    const stop = () => {
      grace = setTimeout(() => this.#cut(), graceMs)
    }
    context.signal.addEventListener('abort', stop, { once: true })
    const lines = Math.min(concurrent, Math.ceil(this.#queue.length / messagesPerConnection))
    await Promise.all(Array.from({ length: lines }, () => this.#runLine()))
    context.signal.removeEventListener('abort', stop)
    clearTimeout(grace)
    for (const message of this.#queue) context.report(message.messageId, this.#rest)
  }

  #cut(): void {
    const fault = new SmtpFault('stopped', 'Everything was stopped.')
    for (const connection of this.#open) connection.fail(fault)
  }

  async #runLine(): Promise<void> {
    const line: Line = { connection: null, key: '' }
    try {
      for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
        if (!(await this.#take(message, line))) return
      }
    } finally {
      await this.#release(line)
    }
  }

  /** Answers whether the line may go on with further messages. */
  async #take(message: RenderedMessage, line: Line): Promise<boolean> {
    const { context } = this.#given
    if (context.signal.aborted) {
      context.report(message.messageId, { kind: 'not_begun' })
      return true
    }
    const connection = await this.#connect(message, line)
    if (!connection) return false
    if (context.mayBegin(message.messageId)) return this.#handOver(message, connection)
    context.report(message.messageId, { kind: 'not_begun' })
    return true
  }

  async #release(line: Line): Promise<void> {
    if (!line.connection) return
    this.#open.delete(line.connection)
    await this.#given.pool.rest(line.key, line.connection)
    line.connection = null
  }

  /** Null when the relay cannot be used; the message is then back in the queue. */
  async #connect(message: RenderedMessage, line: Line): Promise<SmtpConnection | null> {
    const { context, settings, opening, pool } = this.#given
    const key = poolKey(message.accountId, settings)
    if (line.connection?.broken || line.key !== key) await this.#release(line)
    line.key = key
    if (line.connection) return line.connection
    try {
      line.connection =
        (await pool.take(key)) ?? (await openConnection({ ...opening, settings, signal: context.signal }))
      this.#open.add(line.connection)
      return line.connection
    } catch (error) {
      if (!(error instanceof SmtpFault)) throw error
      this.#queue.unshift(message)
      this.#rest = fromFault(error)
      return null
    }
  }

  async #handOver(message: RenderedMessage, connection: SmtpConnection): Promise<boolean> {
    const { context, opening } = this.#given
    const { answer, stage } = await transfer(connection, message, opening.timeouts)
    const used = connection.carried > 0
    if (!connection.broken) connection.carried += 1
    const away = answer.kind === 'down' || answer.kind === 'throttled'
    const closedAfterOthers = away && used && connection.broken
    // A server may close after so many messages: nothing of this one was taken, so a fresh connection may carry it.
    if (closedAfterOthers && stage === 'mail' && !this.#again.has(message.messageId)) {
      this.#again.add(message.messageId)
      this.#queue.unshift(message)
      return true
    }
    context.report(message.messageId, answer)
    if (away) this.#rest = answer
    if (!('code' in answer) || answer.code !== 'timeout') return !away || closedAfterOthers
    // A relay that hangs would cost its time-out for each message of the batch.
    this.#rest = { kind: 'down', code: 'timeout', text: answer.text }
    return false
  }
}

/** Works one batch off over several connections; every message is reported exactly once. */
export const submitBatch = (submission: Submission): Promise<void> => new BatchRun(submission).run()
