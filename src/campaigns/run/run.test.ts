import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { recordUnsubscribe } from '../../contacts/index.ts'
import { inAccount } from '../../db/pool.ts'
import { drainChunk, type Engine } from '../../messages/engine/drain.ts'
import { recoverExpiredLeases, resolveOverdueUncertain } from '../../messages/index.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf, makeRun, plainSource, routeWith, type Submit, statusOf } from '../../test/run.ts'
import { settleRun } from './finish.ts'
import { planCampaign } from './plan.ts'

const app = await startTestApp()
const { deps, accountId } = app

const engineWith = (submit: Submit, closedGates: ReadonlySet<string> = new Set()): Engine => ({
  deps,
  nodeId: '00000000-0000-7000-8000-00000000bbbb',
  sources: { campaign: plainSource },
  resolveRoutes: async () => [routeWith(submit)],
  signal: new AbortController().signal,
  closedGates,
})
const ref = (sourceId: string) => ({ accountId, sourceId, kind: 'campaign' as const })
const settle = (id: string) => inAccount(app.db, accountId, (trx) => settleRun(trx, deps, accountId, id))
const plan = (id: string) => planCampaign(deps, { account_id: accountId, id })
const addresses = (prefix: string, n: number) =>
  Array.from({ length: n }, (_, index) => `${prefix}${index}@example.org`)
const acceptAll: Submit = async (batch, context) => {
  for (const message of batch)
    context.report(message.messageId, { kind: 'accepted', providerRef: null, text: '250 ok' })
}

describe('a run', () => {
  it('gives every contact one row, hands it over once and finishes when both sides agree', async () => {
    const id = await makeRun(app, addresses('whole', 120))
    await plan(id)
    expect(await accountingOf(app, id)).toMatchObject({ audience: 120, planned: 120, balanced: true })
    const seen: string[] = []
    const engine = engineWith(async (batch, context) => {
      seen.push(...batch.map((message) => message.recipient))
      await acceptAll(batch, context)
    })
    while (await drainChunk(engine, ref(id)));
    expect(new Set(seen).size).toBe(120)
    expect(seen.length).toBe(120)
    await settle(id)
    expect(await statusOf(app, id)).toMatchObject({ status: 'finished', gate: 'closed' })
    expect(await accountingOf(app, id)).toMatchObject({
      accepted: 120,
      delivered: 120,
      sum: 120,
      missing: 0,
      surplus: 0,
    })
  })

  it('plans nobody twice when planning is run again and in parallel', async () => {
    const id = await makeRun(app, addresses('twice', 30))
    await Promise.all([plan(id), plan(id), plan(id)])
    await plan(id)
    expect(await accountingOf(app, id)).toMatchObject({ audience: 30, planned: 30 })
  })

  it('does not write to a person who unsubscribed after planning', async () => {
    const id = await makeRun(app, addresses('late', 3))
    await plan(id)
    await inAccount(app.db, accountId, async (trx) => {
      const { rows } = await sql<{
        id: string
      }>`select id from contacts where account_id = ${accountId} and email = 'late1@example.org'`.execute(trx)
      await recordUnsubscribe(trx, {
        accountId,
        contactId: rows[0]?.id ?? '',
        channel: 'email',
        scope: { kind: 'all' },
        source: 'one_click',
      })
    })
    await drainChunk(engineWith(acceptAll), ref(id))
    expect(await accountingOf(app, id)).toMatchObject({
      accepted: 2,
      suppressed: 1,
      suppressed_by_reason: { unsubscribed: 1 },
    })
  })

  it('decides what cannot be rendered instead of losing it', async () => {
    const id = await makeRun(app, ['broken@example.org', 'fine@example.org'])
    await plan(id)
    await drainChunk(engineWith(acceptAll), ref(id))
    expect(await accountingOf(app, id)).toMatchObject({
      accepted: 1,
      suppressed_by_reason: { render_failed: 1 },
      balanced: true,
    })
  })

  it('waits with every row planned while there is nothing to render from', async () => {
    const id = await makeRun(app, addresses('bare', 60))
    await plan(id)
    const engine = {
      ...engineWith(acceptAll),
      sources: { campaign: { ...plainSource, load: async () => null } },
    }
    expect(await drainChunk(engine, ref(id))).toBe(false)
    expect(await accountingOf(app, id)).toMatchObject({ planned: 60, claimed: 0, handed: 0, balanced: true })
  })

  it('stops as failed when a ledger row is missing, and names how many', async () => {
    const id = await makeRun(app, addresses('missing', 5))
    await plan(id)
    await drainChunk(engineWith(acceptAll), ref(id))
    await inAccount(app.db, accountId, (trx) =>
      sql`delete from messages where account_id = ${accountId} and source_id = ${id} and address = 'missing3@example.org'`.execute(
        trx,
      ),
    )
    await settle(id)
    expect(await statusOf(app, id)).toMatchObject({ status: 'failed', status_reason: 'accounting_mismatch' })
    expect(await accountingOf(app, id)).toMatchObject({ audience: 5, sum: 4, balanced: false, missing: 1 })
  })
})

describe('an answer', () => {
  it('decides the row: refused for good, tried again later, or lost', async () => {
    const id = await makeRun(app, ['hard@a.example', 'later@a.example', 'lost@a.example', 'ok@a.example'])
    await plan(id)
    await drainChunk(
      engineWith(async (batch, context) => {
        for (const { messageId, recipient } of batch) {
          if (recipient.startsWith('hard'))
            context.report(messageId, {
              kind: 'permanent',
              code: '550',
              class: 'unknown_user',
              text: '550 5.1.1',
            })
          if (recipient.startsWith('later'))
            context.report(messageId, { kind: 'temporary', code: '451', text: '451 4.7.1' })
          if (recipient.startsWith('ok'))
            context.report(messageId, { kind: 'accepted', providerRef: 'x1', text: '250' })
        }
      }),
      ref(id),
    )
    expect(await accountingOf(app, id)).toMatchObject({
      accepted: 1,
      rejected: 1,
      planned: 1,
      uncertain: 1,
      uncertain_open: 1,
      rejected_by_reason: { unknown_user: 1 },
      balanced: true,
    })
    expect(await drainChunk(engineWith(acceptAll), ref(id))).toBe(false)
    await app.advance(601)
    await resolveOverdueUncertain(deps)
    await drainChunk(engineWith(acceptAll), ref(id))
    await settle(id)
    expect(await accountingOf(app, id)).toMatchObject({
      accepted: 2,
      uncertain: 1,
      uncertain_open: 0,
      uncertain_resolved: { missed: 1 },
    })
    expect((await statusOf(app, id)).status).toBe('finished')
  })

  it('costs no attempt when the provider is away, and the chunk ends there', async () => {
    const id = await makeRun(app, addresses('away', 400))
    await plan(id)
    let batches = 0
    await drainChunk(
      engineWith(async (batch, context) => {
        batches += 1
        for (const message of batch)
          context.report(message.messageId, { kind: 'down', code: 'ECONNREFUSED', text: 'refused' })
      }),
      ref(id),
    )
    // Three batches are under way at once; no fourth begins.
    expect(batches).toBeLessThanOrEqual(3)
    const rows = await inAccount(app.db, accountId, (trx) =>
      sql<{
        state: string
        attempts: number
        n: number
      }>`select state, attempts, count(*) as n from messages where account_id = ${accountId} and source_id = ${id} group by 1, 2`.execute(
        trx,
      ),
    )
    expect(rows.rows).toEqual([{ state: 'planned', attempts: 0, n: 400 }])
  })

  it('repeats a lost one once under rather_repeat, marked as a possible duplicate', async () => {
    const id = await makeRun(app, ['maybe@a.example'])
    await inAccount(app.db, accountId, (trx) =>
      sql`update campaigns set uncertain_policy = 'rather_repeat' where account_id = ${accountId} and id = ${id}`.execute(
        trx,
      ),
    )
    await plan(id)
    const silent: Submit = async () => {}
    await drainChunk(engineWith(silent), ref(id))
    await app.advance(601)
    await resolveOverdueUncertain(deps)
    expect(await accountingOf(app, id)).toMatchObject({ planned: 1, uncertain_resolved: { repeated: 1 } })
    await drainChunk(engineWith(silent), ref(id))
    await app.advance(601)
    await resolveOverdueUncertain(deps)
    expect(await accountingOf(app, id)).toMatchObject({ planned: 0, uncertain: 1, uncertain_open: 0 })
  })
})

describe('a closed gate', () => {
  it('lets nothing reach hand-off, and what was not begun comes back untouched', async () => {
    const id = await makeRun(app, addresses('gate', 400))
    await plan(id)
    const closed = new Set<string>()
    const begun: string[] = []
    await drainChunk(
      engineWith(async (batch, context) => {
        for (const [index, message] of batch.entries()) {
          if (index === 10) closed.add(id)
          if (!context.mayBegin(message.messageId)) context.report(message.messageId, { kind: 'not_begun' })
          else {
            begun.push(message.messageId)
            context.report(message.messageId, { kind: 'accepted', providerRef: null, text: '250' })
          }
        }
      }, closed),
      ref(id),
    )
    expect(begun.length).toBeLessThan(150)
    const still = {
      accepted: begun.length,
      planned: 400 - begun.length,
      claimed: 0,
      handed: 0,
      balanced: true,
    }
    expect(await accountingOf(app, id)).toMatchObject(still)
    await inAccount(app.db, accountId, (trx) =>
      sql`update campaigns set gate = 'closed', status = 'paused' where account_id = ${accountId} and id = ${id}`.execute(
        trx,
      ),
    )
    expect(await drainChunk(engineWith(acceptAll), ref(id))).toBe(false)
    expect(await accountingOf(app, id)).toMatchObject(still)
  })
})

describe('a sender that died', () => {
  it('leaves claimed rows to others and makes handed ones uncertain, after its lease has run out', async () => {
    const id = await makeRun(app, addresses('dead', 300))
    await plan(id)
    // The sender dies inside the provider call: three batches are handed over, the rest of the chunk is only claimed.
    const never = new Promise<void>(() => {})
    void drainChunk(
      engineWith(() => never),
      ref(id),
    ).catch(() => {})
    await expect.poll(async () => (await accountingOf(app, id)).handed).toBe(150)
    await recoverExpiredLeases(deps)
    expect(await accountingOf(app, id)).toMatchObject({ handed: 150, claimed: 150 })
    await app.advance(61)
    await recoverExpiredLeases(deps)
    expect(await accountingOf(app, id)).toMatchObject({
      handed: 0,
      claimed: 0,
      planned: 150,
      uncertain: 150,
      balanced: true,
    })
    while (await drainChunk(engineWith(acceptAll), ref(id)));
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 150, uncertain: 150 })
  })
})
