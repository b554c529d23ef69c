import { getEnvironmentData } from 'node:worker_threads'
import pg from 'pg'
import type { SubmitAnswer, SubmitContext } from '../channels/channel.ts'
import type { OutboundRoute, SenderParts } from '../messages/index.ts'
import type { Step } from './steps.ts'

/** The name under which the process of a drill keeps the step it dies at; no other process has it. */
export const stepKey = 'campanile-drill-step'

const wanted = (): Step | undefined => getEnvironmentData(stepKey) as Step | undefined

/** Signal 9 from itself: no handler runs, nothing is written, no connection is closed. */
const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  // The signal arrives at once, and nothing may happen until then.
  for (;;);
}

/** Messages of one life before it ends in the middle of a batch. */
const messagesBefore = 10

const dieAt = (step: Step, count = 1): (() => void) => {
  let times = 0
  return () => {
    if (wanted() !== step) return
    times += 1
    if (times >= count) die()
  }
}

type Statements = Readonly<Partial<Record<Step, RegExp>>>

/** What the main thread is doing at a step, and what a sender thread is. */
export const mainStatements: Statements = {
  freezing: /insert into audience_members/,
  planning: /insert into messages\b/,
  replaying: /insert into message_attempts/,
}
export const senderStatements: Statements = {
  storing: /insert into message_attempts/,
  settling: /delete from leases/,
}

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { text?: unknown }).text ?? '')

type Query = (this: pg.Client, ...given: unknown[]) => unknown

/** Dies when the statement of the step has run and its transaction has not ended. */
export const dieAfterStatements = (statements: Statements): void => {
  const step = wanted()
  const pattern = step && statements[step]
  if (!pattern) return
  const { query } = pg.Client.prototype as unknown as { query: Query }
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...given: unknown[]) {
      const asked = query.apply(this, given)
      if (!(asked instanceof Promise) || !pattern.test(textOf(given[0]))) return asked
      return asked.then(() => die())
    },
  })
}

const dieInSubmit = (route: OutboundRoute): OutboundRoute => {
  const handed = dieAt('handed')
  const begun = dieAt('begun', messagesBefore)
  const sent = dieAt('sent', messagesBefore)
  const answered = dieAt('answered', messagesBefore)
  const around = (context: SubmitContext): SubmitContext => ({
    signal: context.signal,
    mayBegin: (id) => {
      const may = context.mayBegin(id)
      if (may) begun()
      return may
    },
    report: (id: string, answer: SubmitAnswer) => {
      sent()
      context.report(id, answer)
      // The journal writes an answer when the present turn ends.
      setImmediate(() => setImmediate(answered))
    },
  })
  return {
    ...route,
    submit: (batch, context) => {
      handed()
      return route.submit(batch, around(context))
    },
  }
}

/** The engine's parts as they are, but for the death that was ordered. */
export const mortal = (parts: SenderParts): SenderParts => {
  const claimed = dieAt('claimed')
  const { campaign } = parts.sources
  if (!campaign) return parts
  return {
    ...parts,
    sources: {
      ...parts.sources,
      campaign: {
        ...campaign,
        load: async (trx, deps, ref) => {
          const prepared = await campaign.load(trx, deps, ref)
          return (
            prepared && {
              ...prepared,
              render: (renderTrx, recipients) => {
                claimed()
                return prepared.render(renderTrx, recipients)
              },
            }
          )
        },
      },
    },
    resolveRoutes: async (...given) => (await parts.resolveRoutes(...given)).map(dieInSubmit),
  }
}
