import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { compileMime, makeDkimSigner } from '../../content/index.ts'
import { authenticate, type Published } from './authentication.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const key = {
  domain: 'acme.test',
  selector: 'one',
  algorithm: 'ed25519-sha256' as const,
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
}
const domain = { domain: 'acme.test', returnPath: 'bounce.acme.test', spf: true, dmarc: true }
const published: Published = { keys: [key], domains: [domain] }
const mail = (signed: boolean, fromAddress = 'news@acme.test') =>
  compileMime({
    fromAddress,
    replyTo: null,
    headers: {},
    signers: signed ? [makeDkimSigner({ ...key, key: privateKey })] : [],
  })({
    fromName: '',
    to: { name: '', address: 'eve@example.com' },
    subject: 'x',
    html: '',
    text: 'x',
    headers: {},
    messageId: 'a@b',
    date: new Date(0),
  })

const pass = [{ domain: 'acme.test', selector: 'one', result: 'pass' }]
const verp = 'token@bounce.acme.test'
test.each<[string, boolean, string, string, Published, object | null]>([
  [
    'signed, own return path',
    true,
    'news@acme.test',
    verp,
    published,
    { dkim: pass, spf: 'pass', dmarc: 'pass' },
  ],
  ['a part of the domain', true, 'a@mail.acme.test', 'x@y.test', published, { spf: 'none', dmarc: 'pass' }],
  ['return path alone', false, 'news@acme.test', verp, published, { dkim: [], spf: 'pass', dmarc: 'pass' }],
  ['no proof at all', false, 'news@acme.test', 'news@acme.test', published, { spf: 'none', dmarc: 'fail' }],
  ['another author', true, 'a@other.test', 'a@other.test', published, { dkim: pass, dmarc: 'none' }],
  ['a name that only ends alike', false, 'a@notacme.test', 'a@notacme.test', published, null],
  ['nothing published', false, 'a@b.test', 'a@b.test', { keys: [], domains: [] }, null],
])('a mail with %s', (_name, signed, from, envelopeFrom, given, expected) => {
  const told = authenticate({ raw: mail(signed, from), from, envelopeFrom }, given)
  if (expected === null) expect(told).toBeNull()
  else expect(told).toMatchObject(expected)
})
