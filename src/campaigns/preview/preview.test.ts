import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { password, startTestApp } from '../../test/app.ts'
import { listTestRows } from '../test/queries.ts'
import { aCampaign, aContact, aGroup, content } from '../test/world.ts'

const app = await startTestApp()
const { owner, other } = app

const group = await aGroup(owner)
const people: string[] = []
for (const first_name of ['Ann', 'Ben & Co', 'Cid']) {
  people.push(
    await aContact(owner, {
      first_name,
      groups_add: [group],
      email: `${first_name.slice(0, 3)}@example.org`,
    }),
  )
}
const [ann, ben, cid] = people.toSorted()
const outsider = await aContact(owner, { first_name: 'Zoe' })
const html =
  '<p>Hello {{ contact.first_name }} {{ contact.company }}</p><script>x</script><a href="https://x.test">x</a>'
const campaign = await aCampaign(owner, {
  audience: { group_ids: [group] },
  content: { ...content, preheader: 'Look, {{ FirstName }}', html, text: null },
})
const preview = async (query = '') => (await owner.get(`/campaigns/${campaign}/preview${query}`)).body

describe('a preview', () => {
  test('shows the message as one contact gets it', async () => {
    const shown = await preview(`?contact_id=${ben}`)
    const name = shown.contact.name
    expect(shown).toMatchObject({
      contact: { id: ben },
      previous_contact_id: ann,
      next_contact_id: cid,
      subject: `News for ${name}`,
      preheader: `Look, ${name}`,
      missing: ['contact.company'],
      errors: [],
    })
    expect(shown.text).toContain(`Hello ${name}`)
    expect(shown.from.email).toContain('@')
    expect(shown.html_bytes).toBeGreaterThan(100)
  })

  test('begins with the first of the audience and ends with the last', async () => {
    expect(await preview()).toMatchObject({
      contact: { id: ann },
      previous_contact_id: null,
      next_contact_id: ben,
    })
    expect(await preview(`?contact_id=${cid}`)).toMatchObject({
      previous_contact_id: ben,
      next_contact_id: null,
    })
    expect((await preview(`?contact_id=${outsider}`)).contact.name).toBe('Zoe')
  })

  test('shows its HTML on the content origin alone, sandboxed and without counting', async () => {
    const { url } = await preview(`?contact_id=${ben}`)
    expect(url.startsWith(`${app.deps.config.contentUrl}/`)).toBe(true)
    const page = await app.content.inject({
      url: new URL(url).pathname,
      headers: { host: new URL(url).host },
    })
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain('sandbox')
    expect(page.body).toContain('Hello ')
    expect(page.body).toContain('href="https://x.test"')
    expect(page.body).not.toContain('/o/')
    expect((await owner.send({ method: 'GET', url: new URL(url).pathname })).status).toBe(404)
    const forged = `${new URL(url).pathname.slice(0, -2)}AA`
    expect((await app.content.inject({ url: forged, headers: { host: new URL(url).host } })).statusCode).toBe(
      404,
    )
  })

  test('without audience walks through all contacts; without content there is nothing to show', async () => {
    const id = await aCampaign(owner, { content: undefined })
    const { body } = await owner.get(`/campaigns/${id}/preview`)
    expect(body).toMatchObject({ url: null, subject: '', errors: [] })
    expect(body.contact).not.toBeNull()
  })

  test('tells where the template is broken', async () => {
    const id = await aCampaign(owner, { content: { subject: 's', html: 'a\n{{ b | nope }}' } })
    const { body } = await owner.get(`/campaigns/${id}/preview`)
    expect(body).toMatchObject({
      url: null,
      errors: [{ pointer: '/content/html', line: 2, column: 1, reason: 'undefined filter: nope' }],
    })
  })

  test('knows no contact of another account', async () => {
    const foreign = await aContact(other)
    expect((await owner.get(`/campaigns/${campaign}/preview?contact_id=${foreign}`)).status).toBe(404)
    expect((await owner.get(`/campaigns/${campaign}/preview?contact_id=x`)).status).toBe(422)
  })
})

describe('a check while writing', () => {
  const check = async (given: object) =>
    owner.post('/campaigns/render-check', { content: { subject: 's', ...given } })

  test('finds faults, markup that must not be sent, and the variables used', async () => {
    expect((await check({ html: '<p>{{ contact.first_name | upcase }} {{ City }}</p>' })).body).toEqual({
      ok: true,
      errors: [],
      dangerous: [],
      variables: ['City', 'contact.first_name'],
      html_bytes: 51,
    })
    expect((await check({ html: '<p onclick="x">' })).body).toMatchObject({
      ok: false,
      dangerous: ['onclick on <p>'],
    })
    expect((await check({ html: '\n {% if %}' })).body).toMatchObject({
      ok: false,
      errors: [{ line: 2, column: 7 }],
    })
  })

  test('needs a source', async () => {
    expect((await check({})).body.code).toBe('exactly_one_content_source')
    expect((await owner.post('/campaigns/render-check', {})).status).toBe(422)
    expect((await app.nobody.post('/campaigns/render-check', { content: {} })).status).toBe(401)
  })
})

describe('a test send', () => {
  test('writes one row of lane 2 for each address', async () => {
    const answer = await owner.post(`/campaigns/${campaign}/test`, { to: ['me@acme.test'] })
    expect(answer.body.code).toBe('preflight_failed')
    await owner.patch(`/campaigns/${campaign}`, { content: { html: '<p>x</p>' } })
    const sent = await owner.post(`/campaigns/${campaign}/test`, { to: ['me@acme.test', 'you@ACME.test'] })
    expect(sent.status, sent.raw).toBe(202)
    expect(sent.body.data.map(({ to, status }: { to: string; status: string }) => [to, status])).toEqual([
      ['me@acme.test', 'planned'],
      ['you@acme.test', 'planned'],
    ])
    const ids = sent.body.data.map(({ id }: { id: string }) => id)
    const rows = await inAccount(app.db, app.accountId, (trx) => listTestRows(trx, app.accountId, ids))
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      expect(row).toMatchObject({
        source_kind: 'test',
        lane: 2,
        state: 'planned',
        contact_id: null,
        content_revision: 2,
      })
    }
    expect((await owner.get(`/campaigns/${campaign}`)).body.counts.audience).toBe(0)
  })

  test.each<[string, object, string]>([
    ['nobody', { to: [] }, 'validation_failed'],
    ['11 addresses', { to: Array.from({ length: 11 }, (_, i) => `a${i}@x.test`) }, 'validation_failed'],
    ['the same twice', { to: ['a@x.test', 'a@x.test'] }, 'validation_failed'],
    ['no address', { to: ['a@x.test', 'nonsense'] }, 'email_invalid'],
    ['a second header', { to: ['a@x.test\r\nBcc: b@x.test'] }, 'email_invalid'],
    [
      'an unknown contact',
      { to: ['a@x.test'], contact_id: '0190a000-0000-7000-8000-0000000000ff' },
      'validation_failed',
    ],
    ['an unknown field', { to: ['a@x.test'], variant: 'A' }, 'validation_failed'],
  ])('to %s is refused', async (_case, body, code) => {
    const answer = await owner.post(`/campaigns/${campaign}/test`, body)
    expect([answer.status, answer.body.code]).toEqual([422, code])
  })

  test('of a broken template or of nothing is refused', async () => {
    const broken = await aCampaign(owner, { content: { subject: '{{ x', html: 'h' } })
    expect((await owner.post(`/campaigns/${broken}/test`, { to: ['a@x.test'] })).body).toMatchObject({
      code: 'template_error',
      line: 1,
      column: 1,
    })
    const empty = await aCampaign(owner, { content: undefined })
    expect((await owner.post(`/campaigns/${empty}/test`, { to: ['a@x.test'] })).body.code).toBe(
      'exactly_one_content_source',
    )
  })

  test('stops after 50 addresses in an hour', async () => {
    const id = await aCampaign(other)
    const ten = (n: number) => Array.from({ length: 10 }, (_, index) => `t${n}-${index}@x.test`)
    for (let n = 0; n < 5; n += 1)
      expect((await other.post(`/campaigns/${id}/test`, { to: ten(n) })).status).toBe(202)
    const refused = await other.post(`/campaigns/${id}/test`, { to: ['one@x.test'] })
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    await app.advance(3_601)
    await other.post('/sign-in', { login: 'owner@other.test', password })
    expect((await other.post(`/campaigns/${id}/test`, { to: ['one@x.test'] })).status).toBe(202)
  })
})
