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

/** Works one batch off over several connections; every message is reported exactly once. */
export const submitBatch = async (submission: Submission): Promise<void> => {
  const { context, settings, opening, pool } = submission
  const { signal } = context
  const queue = [...submission.batch]
  const again = new Set<string>()
  const open = new Set<SmtpConnection>()
  let rest: SubmitAnswer = { kind: 'not_begun' }
  const keyOf = (message: RenderedMessage) => poolKey(message.accountId, settings)

  const obtain = async (message: RenderedMessage): Promise<SmtpConnection> => {
    const connection =
      (await pool.take(keyOf(message))) ?? (await openConnection({ ...opening, settings, signal }))
    open.add(connection)
    return connection
  }

  /** Answers whether the line may go on with further messages. */
  const handOver = async (message: RenderedMessage, connection: SmtpConnection): Promise<boolean> => {
    const { answer, stage } = await transfer(connection, message, opening.timeouts)
    const used = connection.carried > 0
    if (!connection.broken) connection.carried += 1
    const away = answer.kind === 'down' || answer.kind === 'throttled'
    // A server may close after so many messages: nothing of this one was taken, so a fresh connection may carry it.
    if (connection.broken && used && away && stage === 'mail' && !again.has(message.messageId)) {
      again.add(message.messageId)
      queue.unshift(message)
      return true
    }
    context.report(message.messageId, answer)
    const late = 'code' in answer && answer.code === 'timeout'
    if (late) rest = { kind: 'down', code: 'timeout', text: answer.text }
    else if (away) rest = answer
    return !late && !(away && (!used || !connection.broken))
  }

  const runLine = async (): Promise<void> => {
    let connection: SmtpConnection | null = null
    let key = ''
    try {
      for (let message = queue.shift(); message; message = queue.shift()) {
        if (signal.aborted) {
          context.report(message.messageId, { kind: 'not_begun' })
          continue
        }
        if (connection && (connection.broken || key !== keyOf(message))) {
          open.delete(connection)
          await pool.rest(key, connection)
          connection = null
        }
        key = keyOf(message)
        try {
          connection ??= await obtain(message)
        } catch (error) {
          if (!(error instanceof SmtpFault)) throw error
          queue.unshift(message)
          rest = fromFault(error)
          return
        }
        if (!context.mayBegin(message.messageId)) context.report(message.messageId, { kind: 'not_begun' })
        else if (!(await handOver(message, connection))) return
      }
    } finally {
      if (connection) {
        open.delete(connection)
        await pool.rest(key, connection)
      }
    }
  }

  let grace: NodeJS.Timeout | undefined
  const stop = () => {
    grace = setTimeout(() => {
      for (const connection of open) connection.fail(new SmtpFault('stopped', 'Everything was stopped.'))
    }, graceMs)
  }
  signal.addEventListener('abort', stop, { once: true })
  const lines = Math.min(submission.concurrent, Math.ceil(queue.length / messagesPerConnection))
  await Promise.all(Array.from({ length: lines }, runLine))
  signal.removeEventListener('abort', stop)
  clearTimeout(grace)
  for (const message of queue) context.report(message.messageId, rest)
}
