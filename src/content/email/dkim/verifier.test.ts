import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed } from '../../liquid/pieces.ts'
import { compileMime } from '../mime/compose.ts'
import { makeDkimSigner } from './signer.ts'

type Result = {
  readonly status: { readonly result: string; readonly comment?: string }
  readonly algo: string
}
type Verifier = {
  readonly dkimVerify: (
    raw: Buffer,
    options: { resolver: (name: string, type: string) => Promise<string[][]> },
  ) => Promise<{ readonly results: readonly Result[] }>
}

// An independent reading of the standard; it comes without types for this file.
const verifierName = 'mailauth/lib/dkim/verify.js'
const verifier = (await import(/* @vite-ignore */ verifierName)) as Verifier

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey
const rsaPublic = createPublicKey(rsa).export({ type: 'spki', format: 'der' }).toString('base64')
// RFC 8463 §4.2: the bare key, which ends the DER form.
const edPublic = createPublicKey(ed25519)
  .export({ type: 'spki', format: 'der' })
  .subarray(-32)
  .toString('base64')

const records: Readonly<Record<string, string>> = {
  'r1._domainkey.acme.test': `v=DKIM1; k=rsa; p=${rsaPublic}`,
  'e1._domainkey.acme.test': `v=DKIM1; k=ed25519; p=${edPublic}`,
}
const resolver = async (name: string, type: string): Promise<string[][]> => {
  const record = type === 'TXT' ? records[name] : undefined
  if (!record) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  return [[record]]
}

const shared = new Fixed('<td style="padding:12px">zażółć  gęślą\n\t jaźń</td>'.repeat(4))

const compose = compileMime({
  fromAddress: 'shop@acme.test',
  replyTo: 'help@acme.test',
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  signers: [
    makeDkimSigner({ domain: 'acme.test', selector: 'r1', key: rsa, algorithm: 'rsa-sha256' }),
    makeDkimSigner({ domain: 'acme.test', selector: 'e1', key: ed25519, algorithm: 'ed25519-sha256' }),
  ],
})

const sign = fc.string({ unit: 'binary', maxLength: 120 })
const layout = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', '.', '-', 'a', 'ż'), maxLength: 200 })

test('an independent verifier finds both signatures good, whatever was written', async () => {
  await fc.assert(
    fc.asyncProperty(sign, sign, layout, layout, async (name, subject, html, text) => {
      const raw = compose({
        fromName: name,
        to: { name, address: 'lu@x.test' },
        subject,
        html: [html, shared, html],
        text: [text, shared, text],
        headers: { 'List-Unsubscribe': `<https://c.test/u/${'A'.repeat(200)}>` },
        messageId: 'm1@c.test',
        date: new Date('2026-11-22T12:00:00Z'),
      })
      const found = await verifier.dkimVerify(raw, { resolver })
      expect(found?.results.map(({ algo, status }) => [algo, status.result])).toEqual([
        ['rsa-sha256', 'pass'],
        ['ed25519-sha256', 'pass'],
      ])
      const changed = Buffer.from(
        raw.toString('latin1').replace('\r\nTo:', '\r\nFrom: evil@x.test\r\nTo:'),
        'latin1',
      )
      const refused = await verifier.dkimVerify(changed, { resolver })
      expect(refused?.results.map(({ status }) => status.result)).not.toContain('pass')
    }),
    { numRuns: 100 },
  )
})
