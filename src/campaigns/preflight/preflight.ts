import type { Content } from '../../content/contract.ts'
import type { CompiledEmail, ContentFault, RenderedEmail, Surroundings } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { hasRoute, isLocal } from '../../providers/index.ts'
import { countScope, scopeOf } from '../audience/audience.ts'
import type { AudienceScope } from '../audience/queries.ts'
import { getRecord } from '../campaign.ts'
import { compiledContent } from '../content/compiled.ts'
import { storeLinks } from '../content/links.ts'
import type { Check, Preflight } from '../contract.ts'
import { readAudience } from '../presentation.ts'
import { type CampaignRecord, storePreflight } from '../queries.ts'
import { surroundingsOf } from '../source/surroundings.ts'
import { audienceChecks } from './audience-checks.ts'
import { block, holds, warn, withOverrides } from './check.ts'
import {
  dangerChecks,
  faultChecks,
  sizeChecks,
  sourceWarnings,
  subjectChecks,
  unsubscribeChecks,
} from './content-checks.ts'
import { routeChecks, senderChecks } from './route-checks.ts'
import { countMissingValues, firstReachable, renderSample } from './sample.ts'
import { faultsOf } from './sender-faults.ts'

/** The stored and shown pre-flight, and the first fault of the content, which has a code of its own at launch. */
export type JudgedPreflight = Preflight & { readonly fault: ContentFault | null }

type Judging = {
  readonly trx: Trx
  readonly deps: Deps
  readonly campaign: CampaignRecord
  readonly scope: AudienceScope
  readonly surroundings: Surroundings
}
type Judged = { readonly checks: Check[]; readonly fault: ContentFault | null }

const missingChecks = async (judging: Judging, content: Content, email: CompiledEmail): Promise<Check[]> => {
  if (content.on_missing !== 'block') return []
  const { trx, deps, scope, surroundings } = judging
  const { contacts, variables } = await countMissingValues(trx, deps, scope, email, surroundings)
  if (contacts === 0) return []
  const detail = `No value for ${variables.map(({ name }) => name).join(', ')}`
  return [block('missing_required_variable', { count: contacts, detail, pointer: '/content' })]
}

const renderedChecks = (email: CompiledEmail, rendered: RenderedEmail): Check[] => [
  ...subjectChecks(rendered.subject),
  ...unsubscribeChecks(rendered),
  ...dangerChecks(email, rendered),
]

const judgeContent = async (judging: Judging): Promise<Judged> => {
  const { trx, deps, campaign, scope, surroundings } = judging
  const content = campaign.content as Content | null
  if (!content) {
    const detail = 'There is no content yet.'
    return { checks: [block('subject_empty', { detail, pointer: '/content' })], fault: null }
  }
  const fixed = [...sizeChecks(content)]
  const compiled = compiledContent(content)
  if ('faults' in compiled) {
    return { checks: [...fixed, ...faultChecks(compiled.faults)], fault: compiled.faults[0] }
  }
  const { email } = compiled
  const sample = renderSample(deps, email, surroundings, await firstReachable(trx, scope))
  if ('fault' in sample) return { checks: [...fixed, ...faultChecks([sample.fault])], fault: sample.fault }
  await storeLinks(trx, scope.accountId, campaign.id, campaign.content_revision, email)
  const missing = await missingChecks(judging, content, email)
  return {
    checks: [...fixed, ...renderedChecks(email, sample.email), ...missing, ...sourceWarnings(content)],
    fault: null,
  }
}

const addressChecks = ({ surroundings }: Judging, local: boolean): Check[] => {
  if (surroundings.account.postalAddress !== null) return []
  const given = { detail: 'The account has no postal address; the law of most countries asks for it.' }
  return [local ? warn('postal_address_missing', given) : block('postal_address_missing', given)]
}

const order = { block: 0, warn: 1 }

/** Checks everything that is known now and keeps the result; starts nothing (email.md §6). */
export const runPreflight = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  id: string,
  overrides: readonly { code: string }[] = [],
): Promise<JudgedPreflight> => {
  const campaign = await getRecord(trx, accountId, id)
  const scope = await scopeOf(trx, deps, accountId, campaign)
  const surroundings = await surroundingsOf(trx, deps, accountId, campaign)
  const judging: Judging = { trx, deps, campaign, scope, surroundings }
  const count = await countScope(trx, deps, scope)
  const target = { accountId, channel: 'email' } as const
  const wanted = { ...target, traffic: 'campaign', senderId: campaign.effective_sender_id } as const
  const local = await isLocal(trx, target)
  const content = await judgeContent(judging)
  const found = [
    ...content.checks,
    ...(await audienceChecks(trx, scope, readAudience(campaign.audience), count)),
    ...senderChecks(campaign, await faultsOf(trx, deps, accountId, campaign), local),
    ...routeChecks(await hasRoute(trx, wanted), deps.config),
    ...addressChecks(judging, local),
  ]
  const checks = withOverrides(found, new Set(overrides.map(({ code }) => code))).toSorted(
    (left, right) => order[left.level] - order[right.level],
  )
  const preflight: Preflight = {
    ok: holds(checks),
    at: deps.clock.now().toISOString(),
    audience: count.audience,
    checks,
  }
  await storePreflight(trx, accountId, id, preflight)
  return { ...preflight, fault: content.fault }
}
