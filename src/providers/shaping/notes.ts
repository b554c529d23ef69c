import type { SubmitAnswer } from '../../channels/channel.ts'
import { fullCode } from '../../channels/email/mx/answers.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import type { ShapedProvider, Shapes } from './admit.ts'
import { slowDown } from './back-off.ts'
import { countAnswer } from './figures.ts'
import { outcomeOf } from './outcome.ts'
import { lockSites, saveSlowed } from './queries.ts'
import { isSlowing } from './rate-words.ts'
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
}
