import {
  accountKeys,
  effectiveEntitlements,
  entitledNumber,
  listEntitlementOverrides,
} from '../accounts/index.ts'
import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, notFound, versionConflict } from '../http/errors.ts'
import { pageById } from '../http/id-page.ts'
import type { PageQuery } from '../http/page.ts'
import { addMs, hoursMs } from '../lib/clock.ts'
import { uuidV7 } from '../lib/ids.ts'
import type { NewWebhook, Webhook, WebhookChange } from './contract.ts'
import { checkAuth, checkEvents, readUrl } from './endpoint-input.ts'
import { dropCursorWithoutEndpoints, startCursor } from './news/queries.ts'
import { toRecorded, toWebhook } from './presentation.ts'
import {
  countEndpoints,
  type EndpointChange,
  type EndpointRow,
  findEndpointView,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
  lockWebhooks,
  removeEndpoint,
  updateEndpoint,
} from './queries.ts'
import { retireSecret, sealAuth, sealSecret } from './secrets.ts'
import { makeSecret } from './signing.ts'

export type WebhookWork = { readonly deps: Deps; readonly actor: Actor; readonly now: Date }

const oldSecretLifeMs = hoursMs(24)
const limitKey = 'limit.webhooks'

export const listAll = ({ deps, actor, now }: WebhookWork, query: PageQuery) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const keys = await accountKeys(trx, deps.keys, actor.accountId)
    return pageById(
      query,
      'webhooks',
      now,
      (after, limit) => listEndpoints(trx, actor.accountId, after, limit),
      (row) => toWebhook(keys, row, now),
    )
  })

const getView = async (trx: Trx, { deps, actor, now }: WebhookWork, id: string): Promise<Webhook> => {
  const row = await findEndpointView(trx, actor.accountId, id)
  if (!row) throw notFound()
  return toWebhook(await accountKeys(trx, deps.keys, actor.accountId), row, now)
}

export const readOne = (work: WebhookWork, id: string): Promise<Webhook> =>
  inAccount(work.deps.db, work.actor.accountId, (trx) => getView(trx, work, id))

const getLocked = async (
  trx: Trx,
  accountId: string,
  id: string,
  ifMatch: number | null,
): Promise<EndpointRow> => {
  const row = await lockEndpoint(trx, accountId, id)
  if (!row) throw notFound()
  if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
  return row
}

const checkPlace = async (trx: Trx, accountId: string): Promise<void> => {
  await lockWebhooks(trx, accountId)
  const limit = entitledNumber(
    effectiveEntitlements(await listEntitlementOverrides(trx, accountId)),
    limitKey,
  )
  const used = await countEndpoints(trx, accountId)
  if (used >= limit) throw new AppError('limit_reached', 403, '', { limit_key: limitKey, limit, used })
}

const recordedOf = async (trx: Trx, accountId: string, id: string) => {
  const row = await lockEndpoint(trx, accountId, id)
  return row && toRecorded(row)
}

/** Addresses are resolved before the transaction: a slow name service must not hold a lock. */
export const addWebhook = async (work: WebhookWork, given: NewWebhook) => {
  const { deps, actor, now } = work
  const { accountId } = actor
  checkEvents(given.events)
  checkAuth(given.auth)
  const url = await readUrl(deps, '/url', given.url)
  const secondary = given.secondary_url ? await readUrl(deps, '/secondary_url', given.secondary_url) : null
  const [id, secret, enabled] = [uuidV7(now), makeSecret(), given.enabled ?? true]
  const auth = given.auth ?? { type: 'none' as const }
  return inAccount(deps.db, accountId, async (trx) => {
    await checkPlace(trx, accountId)
    const keys = await accountKeys(trx, deps.keys, accountId)
    await insertEndpoint(trx, accountId, {
      id,
      name: given.name ?? new URL(url).hostname.slice(0, 60),
      url,
      secondary_url: secondary,
      events: given.events,
      auth_type: auth.type,
      auth_sealed: sealAuth(keys, id, auth),
      secret_sealed: sealSecret(keys, id, secret),
      retry_rule: given.retry_rule ?? 'standard',
      personal_data: given.personal_data ?? 'full',
      enabled,
      disabled_reason: enabled ? null : 'by_user',
    })
    await startCursor(trx, accountId)
    const made = await getView(trx, work, id)
    const after = await recordedOf(trx, accountId, id)
    await recordAct(trx, deps, actor, { action: 'webhook.created', type: 'webhook', id, before: null, after })
    return { ...made, secret }
  })
}

type ReadChange = { readonly given: WebhookChange; readonly url?: string; readonly secondary?: string | null }

const readChange = async (deps: Deps, given: WebhookChange): Promise<ReadChange> => {
  checkEvents(given.events)
  checkAuth(given.auth)
  const { url, secondary_url: secondary } = given
  return {
    given,
    ...(url === undefined ? {} : { url: await readUrl(deps, '/url', url) }),
    ...(secondary === undefined
      ? {}
      : { secondary: secondary && (await readUrl(deps, '/secondary_url', secondary)) }),
  }
}

const switched = (row: EndpointRow, enabled: boolean | undefined): EndpointChange => {
  if (enabled === undefined || enabled === row.enabled) return {}
  return { enabled, disabled_reason: enabled ? null : 'by_user', failing_since: null }
}

/** Another address or other credentials are proven by nobody yet (api.md A7). */
const columnsOf = (
  row: EndpointRow,
  read: ReadChange,
  seal: (auth: NonNullable<WebhookChange['auth']>) => Buffer | null,
): EndpointChange => {
  const { given, url, secondary } = read
  const { name, events, auth, retry_rule, personal_data } = given
  const unproven = (url !== undefined && url !== row.url) || auth !== undefined
  return {
    ...(name === undefined ? {} : { name }),
    ...(events === undefined ? {} : { events }),
    ...(retry_rule === undefined ? {} : { retry_rule }),
    ...(personal_data === undefined ? {} : { personal_data }),
    ...(url === undefined ? {} : { url }),
    ...(secondary === undefined ? {} : { secondary_url: secondary }),
    ...(auth === undefined ? {} : { auth_type: auth.type, auth_sealed: seal(auth) }),
    ...switched(row, given.enabled),
    ...(unproven ? { proven_at: null, failing_since: null } : {}),
  }
}

export const editWebhook = async (
  work: WebhookWork,
  id: string,
  given: WebhookChange,
  ifMatch: number | null,
): Promise<Webhook> => {
  const { deps, actor } = work
  const { accountId } = actor
  await readOne(work, id)
  const read = await readChange(deps, given)
  return inAccount(deps.db, accountId, async (trx) => {
    const row = await getLocked(trx, accountId, id, ifMatch)
    const keys = await accountKeys(trx, deps.keys, accountId)
    await updateEndpoint(
      trx,
      accountId,
      id,
      columnsOf(row, read, (auth) => sealAuth(keys, id, auth)),
    )
    const changed = await getView(trx, work, id)
    const action = row.enabled && !changed.enabled ? 'webhook.disabled' : 'webhook.changed'
    const after = await recordedOf(trx, accountId, id)
    await recordAct(trx, deps, actor, { action, type: 'webhook', id, before: toRecorded(row), after })
    return changed
  })
}

export const rotateSecret = ({ deps, actor, now }: WebhookWork, id: string) => {
  const { accountId } = actor
  const [secret, until] = [makeSecret(), addMs(now, oldSecretLifeMs)]
  return inAccount(deps.db, accountId, async (trx) => {
    const row = await getLocked(trx, accountId, id, null)
    const keys = await accountKeys(trx, deps.keys, accountId)
    await updateEndpoint(trx, accountId, id, {
      secret_sealed: sealSecret(keys, id, secret),
      old_secret_sealed: retireSecret(keys, row),
      old_secret_until: until,
      proven_at: null,
    })
    await recordAct(trx, deps, actor, { action: 'webhook.secret_rotated', type: 'webhook', id })
    return { secret, old_secret_until: until.toISOString() }
  })
}

export const deleteWebhook = ({ deps, actor }: WebhookWork, id: string, ifMatch: number | null) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await getLocked(trx, accountId, id, ifMatch)
    await removeEndpoint(trx, accountId, id)
    await dropCursorWithoutEndpoints(trx, accountId)
    const before = toRecorded(row)
    await recordAct(trx, deps, actor, { action: 'webhook.deleted', type: 'webhook', id, before, after: null })
    return null
  })
