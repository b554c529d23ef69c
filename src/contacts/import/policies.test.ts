import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { importAll } from './test/import-file.ts'

const app = await startTestApp({ jobs: true })
const { owner } = app

const byEmail = async (email: string) => (await owner.get(`/contacts/by/email/${email}`)).body
const inSql = (statement: ReturnType<typeof sql>) =>
  inAccount(app.db, app.accountId, (trx) => statement.execute(trx))

const prepare = async (key: string) => {
  const group = (await owner.post('/groups', { name: `Group ${key}` })).body
  for (const state of ['active', 'archived']) {
    const made = await owner.post('/contacts', { email: `${state}-${key}@example.org`, first_name: 'Old' })
    if (state === 'archived')
      await inSql(sql`update contacts set state = 'archived', archived_at = app_now(), archive_reason = 'other'
        where account_id = ${app.accountId} and id = ${made.body.id}`)
  }
  return group.id as string
}

const nameOf = (row: { result: string; code: string | null }) =>
  row.code ? `${row.result} ${row.code}` : row.result

describe('the table of row policies', () => {
  test.each([
    [
      'only_new',
      true,
      ['inserted', 'skipped exists', 'skipped archived'],
      ['New', 'Old', 'Old'],
      [true, false, false],
    ],
    [
      'all',
      false,
      ['inserted', 'group_only', 'skipped archived'],
      ['New', 'Old', 'Old'],
      [true, true, false],
    ],
    ['all', true, ['inserted', 'updated', 'skipped archived'], ['New', 'New', 'New'], [true, true, false]],
    [
      'only_existing',
      true,
      ['skipped not_found', 'updated', 'updated'],
      [undefined, 'New', 'New'],
      [false, true, false],
    ],
  ])('%s, update existing: %s', async (rows, update, results, names, members) => {
    const key = `${rows}-${update}`.replace('_', '-')
    const groupId = await prepare(key)
    const emails = ['new', 'active', 'archived'].map((state) => `${state}-${key}@example.org`)
    const ended = await importAll(
      owner,
      `email;first_name\n${emails.map((email) => `${email};New`).join('\n')}\n`,
      {
        settings: { rows, update_existing: update, group_ids: [groupId] },
      },
    )
    expect(ended.rows.map(nameOf)).toEqual(results)
    const found = await Promise.all(emails.map(byEmail))
    expect(found.map((contact) => contact.first_name)).toEqual(names)
    expect(found.map((contact) => (contact.groups ?? []).length > 0)).toEqual(members)
    expect(found[2].state).toBe('archived')
    const { counts } = ended
    const sum =
      counts.inserted +
      counts.updated +
      counts.unchanged +
      counts.group_only +
      counts.skipped +
      counts.rejected
    expect(sum).toBe(3)
    expect((await owner.get(`/groups/${groupId}`)).body.member_count).toBe(members.filter(Boolean).length)
  })

  test('the same file again changes nothing', async () => {
    const text = 'email;first_name;phone\nsame1@example.org;A;+48600111001\nsame2@example.org;;\n'
    await importAll(owner, text)
    const before = await byEmail('same1@example.org')
    const again = await importAll(owner, text)
    expect(again.counts).toMatchObject({ unchanged: 2, updated: 0 })
    expect(await byEmail('same1@example.org')).toEqual(before)
  })

  test('blank cells keep the old value, or clear it', async () => {
    await owner.post('/fields', { name: 'city', type: 'text' })
    await owner.post('/contacts', {
      email: 'blank@example.org',
      first_name: 'A',
      company: 'C',
      fields: { city: 'Łódź' },
    })
    const text = 'email;first_name;city\nblank@example.org;;\n'
    expect((await importAll(owner, text)).counts).toMatchObject({ unchanged: 1 })
    expect((await importAll(owner, text, { settings: { blank: 'clear' } })).counts).toMatchObject({
      updated: 1,
    })
    expect(await byEmail('blank@example.org')).toMatchObject({ first_name: null, company: 'C', fields: {} })
    const { id } = await byEmail('blank@example.org')
    const history = (await owner.get(`/contacts/${id}/changes`)).body.data
    expect(history.map((entry: { field: string }) => entry.field).sort()).toEqual([
      'fields.city',
      'first_name',
    ])
    expect(history[0].actor.kind).toBe('import')
  })

  test('keys of different contacts are ambiguous; two rows for one contact are the same person', async () => {
    await owner.post('/contacts', { email: 'amb1@example.org', phone: '+48600222001' })
    await owner.post('/contacts', { external_id: 'AMB-2' })
    const ended = await importAll(
      owner,
      'external_id;email;phone;first_name\nAMB-2;amb1@example.org;;X\n;amb1@example.org;;First\n;;600222001;Second\n',
      { settings: { duplicates: 'last' } },
    )
    // The first row is out by its e-mail already: it names a person who comes again later.
    expect(ended.rows.map(nameOf)).toEqual([
      'skipped duplicate_in_file',
      'skipped duplicate_in_file',
      'updated',
    ])
    const alone = await importAll(owner, 'external_id;email\nAMB-2;amb1@example.org\n')
    expect(alone.rows.map(nameOf)).toEqual(['rejected ambiguous_match'])
  })

  test('restricted and erased persons are left alone', async () => {
    const { id } = (await owner.post('/contacts', { email: 'restricted@example.org', first_name: 'Old' }))
      .body
    await inSql(
      sql`update contacts set state = 'restricted' where account_id = ${app.accountId} and id = ${id}`,
    )
    await owner.post('/suppressions', {
      items: [
        { channel: 'email', address: 'gone@example.org' },
        { channel: 'email', address: 'bad@example.org' },
      ],
    })
    await inSql(sql`update suppressions set reason = 'erased', address = null
      where account_id = ${app.accountId} and address = 'gone@example.org'`)
    const ended = await importAll(
      owner,
      'email;first_name\nrestricted@example.org;New\nGone@example.org;New\nbad@example.org;New\n',
    )
    expect(ended.rows.map(nameOf)).toEqual([
      'rejected contact_restricted',
      'rejected address_erased',
      'inserted',
    ])
    expect((await byEmail('restricted@example.org')).first_name).toBe('Old')
    expect((await byEmail('gone@example.org')).code).toBe('not_found')
    expect((await byEmail('bad@example.org')).channels.email).toMatchObject({
      suppressed: true,
      suppression_reason: 'blacklisted_address',
    })
  })
})

describe('what an import never takes back', () => {
  test('an unsubscribed person stays unsubscribed, a blocked channel blocked, a left group left, in all policies', async () => {
    const group = (await owner.post('/groups', { name: 'Left' })).body
    const { id } = (await owner.post('/contacts', { email: 'firm@example.org', groups_add: [group.id] })).body
    await owner.post(`/contacts/${id}/unsubscribe`, { channel: 'email' })
    await owner.post(`/contacts/${id}/block`, { channel: 'sms' })
    await inSql(sql`update contact_group_members set state = 'left', left_at = app_now()
      where account_id = ${app.accountId} and contact_id = ${id}`)
    for (const settings of [
      { rows: 'all', update_existing: true },
      { rows: 'all', update_existing: false },
      { rows: 'only_new' },
      { rows: 'only_existing' },
    ])
      await importAll(owner, `email;first_name\nfirm@example.org;${settings.rows}\n`, {
        settings: {
          ...settings,
          group_ids: [group.id],
          legal_basis: { basis: 'consent', channels: ['email', 'sms'], source_text: 'Trade fair' },
        },
      })
    const contact = await byEmail('firm@example.org')
    expect(contact.groups).toEqual([{ id: group.id, name: 'Left', state: 'left' }])
    expect(contact.channels.email.unsubscribed_at).not.toBeNull()
    expect(contact.channels.email.consent.marketing).toBe('withdrawn')
    expect(contact.channels.sms.blocked_at).not.toBeNull()
    expect((await owner.get(`/groups/${group.id}`)).body.member_count).toBe(0)
    const answer = await owner.get(`/contacts/${id}/sendability?channel=email`)
    expect(answer.body).toMatchObject({ eligible: false, reason: 'unsubscribed' })
  })

  test('a withdrawn consent comes back only with a date after the withdrawal', async () => {
    const made = await owner.post('/contacts', {
      email: 'withdrawn@example.org',
      consent: [{ channel: 'email', state: 'withdrawn', at: '2026-03-01T00:00:00Z' }],
    })
    const run = (name: string, at?: string) =>
      importAll(owner, `email;first_name\nwithdrawn@example.org;${name}\n`, {
        settings: {
          legal_basis: { basis: 'consent', channels: ['email'], source_text: 'List', ...(at ? { at } : {}) },
        },
      })
    const state = async () =>
      (await owner.get(`/contacts/${made.body.id}`)).body.channels.email.consent.marketing
    await run('A')
    expect(await state()).toBe('withdrawn')
    await run('B', '2026-02-01T00:00:00Z')
    expect(await state()).toBe('withdrawn')
    await run('C', '2026-04-01T00:00:00Z')
    expect(await state()).toBe('granted')
  })
})

describe('legal basis', () => {
  test.each([
    [
      { basis: 'consent', channels: ['email', 'sms'], source_text: 'Fair in Kraków, 2026' },
      'granted',
      'consent',
    ],
    [
      { basis: 'legitimate_interest', channels: ['email'], source_text: 'Customers since 2020' },
      'unknown',
      'legitimate_interest',
    ],
    [{ basis: 'unknown', channels: ['email'] }, 'unknown', 'unknown'],
    [undefined, 'unknown', 'unknown'],
  ])('%j stands in the ledger of every imported contact', async (basis, state, ledgerBasis) => {
    const key = `basis-${basis?.basis ?? 'none'}`
    const ended = await importAll(owner, `email\n${key}-1@example.org\n${key}-2@example.org\n`, {
      settings: basis ? { legal_basis: basis } : {},
    })
    for (const n of [1, 2]) {
      const contact = await byEmail(`${key}-${n}@example.org`)
      expect(contact.channels.email).toMatchObject({
        consent: { marketing: state },
        basis: { marketing: ledgerBasis },
      })
      const ledger = (await owner.get(`/contacts/${contact.id}/consents?channel=email`)).body.data
      expect(ledger).toHaveLength(1)
      expect(ledger[0]).toMatchObject({ state, basis: ledgerBasis, source: 'import', purpose: 'marketing' })
      expect(ledger[0].proof).toMatchObject({ import_id: ended.id, file_sha256: ended.sha256, line: n + 1 })
      expect(ledger[0].proof.text).toBe(basis && 'source_text' in basis ? basis.source_text : undefined)
    }
  })

  test('each row may state its own consent', async () => {
    await importAll(
      owner,
      'email;consent;consent date;consent source\nyes@example.org;tak;01.05.2026;Form\nno@example.org;nie;;\nnone@example.org;;;\n',
      {
        settings: {
          legal_basis: { basis: 'legitimate_interest', channels: ['email'], source_text: 'Customers' },
        },
      },
    )
    const states = await Promise.all(
      ['yes', 'no', 'none'].map(async (name) => (await byEmail(`${name}@example.org`)).channels.email),
    )
    expect(states.map((channel) => [channel.consent.marketing, channel.basis.marketing])).toEqual([
      ['granted', 'consent'],
      ['withdrawn', 'legitimate_interest'],
      ['unknown', 'legitimate_interest'],
    ])
    const { id } = await byEmail('yes@example.org')
    expect((await owner.get(`/contacts/${id}/consents`)).body.data[0]).toMatchObject({
      at: '2026-05-01T00:00:00.000Z',
      proof: { text: 'Form' },
    })
  })

  test('a contact of unknown basis may be written to until consent is required; a withdrawn one never', async () => {
    await importAll(owner, 'email;consent\nopen@example.org;\nsaidno@example.org;withdrawn\n')
    const ask = async (email: string) => {
      const { id } = await byEmail(email)
      return (await owner.get(`/contacts/${id}/sendability?channel=email`)).body.reason
    }
    expect([await ask('open@example.org'), await ask('saidno@example.org')]).toEqual([null, 'no_consent'])
    await owner.patch('/account', { require_consent: { email: true } })
    expect([await ask('open@example.org'), await ask('saidno@example.org')]).toEqual([
      'no_consent',
      'no_consent',
    ])
    await owner.patch('/account', { require_consent: { email: false } })
  })
})
