import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { compileMime, type DkimAlgorithm, makeDkimSigner } from '../../content/index.ts'
import { type PublishedKey, verifyDkim } from './dkim.ts'

const made = (algorithm: DkimAlgorithm, selector: string) => {
  const pair =
    algorithm === 'rsa-sha256'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ed25519')
  const der = pair.publicKey.export({ format: 'der', type: 'spki' })
  const published: PublishedKey = {
    domain: 'acme.test',
    selector,
    algorithm,
    // The raw key stands at the end of the Ed25519 structure (RFC 8410 §4).
    publicKey: (algorithm === 'rsa-sha256' ? der : der.subarray(-32)).toString('base64'),
  }
  const signer = makeDkimSigner({ domain: 'acme.test', selector, key: pair.privateKey, algorithm })
  return { published, signer }
}
const rsa = made('rsa-sha256', 'one')
const ed = made('ed25519-sha256', 'two')

const compose = (signers: ReturnType<typeof makeDkimSigner>[], text: string, subject = 'Zażółć   gęślą') =>
  compileMime({ fromAddress: 'news@acme.test', replyTo: null, headers: {}, signers })({
    fromName: 'News',
    to: { name: '', address: 'eve@example.com' },
    subject,
    html: '<p>Hello</p>',
    text,
    headers: {},
    messageId: 'a@acme.test',
    date: new Date(0),
  })
const keys = [rsa.published, ed.published]
const changed = (raw: Buffer, from: string, to: string) =>
  Buffer.from(raw.toString('latin1').replace(from, to), 'latin1')

test.each(['Hello', '', 'two  spaces \t \r\n\r\n\r\n', 'zażółć\r\nline'])(
  'both signatures of a mail hold: %j',
  (text) => {
    const results = verifyDkim(compose([rsa.signer, ed.signer], text), keys)
    expect(results.map(({ selector, result }) => [selector, result]).toSorted()).toEqual([
      ['one', 'pass'],
      ['two', 'pass'],
    ])
  },
)

test('a changed mail, another key and an unknown one are told apart', () => {
  const raw = compose([rsa.signer], 'Hello')
  const result = (mail: Buffer, given = keys) => verifyDkim(mail, given).map((one) => one.result)
  expect(result(changed(raw, '\r\n\r\nHello', '\r\n\r\nHallo'))).toEqual(['fail'])
  expect(result(changed(raw, 'eve@example.com', 'bob@example.com'))).toEqual(['fail'])
  expect(result(changed(raw, 'From: ', 'From: x@y.test\r\nFrom: '))).toEqual(['fail'])
  expect(result(raw, [{ ...made('rsa-sha256', 'one').published }])).toEqual(['fail'])
  expect(result(raw, [ed.published])).toEqual(['permerror'])
  expect(result(changed(raw, 'Date: ', 'X-Added: by a list\r\nDate: '))).toEqual(['pass'])
  expect(result(compose([], 'Hello'))).toEqual([])
})

test.each([
  '',
  'DKIM-Signature:',
  'DKIM-Signature: a=b; d=; s=\r\n\r\nx',
  'DKIM-Signature: v=1; a=rsa-sha256; d=acme.test; s=one; bh=; b=\r\n\r\n',
])('nonsense is judged, too: %j', (source) => {
  expect(verifyDkim(Buffer.from(source), keys).every(({ result }) => result !== 'pass')).toBe(true)
})
