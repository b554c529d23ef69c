import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { planCampaign } from './campaigns/run/plan.ts'
import { aReadyCampaign } from './campaigns/test/world.ts'
import { inAccount, instanceAccountId } from './db/pool.ts'
import type { Deps } from './http/deps.ts'
import { disarm } from './instance-confirm.ts'
import { checkInstance, confirmInstance, keepMark } from './instance-guard/index.ts'
import { openKeyRing } from './lib/secrets.ts'
import { drainChunk } from './messages/engine/drain.ts'
import { startTestApp } from './test/app.ts'
import { accountingOf, makeRun, plainSource, routeWith } from './test/run.ts'

const app = await startTestApp({ log: () => {} })
const { owner, deps, accountId } = app
const mark = 'instance-mark.json'
const guard = async () => (await owner.get('/instance/guard')).body
const confirm = async (as: 'original' | 'copy', by: Deps = deps) => {
  if (as === 'copy') await disarm(by)
  const mark = await inAccount(by.db, instanceAccountId, (trx) => confirmInstance(trx, by, as))
  await keepMark(by, mark)
}
/** Another machine with the same database. */
const elsewhere = (given: { publicUrl?: string; foreignKeys?: boolean } = {}): Deps => ({
  ...deps,
  config: {
    ...deps.config,
    dataDir: mkdtempSync(join(deps.config.dataDir, 'copy-')),
    publicUrl: given.publicUrl ?? deps.config.publicUrl,
  },
  keys: given.foreignKeys ? openKeyRing([{ id: 'x', bytes: randomBytes(32) }]) : deps.keys,
})
const inInstance = (statement: ReturnType<typeof sql>) =>
  inAccount(app.db, instanceAccountId, (trx) => statement.execute(trx))

afterEach(() => confirm('original'))

describe('an installation', () => {
  it('is itself as often as it is looked at, on each of its nodes', async () => {
    expect([await checkInstance(deps), await checkInstance(deps)]).toEqual([null, null])
    expect(await checkInstance(elsewhere())).toBeNull()
    expect(await checkInstance(elsewhere({ publicUrl: 'http://127.0.0.1:9000' }))).toBeNull()
    expect(await guard()).toEqual({ held: null, reason: null, held_at: null })
  })

  it.each([
    ['other secret keys', { foreignKeys: true }, 'secret'],
    ['another public name', { publicUrl: 'https://copy.example' }, 'host'],
  ])('with %s is held as a copy, and does not let go by itself', async (_, given, reason) => {
    expect(await checkInstance(elsewhere(given))).toBe(reason)
    expect(await guard()).toMatchObject({ held: 'clone', reason })
    expect(await checkInstance(deps)).toBe(reason)
    await confirm('original')
    expect(await checkInstance(deps)).toBeNull()
  })

  it('that is older than this machine remembers is held: a backup was brought back', async () => {
    await checkInstance(deps)
    await checkInstance(deps)
    await inInstance(sql`update instance_guards set mark = mark - 1`)
    expect(await checkInstance(deps)).toBe('backup')
  })

  it('whose folder was copied is held', async () => {
    await checkInstance(deps)
    const copy = elsewhere()
    await copyFile(join(deps.config.dataDir, mark), join(copy.config.dataDir, mark))
    expect(await checkInstance(copy)).toBe('place')
    await confirm('original', copy)
    expect(await checkInstance(copy)).toBeNull()
  })

  it('that this machine knows under another id is held', async () => {
    await checkInstance(deps)
    const id = '00000000-0000-4000-8000-000000000001'
    const sealed = deps.keys.seal('instance-guard', id, Buffer.from(id))
    await inInstance(sql`update instance_guards set instance_id = ${id}, secret_sealed = ${sealed}`)
    expect(await checkInstance(deps)).toBe('instance')
  })

  it('tells everybody who is signed in, and nobody else', async () => {
    expect((await app.nobody.get('/instance/guard')).status).toBe(401)
    expect((await app.staff.get('/instance/guard')).status).toBe(200)
  })
})

describe('a held installation', () => {
  const engine = {
    deps,
    nodeId: '00000000-0000-7000-8000-00000000dddd',
    sources: { campaign: plainSource },
    resolveRoutes: async () => [
      routeWith(async (batch, context) => {
        for (const { messageId } of batch)
          context.report(messageId, { kind: 'accepted', providerRef: null, text: '250' })
      }),
    ],
    signal: new AbortController().signal,
    closedGates: new Set<string>(),
  }

  it('hands nothing over, starts nothing, and as a copy cancels what was planned and forgets its relays', async () => {
    const running = await makeRun(app, ['one@a.example', 'two@a.example'])
    await planCampaign(deps, { account_id: accountId, id: running })
    const scheduled = await aReadyCampaign(owner)
    const at = new Date(deps.clock.now().getTime() + 60_000).toISOString()
    const planned = await owner.post(`/campaigns/${scheduled}/schedule`, { planned_at: at })
    expect(planned.status, planned.raw).toBe(200)
    const far = await aReadyCampaign(owner)
    const later = new Date(deps.clock.now().getTime() + 86_400_000).toISOString()
    await owner.post(`/campaigns/${far}/schedule`, { planned_at: later })
    await owner.stepUp()
    const relay = await owner.post('/sending/providers', {
      channel: 'email',
      kind: 'smtp',
      name: 'Relay',
      config: { host: '127.0.0.1', port: 2525, tls: 'none', username: 'u', password: 'p' },
    })
    expect(relay.status, relay.raw).toBe(201)
    const [route] = (await owner.get('/sending/routes')).body.data
    await owner.patch(`/sending/routes/${route.id}`, { providers: [{ provider_id: relay.body.id }] })

    const copy = elsewhere({ publicUrl: 'https://copy.example' })
    await checkInstance(copy)
    expect(await drainChunk(engine, { accountId, sourceId: running, kind: 'campaign' })).toBe(false)
    expect(await accountingOf(app, running)).toMatchObject({ planned: 2, accepted: 0 })
    const refused = await owner.post(`/campaigns/${await aReadyCampaign(owner)}/send`)
    expect([refused.status, refused.body.code]).toEqual([503, 'instance_held'])
    await app.advance(61)
    expect((await owner.get(`/campaigns/${scheduled}`)).body).toMatchObject({
      status: 'held',
      status_reason: 'clone',
    })

    await confirm('copy', copy)
    const states = await Promise.all(
      [running, scheduled, far].map(async (id) => (await owner.get(`/campaigns/${id}`)).body.status),
    )
    expect(states).toEqual(['canceled', 'canceled', 'canceled'])
    expect(await accountingOf(app, running)).toMatchObject({ suppressed: 2, balanced: true })
    const { body } = await owner.get(`/sending/providers/${relay.body.id}`)
    expect(body).toMatchObject({ enabled: false, config: { has_password: false } })
    const [led] = (await owner.get('/sending/routes')).body.data
    const { data } = (await owner.get('/sending/providers')).body
    const simulator = data.find((one: { kind: string }) => one.kind === 'simulator')
    expect(led.providers).toMatchObject([{ provider_id: simulator.id }])
    expect(await guard()).toMatchObject({ held: null })
    // The original, meanwhile, remembers another id than the copy has now.
    expect(await checkInstance(copy)).toBeNull()
  })
})
