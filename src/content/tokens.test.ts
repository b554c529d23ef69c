import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openKeyRing } from '../lib/secrets.ts'
import { type LinkKind, makeRecipientLinks, openLinkToken } from './tokens.ts'

const keys = openKeyRing([{ id: 'k1', bytes: randomBytes(32) }])
const origin = {
  accountId: '0190a000-0000-7000-8000-00000000000a',
  campaignId: '0190a000-0000-7000-8000-00000000000b',
  messageId: '0190a000-0000-7000-8000-00000000000c',
  contactId: '0190a000-0000-7000-8000-00000000000d',
  runMonth: '2026-12-01',
  revision: 3,
}
const contentUrl = 'https://links.example.net'
const links = makeRecipientLinks({ keys, config: { contentUrl } }, origin)
const tokenOf = (url: string): string =>
  url
    .split('/')
    .at(-1)
    ?.replace(/\.gif$/, '') ?? ''
const urls: readonly [LinkKind, string][] = [
  ['open', links.openPixelUrl],
  ['click', links.clickUrl(7)],
  ['unsubscribe', links.unsubscribeUrl],
  ['web_version', links.webVersionUrl],
]

describe('a link of a message', () => {
  test.each(urls)('%s opens to what it was made from and stays one short path segment', (kind, url) => {
    expect(url.startsWith(`${contentUrl}/`)).toBe(true)
    expect(url.slice(contentUrl.length + 3)).not.toContain('/')
    expect(tokenOf(url).length).toBeLessThanOrEqual(200)
    expect(openLinkToken(keys, kind, tokenOf(url))).toEqual({
      ...origin,
      position: kind === 'click' ? 7 : 0,
      personalTarget: null,
    })
  })

  test.each(urls)('%s does not open as another kind', (kind, url) => {
    for (const [other] of urls) {
      if (other !== kind) expect(openLinkToken(keys, other, tokenOf(url))).toBeNull()
    }
  })

  test('carries a target that exists for one recipient alone', () => {
    const target = 'https://shop.example/ż?name=Zażółć&id=1#top'
    expect(openLinkToken(keys, 'click', tokenOf(links.clickUrl(65_535, target)))).toMatchObject({
      position: 65_535,
      personalTarget: target,
    })
  })

  test('to somebody without contact opens without one', () => {
    const made = makeRecipientLinks({ keys, config: { contentUrl } }, { ...origin, contactId: null })
    expect(openLinkToken(keys, 'open', tokenOf(made.openPixelUrl))?.contactId).toBeNull()
  })

  test('shows no id in its bytes and is never made twice the same', () => {
    const bytes = Buffer.from(tokenOf(links.unsubscribeUrl), 'base64url').toString('hex')
    for (const id of [origin.accountId, origin.campaignId, origin.messageId, origin.contactId]) {
      expect(bytes).not.toContain(id.replaceAll('-', ''))
    }
    expect(links.clickUrl(1)).not.toBe(links.clickUrl(1))
  })

  test('changed in any character does not open', () => {
    const token = tokenOf(links.clickUrl(2))
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(openLinkToken(keys, 'click', token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
    }
  })

  test.each([
    ['empty', ''],
    ['cut short', tokenOf(links.clickUrl(2)).slice(0, -4)],
    ['made longer', `${tokenOf(links.clickUrl(2))}AAAA`],
    ['padded', `${tokenOf(links.clickUrl(2))}=`],
    ['no base64url', 'ä'.repeat(140)],
    ['far too long', 'A'.repeat(100_000)],
    ['of a foreign installation', tokenOf(foreignUrl())],
  ])('that is %s does not open', (_case, token) => {
    expect(openLinkToken(keys, 'click', token)).toBeNull()
  })

  test('made before the keys were changed opens while the old key is kept', () => {
    const old = { id: 'old', bytes: randomBytes(32) }
    const before = makeRecipientLinks({ keys: openKeyRing([old]), config: { contentUrl } }, origin)
    const rotated = openKeyRing([{ id: 'new', bytes: randomBytes(32) }, old])
    expect(openLinkToken(rotated, 'open', tokenOf(before.openPixelUrl))?.messageId).toBe(origin.messageId)
  })
})

function foreignUrl(): string {
  const foreign = openKeyRing([{ id: 'k1', bytes: randomBytes(32) }])
  return makeRecipientLinks({ keys: foreign, config: { contentUrl } }, origin).clickUrl(2)
}
