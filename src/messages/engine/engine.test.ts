import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { SubmitAnswer, SubmitContext } from '../../channels/channel.ts'
import { inAccount } from '../../db/pool.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf, makeRun, plainSource, planRun, routeWith, type Submit } from '../../test/run.ts'
import {
  enqueueRows,
  everyRow,
  findOpenRows,
  type Refusal,
  recoverExpiredLeases,
  releaseRows,
  suppressOpenRows,
  withholdRows,
} from '../index.ts'
import { drainChunk, type Engine } from './drain.ts'

const app = await startTestApp()
const { deps, accountId } = app

const engineWith = (submit: Submit, given: Partial<Engine> = {}): Engine => ({
  deps,
  nodeId: uuidV7(deps.clock.now()),
  sources: { campaign: plainSource },
  resolveRoutes: async () => [routeWith(submit)],
  signal: new AbortController().signal,
  closedGates: new Set(),
  ...given,
})
const ref = (sourceId: string) => ({ accountId, sourceId, kind: 'campaign' as const })
const addresses = (prefix: string, n: number) =>
  Array.from({ length: n }, (_, index) => `${prefix}${index}@example.org`)
const answerAll =
  (answer: SubmitAnswer): Submit =>
  async (batch, context) => {
    for (const message of batch) context.report(message.messageId, answer)
  }
const accepted: SubmitAnswer = { kind: 'accepted', providerRef: null, text: '250 ok' }
const later: SubmitAnswer = { kind: 'temporary', code: '451', text: '451 4.7.1' }
const aRun = async (prefix: string, n: number) => {
  const id = await makeRun(app, addresses(prefix, n))
  return { id, run: await planRun(app, id) }
}
const inSql = <T>(statement: ReturnType<typeof sql<T>>) =>
  inAccount(app.db, accountId, async (trx) => (await statement.execute(trx)).rows)
const queueOf = (id: string) =>
  inSql(sql<{ n: number; due: number; withheld: string | null; domains: string[] }>`
    select count(*) as n, count(*) filter (where due_at <= app_now()) as due, max(withheld) as withheld,
      array_agg(distinct domain) as domains
    from message_queue where account_id = ${accountId} and source_id = ${id}`).then((rows) => rows[0])
const factorOf = (id: string) =>
  inSql(sql<{ limiting_factor: string | null }>`select limiting_factor from campaigns
    where account_id = ${accountId} and id = ${id}`).then((rows) => rows[0]?.limiting_factor)
const openOf = (id: string) => inAccount(app.db, accountId, (trx) => findOpenRows(trx, accountId, id))
const drainAll = async (engine: Engine, id: string) => {
  while (await drainChunk(engine, ref(id)));
}

describe('the queue', () => {
  it('holds who waits, nobody who is under way or through, and again who has to be tried later', async () => {
    const { id } = await aRun('queued', 4)
    expect(await queueOf(id)).toMatchObject({ n: 4, due: 4, domains: ['example.org'] })
    let during: unknown
    await drainChunk(
      engineWith(async (batch, context) => {
        during = (await queueOf(id))?.n
        for (const { messageId, recipient } of batch)
          context.report(messageId, recipient.startsWith('queued0') ? later : accepted)
      }),
      ref(id),
    )
    expect(during).toBe(0)
    expect(await queueOf(id)).toMatchObject({ n: 1, due: 0 })
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 3, planned: 1 })
    await drainChunk(engineWith(answerAll(accepted)), ref(id))
    expect(await factorOf(id)).toBe('retries')
    await app.advance(400)
    await drainAll(engineWith(answerAll(accepted)), id)
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 4, planned: 0 })
    expect(await openOf(id)).toEqual({ to_send: false, handed: false, unresolved: false })
  })

  it('gives each row to one of many senders that ask at once', async () => {
    const { id } = await aRun('shared', 700)
    const seen: string[] = []
    const engines = Array.from({ length: 4 }, () =>
      engineWith(async (batch, context) => {
        seen.push(...batch.map((message) => message.recipient))
        await answerAll(accepted)(batch, context)
      }),
    )
    await Promise.all(engines.map((engine) => drainChunk(engine, ref(id), 100)))
    await Promise.all(engines.map((engine) => drainAll(engine, id)))
    expect(new Set(seen).size).toBe(700)
    expect(seen).toHaveLength(700)
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 700, balanced: true })
  })

  it('does no harm by an entry whose row is through, and takes it away', async () => {
    const { id } = await aRun('double', 1)
    const entry = await inSql(
      sql<object>`select * from message_queue where source_id = ${id} and account_id = ${accountId}`,
    )
    const sent: number[] = []
    const engine = engineWith(async (batch, context) => {
      sent.push(batch.length)
      await answerAll(accepted)(batch, context)
    })
    await drainAll(engine, id)
    await inSql(sql`insert into message_queue select * from jsonb_populate_record(null::message_queue,
      ${JSON.stringify(entry[0])}::jsonb)`)
    await drainAll(engine, id)
    expect(sent).toEqual([1])
    expect((await queueOf(id))?.n).toBe(0)
  })

  it('is repaired before a run may end: rows that fell out of it or of a lease come back', async () => {
    const { id } = await aRun('fallen', 4)
    await inSql(sql`delete from message_queue where account_id = ${accountId} and source_id = ${id}`)
    await inSql(sql`update messages set lease_id = uuid_v7(), lease_epoch = 1,
        state = case when address = 'fallen0@example.org' then 'handed' else 'claimed' end, handed_at = app_now()
      where account_id = ${accountId} and source_id = ${id} and address in ('fallen0@example.org', 'fallen1@example.org')`)
    expect(await openOf(id)).toEqual({ to_send: true, handed: false, unresolved: true })
    expect((await queueOf(id))?.n).toBe(3)
    await drainAll(engineWith(answerAll(accepted)), id)
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 3, uncertain: 1, balanced: true })
  })

  it('withholds rows under a reason, releases them, and takes back who is planned again', async () => {
    const { id, run } = await aRun('held', 10)
    const within = <T>(act: (trx: Parameters<typeof withholdRows>[0]) => Promise<T>) =>
      inAccount(app.db, accountId, act)
    await within((trx) => withholdRows(trx, run, { where: everyRow, reason: 'waits for the canary' }))
    expect(await drainChunk(engineWith(answerAll(accepted)), ref(id))).toBe(false)
    expect(await factorOf(id)).toBe('waits for the canary')
    expect(await openOf(id)).toMatchObject({ to_send: true })
    const two = sql<boolean>`q.recipient_key in (select recipient_key from message_queue
      where account_id = ${accountId} and source_id = ${id} order by 1 limit 2)`
    expect(await within((trx) => releaseRows(trx, run, { where: two, dueAt: null }))).toBe(2)
    await drainAll(engineWith(answerAll(later)), id)
    expect(await queueOf(id)).toMatchObject({ n: 10, due: 0 })
    expect(await within((trx) => enqueueRows(trx, run, { where: everyRow, dueAt: null }))).toBe(10)
    await drainAll(engineWith(answerAll(accepted)), id)
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 10 })
  })
})

describe('a lost lease', () => {
  /** A submit that has the batch in its hands until the test lets it answer. */
  const holding = () => {
    let let_go: (answer: SubmitAnswer) => void = () => {}
    const answer = new Promise<SubmitAnswer>((resolve) => {
      let_go = resolve
    })
    let context: SubmitContext | null = null
    const submit: Submit = async (batch, given) => {
      context = given
      await answerAll(await answer)(batch, given)
    }
    return { submit, letGo: (given: SubmitAnswer) => let_go(given), mayBegin: () => context?.mayBegin('x') }
  }
  const loseLease = async () => {
    await app.advance(61)
    await recoverExpiredLeases(deps)
  }

  it.each([
    ['the answer that comes after all decides', accepted, { accepted: 1, uncertain: 0, planned: 0 }, 1],
    [
      'what was never begun waits again, without an attempt',
      { kind: 'not_begun' },
      { planned: 1, uncertain: 0 },
      0,
    ],
    [
      'an answer that stays away leaves it uncertain',
      { kind: 'unanswered', code: '', text: '' },
      { uncertain: 1, uncertain_open: 1 },
      1,
    ],
  ] as const)('takes nothing from the truth: %s', async (_, answer, expected, attempts) => {
    const { id } = await aRun(`late${answer.kind}`, 1)
    const held = holding()
    const draining = drainChunk(engineWith(held.submit), ref(id))
    await expect.poll(async () => (await accountingOf(app, id)).handed).toBe(1)
    await loseLease()
    expect(await accountingOf(app, id)).toMatchObject({ uncertain: 1, handed: 0 })
    held.letGo(answer)
    await draining
    expect(await accountingOf(app, id)).toMatchObject(expected)
    const rows = await inSql(sql<{ attempts: number }>`select attempts from messages
      where account_id = ${accountId} and source_id = ${id}`)
    expect(rows[0]?.attempts).toBe(attempts)
    expect((await queueOf(id))?.n).toBe(answer.kind === 'not_begun' ? 1 : 0)
  })

  it('is one whose node beats on while nobody renews it: the thread that held it is gone', async () => {
    const { id } = await aRun('thread', 1)
    const nodeId = uuidV7(deps.clock.now())
    const beat = (beats: number) =>
      inSql(sql`insert into node_heartbeats (node_id, roles, host, process_id, started_at, seen_at, beats)
        values (${nodeId}, '{sender}', 'here', 1, app_now(), app_now(), ${beats})
        on conflict (node_id) do update set seen_at = app_now(), beats = ${beats}`)
    await beat(5)
    const never = new Promise<void>(() => {})
    void drainChunk(
      engineWith(() => never, { nodeId }),
      ref(id),
    )
    await expect.poll(async () => (await accountingOf(app, id)).handed).toBe(1)
    await inSql(sql`update leases set expires_at = app_now() - interval '1 second'
      where account_id = ${accountId} and source_id = ${id}`)
    await beat(14)
    await recoverExpiredLeases(deps)
    expect(await accountingOf(app, id)).toMatchObject({ handed: 1 })
    await beat(15)
    await recoverExpiredLeases(deps)
    expect(await accountingOf(app, id)).toMatchObject({ uncertain: 1 })
  })
})

describe('a batch', () => {
  it('of a run canceled meanwhile leaves nobody planned', async () => {
    const { id } = await aRun('cancel', 60)
    await drainChunk(
      engineWith(async (batch, context) => {
        await inAccount(app.db, accountId, async (trx) => {
          await sql`update campaigns set status = 'canceled', gate = 'closed'
            where account_id = ${accountId} and id = ${id}`.execute(trx)
          await suppressOpenRows(trx, accountId, id)
        })
        await answerAll(later)(batch, context)
      }),
      ref(id),
    )
    expect(await accountingOf(app, id)).toMatchObject({ planned: 0, claimed: 0, handed: 0, suppressed: 60 })
    expect((await queueOf(id))?.n).toBe(0)
  })

  it('tells of refused recipients in the transaction that records them, once', async () => {
    const { id } = await aRun('refused', 3)
    const told: Refusal[] = []
    const submit: Submit = async (batch, context) => {
      for (const { messageId, recipient } of batch)
        context.report(
          messageId,
          recipient.startsWith('refused1')
            ? { kind: 'permanent', code: '550', class: 'unknown_user', text: '550 5.1.1 no' }
            : accepted,
        )
    }
    await drainAll(
      engineWith(submit, {
        noteRefusals: async (_trx, _deps, _account, refusals) => void told.push(...refusals),
      }),
      id,
    )
    expect(told).toMatchObject([
      {
        sourceId: id,
        address: 'refused1@example.org',
        class: 'unknown_user',
        code: '550',
        origin: 'campaign',
      },
    ])
  })

  it('sends on whom the receiver takes now and puts the others back with the reason, without an attempt', async () => {
    const { id } = await aRun('shaped', 4)
    const noted: unknown[] = []
    const route = {
      ...routeWith(answerAll(accepted)),
      admit: async (_trx: unknown, rows: readonly { recipientKey: string; domain: string | null }[]) => ({
        now: rows.slice(0, 1).map((row) => row.recipientKey),
        later: rows.slice(1).map((row) => ({
          key: row.recipientKey,
          seconds: 30,
          factor: `receiver ${row.domain} deferring`,
        })),
      }),
      noteAnswers: async (answers: readonly unknown[]) => void noted.push(...answers),
    }
    const engine = engineWith(answerAll(accepted), { resolveRoutes: async () => [route] })
    await drainChunk(engine, ref(id))
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 1, planned: 3, claimed: 0 })
    expect(await factorOf(id)).toBe('receiver example.org deferring')
    expect(await queueOf(id)).toMatchObject({ n: 3, due: 0, withheld: 'receiver example.org deferring' })
    expect(noted).toMatchObject([{ domain: 'example.org', answer: { kind: 'accepted' } }])
    await app.advance(31)
    await drainChunk(engine, ref(id))
    expect(await accountingOf(app, id)).toMatchObject({ accepted: 2, planned: 2 })
  })
})
