import { minutesMs } from '../../lib/clock.ts'

/** What a receiver did to our rate: the factor right after it slowed us last, and when. */
export type Slowed = { readonly factor: number; readonly slowedAt: Date | null }

/** email.md §16: half for 15 minutes, then a tenth of the full rate more for every 5 minutes without another word. */
const heldMs = minutesMs(15)
const stepMs = minutesMs(5)
const step = 0.1
/** One burst of refusals is one word. */
const againMs = minutesMs(1)
const factorMin = 1 / 64

export const factorAt = ({ factor, slowedAt }: Slowed, now: Date): number => {
  if (slowedAt === null) return 1
  const cleanMs = now.getTime() - slowedAt.getTime() - heldMs
  const steps = Math.max(0, Math.floor(cleanMs / stepMs))
  return Math.min(1, Math.round((factor + steps * step) * 1e6) / 1e6)
}

/** The receiver slowed us (again): half of the present rate, and the waiting begins anew. */
export const slowDown = (before: Slowed, now: Date): { factor: number; slowedAt: Date } => {
  const { slowedAt, factor } = before
  if (slowedAt !== null && now.getTime() - slowedAt.getTime() < againMs)
    return { factor, slowedAt: slowedAt > now ? slowedAt : now }
  return { factor: Math.max(factorMin, factorAt(before, now) / 2), slowedAt: now }
}

/** When the full rate is back if nothing else happens; null = it is. */
export const fullAt = ({ factor, slowedAt }: Slowed, now: Date): Date | null => {
  if (slowedAt === null || factorAt({ factor, slowedAt }, now) >= 1) return null
  const steps = Math.ceil((1 - factor) / step - 1e-9)
  return new Date(slowedAt.getTime() + heldMs + steps * stepMs)
}
