import type { SubmitAnswer } from '../../channels/channel.ts'
import { fullCode } from '../../channels/email/mx/answers.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import type { ShapedProvider, Shapes } from './admit.ts'
import { factorAt, slowDown } from './back-off.ts'
import { countAnswer } from './figures.ts'
import { outcomeOf } from './outcome.ts'
import { lockSites, saveSlowed, saveTaken } from './queries.ts'
import { returnTokens } from './rate.ts'
import { isSlowing } from './rate-words.ts'
import { ratesOf, usualLimits } from './rules.ts'
import { wellKnownSite } from './well-known.ts'

export type Noted = { readonly domain: string | null; readonly answer: SubmitAnswer }
type Word = { readonly code: string; readonly text: string }

/**
 * Sites that slowed us in a batch, with their words. Where the provider itself was told to stop, the same words stand at
 * every message that was left: the first of them is the one that was answered.
 */
const slowedSites = (answers: readonly Noted[], siteOf: (domain: string) => string): Map<string, Word> => {
  const slowed = new Map<string, Word>()
  let toldProvider = false
  for (const { domain, answer } of answers) {
    if (domain === null || !isSlowing(answer) || !('code' in answer) || answer.code === fullCode) continue
    if (answer.kind === 'throttled' && answer.scope !== 'receiver') {
      if (toldProvider) continue
      toldProvider = true
    }
    slowed.set(siteOf(domain), { code: answer.code, text: answer.text })
  }
  return slowed
}

const slowSites = (
  deps: Deps,
  { accountId, providerId }: ShapedProvider,
  slowed: ReadonlyMap<string, Word>,
) =>
  inAccount(deps.db, accountId, async (trx) => {
    const states = await lockSites(trx, accountId, providerId, [...slowed.keys()])
    await saveSlowed(
      trx,
      accountId,
      providerId,
      states.map(({ site, factor, slowed_at, now }) => {
        const after = slowDown({ factor, slowedAt: slowed_at }, now)
        const word = slowed.get(site) ?? { code: '', text: '' }
        return { site, factor: after.factor, slowed_at: after.slowedAt, ...word }
      }),
    )
    await notify(trx, accountId, 'provider', providerId)
  })

/** Nothing of them was written, or the receiver never heard of them: their share of its rate is free again. */
const unsent = (answers: readonly Noted[], siteOf: (domain: string) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { domain, answer } of answers) {
    const isOwn = answer.kind === 'not_begun' || ('code' in answer && answer.code === fullCode)
    if (domain !== null && isOwn) counts.set(siteOf(domain), (counts.get(siteOf(domain)) ?? 0) + 1)
  }
  return counts
}

const giveBackTokens = (
  deps: Deps,
  { accountId, providerId }: ShapedProvider,
  shapes: Shapes,
  counts: ReadonlyMap<string, number>,
): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    const limits = new Map([...shapes.values()].map((shape) => [shape.site, shape.limits]))
    const states = await lockSites(trx, accountId, providerId, [...counts.keys()])
    const back = states.map(({ site, minute_from, hour_from, factor, slowed_at, now }) => {
      const rates = ratesOf(limits.get(site) ?? usualLimits, factorAt({ factor, slowedAt: slowed_at }, now))
      const count = counts.get(site) ?? 0
      return {
        site,
        minute_from: rates.minute ? returnTokens(minute_from, rates.minute, count) : minute_from,
        hour_from: rates.hour ? returnTokens(hour_from, rates.hour, count) : hour_from,
      }
    })
    await saveTaken(trx, accountId, providerId, back)
  })

/** Figures of every provider; where a provider is shaped, its receivers' words have their effect at once. */
export const noteReceivers = async (
  deps: Deps,
  provider: ShapedProvider,
  shapes: Shapes | null,
  answers: readonly Noted[],
): Promise<void> => {
  const siteOf = (domain: string): string => shapes?.get(domain)?.site ?? wellKnownSite(domain)
  for (const { domain, answer } of answers) {
    const outcome = domain === null ? null : outcomeOf(answer)
    if (domain !== null && outcome !== null) countAnswer(deps, provider, siteOf(domain), outcome, answer)
  }
  if (shapes === null) return
  const slowed = slowedSites(answers, siteOf)
  if (slowed.size > 0) await slowSites(deps, provider, slowed)
  const back = unsent(answers, siteOf)
  if (back.size > 0) await giveBackTokens(deps, provider, shapes, back)
}
