import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { magicWords } from '../channels/email/simulator/contract.ts'
import { password } from '../test/app.ts'
import { makeProgram } from '../test/program.ts'
import { made } from '../test/program-run.ts'

/** The whole program as a process of its own: sender, worker and content origin as they run anywhere. */
const program = await makeProgram()
const accounts = [{ name: 'Acme', users: [{ email: 'owner@acme.test', password, roles: ['owner'] }] }]
beforeAll(async () => {
  await program.start()
  await made(program, '/test/seed', { reset: true, accounts })
  await program.signIn('owner@acme.test')
})

const get = async (path: string) => (await program.call('GET', path)).body
const until = (what: () => Promise<unknown>, timeout = 30_000) =>
  expect.poll(what, { timeout, interval: 200 })

const aGroupOf = async (name: string, addresses: readonly string[]): Promise<string> => {
  const group = await made(program, '/groups', { name })
  for (const email of addresses) await made(program, '/contacts', { email, groups_add: [group.id] })
  return group.id
}

const content = {
  subject: 'News',
  html: '<p>Hello</p><a href="https://shop.test/a">a</a> <a href="https://shop.test/b">b</a>',
}
const send = async (groupId: string, name: string): Promise<string> => {
  const campaign = await made(program, '/campaigns', {
    channel: 'email',
    name,
    content,
    audience: { group_ids: [groupId] },
  })
  await made(program, `/campaigns/${campaign.id}/send`, {})
  return campaign.id
}

type Row = {
  address: string
  state: string
  reason: string | null
  delivery_status: string
  flags: string[]
  attempts: number
}
const rowsOf = async (id: string): Promise<Row[]> => (await get(`/campaigns/${id}/messages?limit=1000`)).data
const wordOf = ({ address }: Row): string => address.split('@')[0] ?? ''
const byWord = async (id: string) => {
  const rows = await rowsOf(id)
  return Object.fromEntries(
    rows.map((row) => [
      wordOf(row),
      [row.state, row.reason, row.delivery_status, ...row.flags].filter((part) => part !== null).join(' '),
    ]),
  )
}
const openMails = async (id: string): Promise<number> => (await get(`/campaigns/${id}/accounting`)).planned

const afterFirstSend = {
  ok: 'accepted delivered',
  hard: 'rejected unknown_user undelivered',
  soft: 'planned deferred',
  full: 'planned deferred',
  defer: 'planned deferred',
  spam: 'rejected spam undelivered',
  'late-bounce': 'accepted unknown_user undelivered bounced_later',
  complain: 'accepted delivered complained',
  ooo: 'accepted delivered',
  human: 'accepted delivered',
  scanner: 'accepted delivered',
  proxy: 'accepted delivered',
  cut: 'uncertain submitted',
  slow: 'accepted delivered',
}

test('a fresh installation shows every state, with nothing set up', async () => {
  const group = await aGroupOf(
    'Magic',
    magicWords.map((word) => `${word}@sim.campanile.test`),
  )
  const id = await send(group, 'First')
  const answered = { accepted: 8, rejected: 2, uncertain: 1 }
  await until(() => get(`/campaigns/${id}/accounting`)).toMatchObject(answered)
  // What recipients are going to do is in the database, not in the process.
  await program.kill()
  await program.start()
  await program.advance(15)
  await until(() => byWord(id)).toEqual(afterFirstSend)
  await until(async () => (await get(`/campaigns/${id}/report`)).counts).toMatchObject({
    audience: 14,
    accepted: 8,
    rejected: 2,
    uncertain: 1,
    pending: 3,
    delivered: 7,
    bounced_later: 1,
    hard_bounced: 2,
    spam_bounced: 1,
    complained: 1,
    opened_all: 3,
    clicked_all: 2,
  })
  const mails = (await get(`/simulator/messages?campaign_id=${id}&limit=100`)).data
  const did = Object.fromEntries(
    mails.map((mail: { to: { email: string }; events: { kind: string }[] }) => [
      mail.to.email.split('@')[0],
      mail.events.map(({ kind }) => kind).join(' '),
    ]),
  )
  expect(did).toEqual({
    ok: '',
    cut: '',
    slow: '',
    human: 'open click',
    scanner: 'scan',
    proxy: 'prefetch',
    ooo: 'out_of_office',
    complain: 'spam',
    'late-bounce': 'dsn',
  })

  await program.advance(400)
  await until(async () => (await rowsOf(id)).find((row) => wordOf(row) === 'defer')?.attempts).toBe(2)
  await program.advance(1_200)
  await until(async () => (await byWord(id))['defer']).toBe('accepted delivered')

  const again = await send(group, 'Second')
  await until(async () => (await get(`/campaigns/${again}/accounting`)).suppressed_by_reason).toEqual({
    hard_bounced: 2,
    complained: 1,
  })
  expect((await get(`/campaigns/${again}/accounting`)).balanced).toBe(true)
}, 120_000)

/** The same numbers in every run: a failure can be looked at again. */
const dice = (seed: string) => {
  let n = 0
  return (sides: number): number => {
    n += 1
    return createHash('sha256').update(`${seed} ${n}`).digest().readUInt32BE(0) % sides
  }
}

test('report and ledger tell the same after many events in random order and with repeats', async () => {
  const people = Array.from({ length: 60 }, (_, n) => `person${n}@example.com`)
  const id = await send(await aGroupOf('Many', people), 'Random')
  await until(() => openMails(id)).toBe(0)
  await until(async () => (await get(`/campaigns/${id}/accounting`)).accepted).toBe(60)
  const mails: { id: string; message_id: string }[] = (
    await get(`/simulator/messages?campaign_id=${id}&limit=100`)
  ).data
  expect(mails).toHaveLength(60)
  const roll = dice('campanile')
  const kinds = ['open', 'click', 'scan', 'one_click', 'spam', 'dsn', 'reply'] as const
  const acts = mails.flatMap(({ id: mail }) =>
    kinds
      .filter((kind) => roll(kind === 'open' ? 2 : 6) === 0)
      .flatMap((kind) =>
        Array.from({ length: 1 + roll(3) }, () => ({ id: mail, kind, at: roll(1_000_000) })),
      ),
  )
  const shuffled = acts.toSorted((left, right) => left.at - right.at)
  const did = (...wanted: string[]) =>
    new Set(acts.filter(({ kind }) => wanted.includes(kind)).map((act) => act.id))
  const lane = async () => {
    for (let act = shuffled.pop(); act; act = shuffled.pop())
      await made(program, '/simulator/events', { id: act.id, kind: act.kind })
  }
  await Promise.all([lane(), lane(), lane(), lane()])

  const counts = async () => (await get(`/campaigns/${id}/report`)).counts
  const ledger = async () => {
    const rows = await rowsOf(id)
    const count = (is: (row: Row) => boolean): number => rows.filter(is).length
    return {
      accepted: count(({ state }) => state === 'accepted'),
      delivered: count((row) => row.state === 'accepted' && row.delivery_status === 'delivered'),
      bounced_later: count(({ flags }) => flags.includes('bounced_later')),
      complained: count(({ flags }) => flags.includes('complained')),
      unsubscribed: count(({ flags }) => flags.includes('unsubscribed')),
    }
  }
  await until(counts).toMatchObject({
    complained: did('spam').size,
    bounced_later: did('dsn').size,
    opened_all: did('open', 'scan').size,
    clicked_all: did('click', 'scan').size,
  })
  expect(await counts()).toMatchObject(await ledger())
  const accounting = await get(`/campaigns/${id}/accounting`)
  expect(accounting).toMatchObject({ audience: 60, accepted: 60, sum: 60, balanced: true })
  expect(accounting.delivered).toBe((await counts()).delivered)
  expect((await counts()).hard_bounced).toBe(did('dsn').size)
}, 120_000)
