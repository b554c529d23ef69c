import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { LookupAnswer } from '../../channels/channel.ts'
import { inAccount } from '../../db/pool.ts'
import { type Asker, askAboutUncertain, resolveOverdueUncertain } from '../../messages/index.ts'
import { startTestApp } from '../../test/app.ts'
import { answering, campaignOf, figuresOf, hard, later, people, sendingWith } from '../test/sending.ts'

const app = await startTestApp()
const { owner, other, nobody, accountId } = app
const sending = sendingWith(app, answering({ lost: null, later, hard }))
const inSql = (statement: ReturnType<typeof sql>) =>
  inAccount(app.db, accountId, (trx) => statement.execute(trx))
const rowsOf = async (id: string, query = '') =>
  (await owner.get(`/campaigns/${id}/messages?limit=1000${query}`)).body.data

describe('rows that wait for another attempt', () => {
  it('leave at once, or are given up, as chosen', async () => {
    const id = await sending.start([...people('later', 6), ...people('ok', 2)])
    await sending.drain(id)
    const waiting = await rowsOf(id, '&state=planned')
    expect(waiting).toHaveLength(6)
    const [first, second] = waiting
    const retried = await owner.post(`/campaigns/${id}/messages/retry`, {
      filter: { message_ids: [first.message_id] },
    })
    expect(retried.body).toEqual({ changed: 1 })
    await sending.drain(id)
    const after = await rowsOf(id, '&state=planned')
    expect(after.find((row: { message_id: string }) => row.message_id === first.message_id).attempts).toBe(2)
    const stopped = await owner.post(`/campaigns/${id}/messages/stop`, {
      filter: { message_ids: [second.message_id] },
    })
    expect(stopped.body).toEqual({ changed: 1 })
    expect((await owner.post(`/campaigns/${id}/messages/stop`)).body).toEqual({ changed: 5 })
    await sending.sweep()
    expect(await figuresOf(app, id)).toMatchObject({
      status: 'finished',
      accepted: 2,
      suppressed_by_reason: { canceled: 6 },
      balanced: true,
    })
    const over = await owner.post(`/campaigns/${id}/messages/retry`)
    expect([over.status, over.body.code]).toEqual([409, 'campaign_state_conflict'])
  })

  it('are those of one receiver when a domain is chosen', async () => {
    const id = await sending.start(['later1@a.example', 'later2@b.example', 'later3@A.example'])
    await sending.drain(id)
    const { body } = await owner.post(`/campaigns/${id}/messages/stop`, { filter: { domain: 'a.example' } })
    expect(body).toEqual({ changed: 2 })
  })

  it('belong to their account and need somebody who may send', async () => {
    const id = await sending.start(people('later', 1))
    for (const path of ['messages/retry', 'messages/stop']) {
      expect((await other.post(`/campaigns/${id}/${path}`)).status).toBe(404)
      expect((await nobody.post(`/campaigns/${id}/${path}`)).status).toBe(401)
    }
    const refused = await owner.post(`/campaigns/${id}/messages/retry`, { filter: { message_ids: [] } })
    expect(refused.status).toBe(422)
  })
})

describe('an open message whose answer was lost', () => {
  const resolve = (id: string, action: string, filter?: object) =>
    owner.post(`/campaigns/${id}/uncertain/resolve`, {
      action,
      reason: 'The provider told us by telephone',
      ...(filter ? { filter } : {}),
    })

  it('is decided by a person: accepted, missed, or once more', async () => {
    const id = await sending.start([...people('lost', 4), ...people('ok', 1)])
    await sending.drain(id)
    const [one, two] = await rowsOf(id, '&state=uncertain')
    expect((await resolve(id, 'mark_accepted', { message_ids: [one.message_id] })).body).toEqual({
      resolved: 1,
      uncertain_open: 3,
    })
    expect((await resolve(id, 'mark_missed', { message_ids: [two.message_id] })).body).toEqual({
      resolved: 1,
      uncertain_open: 2,
    })
    expect((await resolve(id, 'mark_missed', { message_ids: [one.message_id] })).body.resolved).toBe(0)
    expect((await resolve(id, 'repeat')).body).toEqual({ resolved: 2, uncertain_open: 0 })
    const repeated = await rowsOf(id, '&state=planned')
    expect(repeated.map((row: { flags: string[] }) => row.flags)).toEqual([
      ['possible_duplicate'],
      ['possible_duplicate'],
    ])
    expect(await figuresOf(app, id)).toMatchObject({
      accepted: 2,
      uncertain: 1,
      planned: 2,
      uncertain_resolved: { accepted: 1, missed: 1, repeated: 2 },
      balanced: true,
    })
  })

  it('of a canceled run is not sent again, but may be marked', async () => {
    const id = await sending.start(people('lost', 1))
    await sending.drain(id)
    await owner.post(`/campaigns/${id}/cancel`)
    expect((await resolve(id, 'repeat')).status).toBe(409)
    expect((await resolve(id, 'mark_accepted')).body.resolved).toBe(1)
    expect(await figuresOf(app, id)).toMatchObject({ status: 'canceled', accepted: 1, balanced: true })
  })

  it('needs a reason, and somebody of the account', async () => {
    const id = await sending.start(people('lost', 1))
    expect((await owner.post(`/campaigns/${id}/uncertain/resolve`, { action: 'repeat' })).status).toBe(422)
    expect(
      (await other.post(`/campaigns/${id}/uncertain/resolve`, { action: 'repeat', reason: 'why' })).status,
    ).toBe(404)
  })
})

describe('a provider that can be asked', () => {
  const asked: string[][] = []
  const asker = (answers: Readonly<Record<string, LookupAnswer>>): Asker => ({
    lookup: async (questions) => {
      asked.push(questions.map((question) => question.messageId))
      return new Map(
        questions.flatMap(({ messageId }) => {
          const address = addressOf.get(messageId) ?? ''
          const answer = answers[/^[a-z]+/.exec(address.slice('lost-'.length))?.[0] ?? '']
          return answer ? [[messageId, answer] as const] : []
        }),
      )
    },
  })
  const addressOf = new Map<string, string>()
  /** Ages what is open: the clock of the whole program would make its own sweep ask as well. */
  const age = async (id: string, seconds: number) => {
    const by = sql`make_interval(secs => ${seconds})`
    await inSql(
      sql`update messages set handed_at = handed_at - ${by} where account_id = ${accountId} and source_id = ${id}`,
    )
    await inSql(
      sql`update uncertain_asks set next_ask_at = next_ask_at - ${by} where account_id = ${accountId} and source_id = ${id}`,
    )
  }
  const sweep = async (given: Asker) => {
    await askAboutUncertain(async () => given)(app.deps)
    await resolveOverdueUncertain(app.deps)
  }

  it('turns every lost answer into a known one; the policy decides nothing meanwhile', async () => {
    const id = await sending.start([
      'lost-taken@a.example',
      'lost-refused@a.example',
      'lost-unknown@a.example',
      'lost-busy@a.example',
    ])
    await sending.drain(id)
    for (const row of await rowsOf(id)) addressOf.set(row.message_id, row.address)
    const given = asker({
      taken: { kind: 'accepted' },
      refused: { kind: 'rejected', code: '550', class: 'unknown_user', text: '550 no' },
      unknown: { kind: 'not_found' },
      busy: { kind: 'not_yet' },
    })
    await age(id, 29)
    await sweep(given)
    expect(asked).toHaveLength(0)
    await age(id, 2)
    await sweep(given)
    expect(asked.map((ids) => ids.length)).toEqual([4])
    expect(await figuresOf(app, id)).toMatchObject({ accepted: 1, rejected: 1, uncertain_open: 2 })
    // Two minutes, ten minutes; the unknown one is taken as not sent after fifteen.
    await age(id, 90)
    await sweep(given)
    await age(id, 480)
    await sweep(given)
    expect(asked.map((ids) => ids.length)).toEqual([4, 2, 2])
    await age(id, 301)
    await sweep(given)
    expect(await figuresOf(app, id)).toMatchObject({ planned: 1, uncertain_open: 1 })
    const [again] = await rowsOf(id, '&state=planned')
    expect(again).toMatchObject({ flags: [], resolution: null })
    // The busy one is asked once more after an hour; then the policy has its turn.
    await age(id, 2_700)
    await sweep(given)
    expect(await figuresOf(app, id)).toMatchObject({ uncertain_open: 0, uncertain_resolved: { missed: 1 } })
  })

  it('that takes an id twice is given it again without a doubt', async () => {
    const id = await sending.start(people('lost', 2))
    await sending.drain(id)
    await age(id, 31)
    await sweep({ idempotentSeconds: 3_600 })
    expect(
      (await rowsOf(id)).map((row: { state: string; flags: string[] }) => [row.state, row.flags]),
    ).toEqual([
      ['planned', []],
      ['planned', []],
    ])
    const old = await sending.start(people('lost', 1))
    await sending.drain(old)
    await age(old, 120)
    await sweep({ idempotentSeconds: 60 })
    expect(await figuresOf(app, old)).toMatchObject({ uncertain_open: 1 })
  })
})

describe('the proof of a run', () => {
  it('holds every row, both sides of the account, and the hash of all above', async () => {
    const id = await sending.start([...people('ok', 1_003), ...people('hard', 2)])
    await sending.drain(id)
    await sending.sweep()
    const { status, raw, headers } = await owner.get(`/campaigns/${id}/proof`)
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const lines = raw.split('\r\n')
    expect(lines.filter((line) => /,(accepted|rejected),/.test(line))).toHaveLength(1_005)
    const at = raw.lastIndexOf('sha256,')
    const digest = createHash('sha256').update(raw.slice(0, at)).digest('hex')
    expect(raw.slice(at)).toBe(`sha256,${digest}\r\n`)
    expect(lines).toEqual(
      expect.arrayContaining(['audience,1005', 'accepted,1003', 'rejected,2', 'balanced,true']),
    )
  })

  it('of many rows asks for a fresh confirmation; another account gets nothing', async () => {
    const id = await sending.start(people('ok', 1))
    expect((await other.get(`/campaigns/${id}/proof`)).status).toBe(404)
    expect((await nobody.get(`/campaigns/${id}/proof`)).status).toBe(401)
    await inSql(sql`insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id, state)
      select ${accountId}, ${id}, uuid_v7()::text, 'email', date_trunc('month', app_now() at time zone 'UTC')::date, 'campaign',
        uuid_v7(), 'suppressed' from generate_series(1, 10001)`)
    expect((await owner.get(`/campaigns/${id}/proof`)).body.code).toBe('step_up_required')
  })
})

describe('an account that does not balance', () => {
  it('names who is missing and who is too many, page by page and as a file, and ends when it is put right', async () => {
    const id = await sending.start(people('ok', 5))
    await sending.drain(id)
    const stray = '00000000-0000-7000-8000-0000000000ff'
    await inSql(
      sql`delete from messages where account_id = ${accountId} and source_id = ${id} and address like 'ok3@%'`,
    )
    await inSql(sql`insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id,
        address, state) values (${accountId}, ${id}, ${stray}, 'email', date_trunc('month', app_now() at time zone 'UTC')::date,
        'campaign', uuid_v7(), 'stray@x.example', 'accepted')`)
    await sending.sweep()
    expect(await campaignOf(app, id)).toMatchObject({
      status: 'failed',
      status_reason: 'accounting_mismatch',
    })
    const told = await nobody.send({ method: 'GET', url: '/test/outbox?kind=accounting_mismatch' })
    expect(told.body.data).toMatchObject([{ to: 'owner@acme.test' }])
    const page = (await owner.get(`/campaigns/${id}/accounting/differences?limit=1`)).body
    expect(page).toMatchObject({
      has_more: true,
      data: [{ kind: 'missing', address: expect.stringMatching(/^ok3@/) }],
    })
    const rest = (await owner.get(`/campaigns/${id}/accounting/differences?cursor=${page.next_cursor}`)).body
    expect(rest.data).toMatchObject([{ kind: 'surplus', address: 'stray@x.example' }])
    const file = (await owner.get(`/campaigns/${id}/accounting/differences.csv`)).raw.trim().split('\r\n')
    expect(file.map((line) => line.split(',')[0]).slice(1)).toEqual(['missing', 'surplus'])
    expect((await owner.post(`/campaigns/${id}/resume`)).body.code).toBe('cause_still_present')
    await inSql(sql`update messages set recipient_key = (select contact_id::text from audience_members a where
        a.account_id = ${accountId} and a.campaign_id = ${id} and not exists (select from messages m where
        m.account_id = ${accountId} and m.source_id = ${id} and m.recipient_key = a.contact_id::text))
      where account_id = ${accountId} and source_id = ${id} and recipient_key = ${stray}`)
    expect((await owner.post(`/campaigns/${id}/resume`)).body.status).toBe('sending')
    await sending.sweep()
    expect((await campaignOf(app, id)).status).toBe('finished')
    expect((await other.get(`/campaigns/${id}/accounting/differences`)).status).toBe(404)
  })
})
