/** So many messages in any span of this length, never more. */
export type Rate = { readonly amount: number; readonly windowMs: number }

export const minuteMs = 60_000
export const hourMs = 3_600_000

/** A twelfth of a minute's or a sixtieth of an hour's may leave at once; the rest follows evenly. */
const burstOf = ({ amount, windowMs }: Rate): number =>
  Math.max(1, Math.floor(amount / (windowMs > minuteMs ? 60 : 12)))

/** Between two messages; with the burst at its beginning a window still holds no more than the amount. */
export const intervalMs = (rate: Rate): number => rate.windowMs / Math.max(1, rate.amount - burstOf(rate) + 1)

/** An evenly refilling bucket (GCRA) is one time: that from which its tokens count; null = never used, full. */
type From = Date | null

const startOf = (from: From, now: Date, rate: Rate): number => {
  const full = now.getTime() - burstOf(rate) * intervalMs(rate)
  return from === null ? full : Math.max(from.getTime(), full)
}

export const tokensOf = (from: From, now: Date, rate: Rate): number =>
  Math.max(0, Math.floor((now.getTime() - startOf(from, now, rate)) / intervalMs(rate) + 1e-6))

export const takeTokens = (from: From, now: Date, rate: Rate, count: number): Date =>
  new Date(startOf(from, now, rate) + Math.ceil(count * intervalMs(rate)))

/** Gives back tokens of messages that did not leave. */
export const returnTokens = (from: From, rate: Rate, count: number): From =>
  from === null ? null : new Date(from.getTime() - Math.floor(count * intervalMs(rate)))

/** Until the next token is there. */
export const nextTokenMs = (from: From, now: Date, rate: Rate): number =>
  Math.max(0, startOf(from, now, rate) + intervalMs(rate) - now.getTime())

/** A rate on which something else than its owner puts a foot: at least one message stays possible. */
export const scaled = (rate: Rate, factor: number): Rate => ({
  ...rate,
  amount: Math.max(1, Math.floor(rate.amount * factor)),
})
