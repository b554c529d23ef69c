import { randomBytes } from 'node:crypto'
import { composeFor, type Letter, sharedHeaders } from '../../src/campaigns/source/compose.ts'
import type { RenderedMessage } from '../../src/channels/channel.ts'
import type { Content } from '../../src/content/contract.ts'
import { type ContactValues, compileEmail, compileMime } from '../../src/content/index.ts'
import type { Deps } from '../../src/http/deps.ts'
import { uuidV7 } from '../../src/lib/ids.ts'
import { openKeyRing } from '../../src/lib/secrets.ts'
import { noIdentity } from '../../src/sender-domains/index.ts'

export type Signers = Parameters<typeof compileMime>[0]['signers']

const htmlBytes = 7_000
const now = new Date('2026-11-22T12:00:00Z')

const paragraph = (n: number): string =>
  `  <tr>\n    <td style="padding:12px 24px;font-family:Inter,Arial,sans-serif;font-size:16px;line-height:24px;color:#1a1d24">Akapit ${n}: zażółć gęślą jaźń, a text about as long as such texts tend to be, with words.</td>\n  </tr>\n`

/** About 7 kB of HTML with a name, a city, a condition, a code, three links to count and one to unsubscribe. */
const writeHtml = (): string => {
  const before =
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Spring</title></head>\n<body>\n<h1>Hello {{ contact.first_name | default: "you" }}!</h1>\n<table>\n'
  const after =
    '</table>\n<p>Your code in {{ contact.city }}: <b>{{ contact.code }}</b></p>\n{% if contact.score > 50 %}<p>You have {{ contact.score }} points.</p>{% endif %}\n<p><a href="https://shop.example/new?from=mail">New</a> <a href="https://shop.example/sale">Sale</a> <a href="https://shop.example/account">Account</a></p>\n<p><a href="{{ links.unsubscribe }}">Unsubscribe</a></p>\n</body></html>'
  let rows = ''
  for (let n = 1; Buffer.byteLength(before + rows + after) < htmlBytes; n += 1) rows += paragraph(n)
  return before + rows + after
}

export const content: Content = {
  subject: '{{ contact.first_name }}, wiosna już jest',
  preheader: 'Something for {{ contact.city }}',
  html: writeHtml(),
  text: null,
  reply_to: null,
  from_name: null,
  tracking: { opens: true, clicks: true, anonymous: false },
  utm: null,
  on_missing: 'empty',
  web_version: true,
}

const deps = {
  keys: openKeyRing([{ id: 'bench', bytes: randomBytes(32) }]),
  clock: { now: () => now },
  config: { contentUrl: 'https://c.acme.test' },
} as unknown as Deps

const accountId = uuidV7(now)
const campaignId = uuidV7(now)

const letterWith = (signers: Signers): Letter => {
  const compiled = compileEmail(content)
  if ('faults' in compiled) throw new Error(compiled.faults[0].reason)
  return {
    deps,
    accountId,
    campaignId,
    sourceId: campaignId,
    origin: 'campaign',
    revision: 1,
    runMonth: '2026-11-01',
    email: compiled.email,
    identity: noIdentity,
    content,
    surroundings: {
      campaign: { id: campaignId, name: 'Spring', language: null },
      sender: { name: 'Sklep Żółw', email: 'shop@acme.test' },
      account: {
        language: 'pl',
        timeZone: 'Europe/Warsaw',
        currency: 'PLN',
        postalAddress: 'Acme, Długa 1, 00-001 Warszawa',
        enforcedFooter: true,
      },
      now,
    },
    compose: compileMime({
      fromAddress: 'shop@acme.test',
      replyTo: null,
      headers: sharedHeaders,
      signers,
    }),
    subjectMark: '',
  }
}

const firstNames = ['Łucja', 'Adam', 'Ewa', 'Żaneta', 'Jan']
const contactAt = (n: number): ContactValues => ({
  first_name: firstNames[n % firstNames.length] ?? null,
  last_name: `Nowak-${n}`,
  language: 'pl',
  time_zone: 'Europe/Warsaw',
  fields: { city: n % 2 === 0 ? 'Kraków' : 'Gdańsk', code: `SPRING-${n}`, score: n % 100 },
})

/** Renders the n-th message as a campaign does. */
export const makeRender = (signers: Signers): ((n: number) => RenderedMessage) => {
  const letter = letterWith(signers)
  return (n) => {
    const row = {
      messageId: uuidV7(now),
      recipientKey: String(n),
      contactId: uuidV7(now),
      address: `p${n}@example.com`,
    }
    const rendering = composeFor(letter, row, contactAt(n))
    if ('failed' in rendering) throw new Error(rendering.detail)
    return rendering
  }
}
