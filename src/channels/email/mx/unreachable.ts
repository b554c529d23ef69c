import { LRU } from '../../../lib/lru.ts'
import type { SubmitAnswer } from '../../channel.ts'
import type { SmtpFault } from '../smtp/failure.ts'

/** Servers that did not take us are not knocked at again for each further message of the minute. */
const keptMs = 30_000
const receiversMax = 10_000

const isAbout = ({ code, reply }: SmtpFault): boolean => code !== 'stopped' && reply?.code !== 421

export const makeUnreachable = () => {
  const known = new LRU<string, { readonly answer: SubmitAnswer; readonly untilMs: number }>(receiversMax)
  return {
    /** What was met a moment ago; null = nothing that speaks against trying. */
    of: (shared: unknown): SubmitAnswer | null => {
      const entry = known.get(JSON.stringify(shared))
      return entry && entry.untilMs > performance.now() ? entry.answer : null
    },
    note: (shared: unknown, fault: SmtpFault): void => {
      if (!isAbout(fault)) return
      const code = fault.reply ? (fault.reply.enhanced ?? String(fault.reply.code)) : fault.code
      const answer = { kind: 'down', code, text: fault.message } as const
      known.set(JSON.stringify(shared), { answer, untilMs: performance.now() + keptMs })
    },
  }
}
export type Unreachable = ReturnType<typeof makeUnreachable>
