import { createHash, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { listOutbox } from '../index.ts'
import { startWorld } from '../test/world.ts'
import { findSigningKey } from './signing-key.ts'

const world = await startWorld({ SYSTEM_SENDER: 'codes@sender.example' })
const { deps } = world
await world.send()
const [message] = await listOutbox(deps, {})
const raw = message?.raw ?? ''
const split = raw.indexOf('\r\n\r\n')
const headers = raw
  .slice(0, split)
  .replaceAll(/\r\n(?=[ \t])/g, '\n')
  .split('\r\n')
const body = raw.slice(split + 4)

const named = (name: string): string =>
  headers.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? ''

/** RFC 6376 §3.4.2 and §3.4.4, written once more so that the signature is not judged by its maker. */
const relaxedHeader = (line: string): string => {
  const at = line.indexOf(':')
  return `${line.slice(0, at).toLowerCase().trim()}:${line
    .slice(at + 1)
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .trim()}`
}
const relaxedBody = (text: string): string =>
  `${text
    .split('\r\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(?:\r\n)*$/, '')}\r\n`

const signature = named('DKIM-Signature')
const tags = new Map(
  signature
    .slice(signature.indexOf(':') + 1)
    .split(';')
    .map((part) => {
      const [name = '', ...value] = part.split('=')
      return [name.trim(), value.join('=').replaceAll(/\s/g, '')] as const
    }),
)

test('a system mail is signed for the domain of its sender with a key of that installation', async () => {
  const key = await findSigningKey(deps, 'sender.example')
  expect([tags.get('d'), tags.get('s'), tags.get('a')]).toEqual([
    'sender.example',
    key.selector,
    'rsa-sha256',
  ])
  expect(tags.get('c')).toBe('relaxed/relaxed')
  expect(tags.get('bh')).toBe(createHash('sha256').update(relaxedBody(body)).digest('base64'))
  const signed = (tags.get('h') ?? '').split(':').map((name) => relaxedHeader(named(name)))
  const own = relaxedHeader(signature.replace(/(\bb=)[^;]*$/s, '$1'))
  const told = /p=([A-Za-z0-9+/=]+)$/.exec(key.record.value)?.[1] ?? ''
  const publicKey = createPublicKey({ key: Buffer.from(told, 'base64'), format: 'der', type: 'spki' })
  const bytes = Buffer.from([...signed, own].join('\r\n'))
  expect(verify('sha256', bytes, publicKey, Buffer.from(tags.get('b') ?? '', 'base64'))).toBe(true)
})

test('the signature covers who wrote, to whom, what about and when', () => {
  const covered = (tags.get('h') ?? '').toLowerCase().split(':')
  expect(covered).toEqual(
    expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'mime-version']),
  )
})

test('the key is made once, also when two ask at once on two machines', async () => {
  const other = { ...deps }
  const keys = await Promise.all([findSigningKey(deps, 'new.example'), findSigningKey(other, 'new.example')])
  expect(keys[0]?.record).toEqual(keys[1]?.record)
  expect(keys[0]?.record.name).toMatch(/^campanile\d{8}\._domainkey\.new\.example$/)
})

test('a system mail shows bare addresses and says that a machine wrote it', () => {
  expect(named('From')).toBe('From: codes@sender.example')
  expect(named('To')).toBe('To: ada@example.com')
  expect(named('Auto-Submitted')).toBe('Auto-Submitted: auto-generated')
  expect(named('Message-ID')).toBe(`Message-ID: <${message?.id}@sender.example>`)
  expect(headers.some((line) => /^(?:X-Mailer|List-|Bcc|Received)/i.test(line))).toBe(false)
})
