import type { Places } from '../../../lib/places.ts'
import type { RenderedMessage, SubmitAnswer, SubmitContext } from '../../channel.ts'
import type { SmtpConnection } from './connection.ts'
import { impossible } from './envelope.ts'
import { SmtpFault } from './failure.ts'
import { type Pool, poolKey, type Room } from './pool.ts'
import type { SmtpTimeouts } from './settings.ts'
import { Delivery, type Transfer } from './transfer.ts'

export type Submission = {
  readonly batch: readonly RenderedMessage[]
  readonly context: SubmitContext
  /**
   * A connection that waits for MAIL.
   * @throws SmtpFault
   */
  open(signal: AbortSignal): Promise<SmtpConnection>
  /** What may share connections of one account: the same server under the same settings. */
  readonly shared: unknown
  readonly timeouts: SmtpTimeouts
  readonly pool: Pool
  readonly concurrent: number
  /** Where connections are counted beyond this batch; `concurrent` is then the bound for all of them. */
  readonly places?: Places
  /** Messages over one connection; no bound when left out. */
  readonly carriedMax?: number
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

/** One worker of a batch with the connection it holds, which belongs to one account. */
type Line = { connection: SmtpConnection | null; accountId: string; key: string }

/** One batch under way: lines take messages from one queue until it is empty or the relay cannot be used. */
class BatchRun {
  readonly #given: Submission
  readonly #queue: RenderedMessage[]
  readonly #room: Room | undefined
  readonly #again = new Set<string>()
  readonly #open = new Set<SmtpConnection>()
  /** Aborted when nothing is left to send: whoever still waits for a connection needs none. */
  readonly #over = new AbortController()
  /** What is said of messages that no line could take. */
  #rest: SubmitAnswer = { kind: 'not_begun' }

  constructor(given: Submission) {
    this.#given = given
    this.#queue = [...given.batch]
    this.#room = given.places && { places: given.places, max: given.concurrent }
  }

  async run(): Promise<void> {
    const { context, concurrent } = this.#given
    let grace: NodeJS.Timeout | undefined
    const stop = () => {
      grace = setTimeout(() => this.#cut(), graceMs)
    }
    context.signal.addEventListener('abort', stop, { once: true })
    const lines = Math.min(concurrent, Math.ceil(this.#queue.length / messagesPerConnection))
    const end = () => this.#over.abort()
    context.signal.addEventListener('abort', end, { once: true })
    await Promise.all(Array.from({ length: lines }, () => this.#runLine()))
    context.signal.removeEventListener('abort', end)
    context.signal.removeEventListener('abort', stop)
    clearTimeout(grace)
    for (const message of this.#queue) context.report(message.messageId, this.#rest)
  }

  #cut(): void {
    const fault = new SmtpFault('stopped', 'Everything was stopped.')
    for (const connection of this.#open) connection.fail(fault)
  }

  async #runLine(): Promise<void> {
    const line: Line = { connection: null, accountId: '', key: '' }
    try {
      while (this.#queue.length > 0 && !this.#given.context.signal.aborted) {
        const connection = await this.#connect(line)
        if (!connection) return
        const message = this.#next(connection, line.accountId)
        if (message && !(await this.#carry(message, connection, line))) return
      }
    } finally {
      if (this.#queue.length === 0) this.#over.abort()
      await this.#release(line)
    }
  }

  async #release(line: Line): Promise<void> {
    const { connection } = line
    if (!connection) return
    line.connection = null
    this.#open.delete(connection)
    const { pool, timeouts, carriedMax = Number.POSITIVE_INFINITY } = this.#given
    if (connection.carried >= carriedMax) await connection.quit(timeouts.commandMs)
    else await pool.rest(line.key, connection, this.#room)
  }

  /** A connection for the account of the message that is next; null when there is none left or no relay to be had. */
  async #connect(line: Line): Promise<SmtpConnection | null> {
    const { context, open, shared, pool, carriedMax = Number.POSITIVE_INFINITY } = this.#given
    const accountId = this.#queue[0]?.accountId
    if (accountId === undefined) return null
    if (line.connection && line.connection.carried >= carriedMax) await this.#release(line)
    if (line.connection?.broken || line.accountId !== accountId) await this.#release(line)
    if (line.connection) return line.connection
    line.accountId = accountId
    line.key = poolKey(accountId, shared)
    try {
      const opening = () => open(context.signal)
      line.connection = this.#room
        ? await pool.takeOrOpen(line.key, this.#room, opening, this.#over.signal)
        : ((await pool.take(line.key)) ?? (await opening()))
      if (line.connection) this.#open.add(line.connection)
      return line.connection
    } catch (error) {
      if (!(error instanceof SmtpFault)) throw error
      this.#rest = fromFault(error)
      return null
    }
  }

  /** The next message that may leave over this connection now; others at the head of the queue are answered. */
  #next(connection: SmtpConnection, accountId: string): RenderedMessage | null {
    const { context } = this.#given
    for (;;) {
      const [message] = this.#queue
      if (!message || message.accountId !== accountId || context.signal.aborted) return null
      this.#queue.shift()
      const refused = context.mayBegin(message.messageId)
        ? impossible(message, connection)
        : ({ kind: 'not_begun' } as const)
      if (!refused) return message
      context.report(message.messageId, refused)
    }
  }

  #delivery(message: RenderedMessage, connection: SmtpConnection): Delivery {
    // Step by step the second time: then it is known what the server broke off at.
    const pipelined = connection.extensions.has('PIPELINING') && !this.#again.has(message.messageId)
    return new Delivery(message, connection, this.#given.timeouts, { pipelined })
  }

  /** What may follow in the same write as the content of the present message. */
  #follower(connection: SmtpConnection, { accountId }: Line): Delivery | null {
    const [message] = this.#queue
    const { carriedMax = Number.POSITIVE_INFINITY } = this.#given
    if (!message || !connection.extensions.has('PIPELINING') || this.#again.has(message.messageId))
      return null
    // The present message counts when its verdict has come.
    if (connection.carried + 1 >= carriedMax) return null
    const next = this.#next(connection, accountId)
    return next && this.#delivery(next, connection)
  }

  /** Carries one message and all that follow it in one flight; answers whether the line may go on. */
  async #carry(first: RenderedMessage, connection: SmtpConnection, line: Line): Promise<boolean> {
    let current: Delivery | null = this.#delivery(first, connection)
    let refused = await current.begin()
    let goesOn = true
    // The dialogue had ended at the message before: what broke it off was not this one.
    let fellWith = false
    while (current) {
      let next: Delivery | null = null
      if (!refused) {
        next = this.#follower(connection, line)
        if (!current.sendContent(next) && next) {
          // Not a byte of it was written.
          this.#queue.unshift(next.message)
          next = null
        }
      }
      const transfer: Transfer = refused ?? (await current.readVerdict())
      goesOn = this.#settle(current, transfer, connection, fellWith) && goesOn
      fellWith = connection.broken
      refused = next && (await next.readEnvelope())
      current = next
    }
    return goesOn
  }

  /** Reports a message or puts it back; answers whether the line may go on with further ones. */
  #settle(
    { message, pipelined }: Delivery,
    { answer, stage, lost }: Transfer,
    connection: SmtpConnection,
    fellWith: boolean,
  ): boolean {
    const { context } = this.#given
    const used = connection.carried > 0
    if (!connection.broken) connection.carried += 1
    const away = answer.kind === 'down' || answer.kind === 'throttled'
    const hung = 'code' in answer && answer.code === 'timeout'
    const closedAfterOthers = away && used && connection.broken
    // No word came back to a whole flight: which of its commands the server broke off at shows the second time.
    const isUnclear = lost && pipelined && !hung
    const mayGoAgain = stage === 'mail' && !context.signal.aborted && !this.#again.has(message.messageId)
    // A server may close after so many messages: nothing of this one was taken, so a fresh connection may carry it.
    if ((closedAfterOthers || isUnclear) && mayGoAgain) {
      this.#again.add(message.messageId)
      this.#queue.unshift(message)
      return true
    }
    // Its bytes were begun: a server that falls silent or breaks off at this message must not be asked for ever.
    const atThis = lost && !fellWith && (hung || this.#again.has(message.messageId))
    const spends = answer.kind === 'down' && atThis
    context.report(message.messageId, spends ? { ...answer, kind: 'temporary' } : answer)
    if (away) this.#rest = answer
    if (!hung) return !away || closedAfterOthers
    // A relay that hangs would cost its time-out for each message of the batch.
    this.#rest = { kind: 'down', code: 'timeout', text: 'text' in answer ? answer.text : '' }
    return false
  }
}

/** Works one batch off over several connections; every message is reported exactly once. */
export const submitBatch = (submission: Submission): Promise<void> => new BatchRun(submission).run()
