import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { switchFooter } from '../test/queries.ts'
import { aCampaign, aContact, aGroup, aReadyCampaign, content, html, preflight } from '../test/world.ts'

const app = await startTestApp()
const { owner } = app

const withContent = (given: object) => aReadyCampaign(owner, { content: { ...content, ...given } })
const checksOf = async (given: object) => preflight(owner, await withContent(given))
const filled = (bytes: number): string => {
  const frame = html.replace('</body>', '')
  return `${frame}${'x'.repeat(bytes - frame.length - '</body>'.length)}</body>`
}

const always = [
  'sender_not_authorized',
  'dkim_invalid',
  'dmarc_missing',
  'return_path_invalid',
  'one_click_missing',
  'postal_address_missing',
  'consent_unknown',
]

describe('pre-flight', () => {
  test('lets a plain campaign go in the mailbox, with the warnings of an account that has proven nothing yet', async () => {
    const checks = await checksOf({})
    expect(checks.ok).toBe(true)
    expect(checks.audience).toBe(1)
    expect(checks.codes('block')).toEqual([])
    expect(checks.codes('warn').toSorted()).toEqual(always.toSorted())
  })

  test.each<[string, object, string, string, object?]>([
    [
      'a broken template',
      { html: '<p>a\n {{ x | nope }}</p>' },
      'liquid_error',
      'block',
      { detail: 'Line 2, column 2: undefined filter: nope', pointer: '/content/html' },
    ],
    ['a broken subject', { subject: '{{ x' }, 'liquid_error', 'block', { pointer: '/content/subject' }],
    [
      'a template that runs wild',
      { html: '{% for i in (1..2000) %}x{% endfor %}' },
      'liquid_error',
      'block',
      { detail: 'Line 1, column 1: a loop runs more than 1,000 rounds' },
    ],
    ['a script', { html: '<script>x</script>' }, 'dangerous_html', 'block', { detail: '<script>' }],
    [
      'a script put together by the template',
      { html: '<{% if true %}script{% endif %}>' },
      'dangerous_html',
      'block',
      { detail: '<script>' },
    ],
    ['a javascript link', { html: '<a href="javascript:x">t</a>' }, 'dangerous_html', 'block'],
    [
      'a subject that turns out empty',
      { subject: '{{ contact.company }}' },
      'subject_empty',
      'block',
      { pointer: '/content/subject' },
    ],
    [
      '102,401 bytes of HTML',
      { html: filled(102_401) },
      'html_over_100kb',
      'block',
      { count: 102_401, overridable: true },
    ],
    [
      '102,400 bytes of HTML',
      { html: filled(102_400) },
      'html_over_100kb',
      'warn',
      { count: 102_400, overridable: false },
    ],
    [
      'a missing value that must not be',
      { html: '<p>{{ contact.company }}</p>', on_missing: 'block' },
      'missing_required_variable',
      'block',
      { count: 1, detail: 'No value for contact.company' },
    ],
    [
      'a plain http link',
      { html: '<a href="http://x.test">t</a>' },
      'link_without_tls',
      'warn',
      { count: 1 },
    ],
    [
      'a link that promises another place',
      { html: '<a href="https://x.test">www.bank.test</a>' },
      'mismatched_link_text',
      'warn',
    ],
    [
      'an image without words',
      { html: '<img src="https://x.test/a.png">' },
      'image_missing_alt',
      'warn',
      { count: 1 },
    ],
    ['a link of an image map', { html: '<map><area href="https://x.test"></map>' }, 'area_link', 'warn'],
    ['a pretended answer', { subject: 'RE: your order' }, 'reply_re_prefix', 'warn'],
    ['a subject of emoji', { subject: '🎉 🎉' }, 'subject_emoji_only', 'warn'],
    ['no text of its own', { text: null }, 'text_part_missing', 'warn', { pointer: '/content/text' }],
  ])('finds %s', async (_case, given, code, level, more = {}) => {
    const checks = await checksOf(given)
    expect(checks.find(code)).toMatchObject({ level, ...more })
    expect(checks.ok).toBe(level === 'warn')
    if (level === 'warn') expect(checks.codes('block')).toEqual([])
  })

  test.each<[string, object, string]>([
    ['81,920 bytes', { html: filled(81_920) }, 'html_over_100kb'],
    [
      'a value that is there',
      { html: '<p>{{ contact.first_name }}</p>', on_missing: 'block' },
      'missing_required_variable',
    ],
    [
      'a value with a default',
      { html: '<p>{{ contact.company | default: "x" }}</p>', on_missing: 'block' },
      'missing_required_variable',
    ],
    [
      'a value shown only where it exists',
      { html: '{% if contact.company %}{{ contact.company }}{% endif %}', on_missing: 'block' },
      'missing_required_variable',
    ],
    ['a word that begins with re', { subject: 'Real news' }, 'reply_re_prefix'],
    ['a subject with a number', { subject: '2026' }, 'subject_emoji_only'],
  ])('is content with %s', async (_case, given, code) => {
    expect((await checksOf(given)).find(code)).toBeUndefined()
  })

  test('names an audience nobody is in, and content that is not there', async () => {
    const id = await aCampaign(owner, { content: undefined })
    const checks = await preflight(owner, id)
    expect(checks.codes('block')).toEqual(['subject_empty', 'empty_audience'])
    expect(checks.find('subject_empty')?.pointer).toBe('/content')
    expect(checks.find('empty_audience')).toMatchObject({ count: 0, pointer: '/audience' })
  })

  test('is kept with the campaign and changes nothing else', async () => {
    const id = await withContent({})
    const before = (await owner.get(`/campaigns/${id}`)).body
    const answer = await owner.post(`/campaigns/${id}/preflight`)
    expect((await owner.get(`/campaigns/${id}`)).body).toEqual({ ...before, preflight: answer.body })
  })

  test('is content once the account has a postal address', async () => {
    await owner.patch('/account', { postal_address: 'Długa 1\n00-001 Warszawa' })
    expect((await checksOf({})).find('postal_address_missing')).toBeUndefined()
    await owner.patch('/account', { postal_address: null })
  })
})

describe('without the enforced footer', () => {
  test('an unsubscribe link must stand in the content', async () => {
    await inAccount(app.db, app.accountId, (trx) => switchFooter(trx, app.accountId, false))
    expect((await checksOf({})).find('unsubscribe_missing')).toMatchObject({ level: 'block' })
    for (const given of [
      { html: '<a href="{{ links.unsubscribe }}">x</a>' },
      { text: 'Away: {{ links.unsubscribe }}' },
    ]) {
      expect((await checksOf(given)).find('unsubscribe_missing')).toBeUndefined()
    }
    expect(
      (await checksOf({ html: '<!-- {{ links.unsubscribe }} -->' })).find('unsubscribe_missing'),
    ).toBeDefined()
    await inAccount(app.db, app.accountId, (trx) => switchFooter(trx, app.accountId, true))
  })
})

describe('launch', () => {
  test('refuses a broken template with its line and column', async () => {
    const id = await withContent({ html: '<p>\n  {{ contact.first_name | nope }}</p>' })
    const refused = await owner.post(`/campaigns/${id}/send`)
    expect([refused.status, refused.body]).toEqual([
      422,
      expect.objectContaining({ code: 'template_error', line: 2, column: 3, pointer: '/content/html' }),
    ])
    expect((await owner.get(`/campaigns/${id}`)).body.status).toBe('draft')
  })

  test('names the checks that block and lets those with a star be overridden', async () => {
    const id = await withContent({ html: filled(110_000) })
    const refused = await owner.post(`/campaigns/${id}/send`)
    expect([refused.status, refused.body.code]).toEqual([422, 'preflight_failed'])
    expect(refused.body.checks[0]).toMatchObject({
      code: 'html_over_100kb',
      level: 'block',
      overridden: false,
    })
    const preflight_overrides = [{ code: 'html_over_100kb', reason: 'It is a catalogue.' }]
    const started = await owner.post(`/campaigns/${id}/send`, { preflight_overrides })
    expect(started.status, started.raw).toBe(200)
    expect(started.body.preflight).toMatchObject({
      ok: true,
      checks: expect.arrayContaining([
        expect.objectContaining({ code: 'html_over_100kb', overridden: true }),
      ]),
    })
  })

  test('overrides nothing without a star', async () => {
    const id = await withContent({ html: '<script></script>' })
    const preflight_overrides = [{ code: 'dangerous_html', reason: 'I want it.' }]
    const refused = await owner.post(`/campaigns/${id}/send`, { preflight_overrides })
    expect([refused.status, refused.body.code]).toEqual([422, 'preflight_failed'])
  })
})

test('contacts who lack a value are counted by variable', async () => {
  const group = await aGroup(owner)
  await aContact(owner, { groups_add: [group], first_name: 'A', company: 'X' })
  await aContact(owner, { groups_add: [group], first_name: 'B' })
  await aContact(owner, { groups_add: [group] })
  const id = await aCampaign(owner, {
    audience: { group_ids: [group] },
    content: {
      subject: '{{ FirstName }}',
      html: '<a href="https://x.test/{{ contact.company }}">{{ contact.first_name | default: "x" }}</a>',
    },
  })
  expect((await owner.post(`/campaigns/${id}/missing-values`)).body).toEqual({
    contacts: 2,
    variables: [
      { name: 'contact.company', contacts: 2 },
      { name: 'FirstName', contacts: 1 },
    ],
  })
})
