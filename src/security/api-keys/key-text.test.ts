import { describe, expect, it } from 'vitest'
import { hashKey, looksLikeKey, makeKeyText, makePublicId, parseKeyText } from './key-text.ts'

const made = makeKeyText('live', makePublicId())

describe('the text of an API key', () => {
  it('has its mode, an id of 12, a secret of 43 and a checksum of 6 characters', () => {
    expect(made).toMatch(/^cmp_live_[0-9A-Za-z]{12}_[\w-]{43}_[0-9A-Za-z]{6}$/)
    expect(makeKeyText('test', makePublicId())).toMatch(/^cmp_test_/)
  })

  it('is read back by position, whatever signs the secret holds', () => {
    for (let n = 0; n < 500; n += 1) {
      const id = makePublicId()
      expect(parseKeyText(makeKeyText('test', id))).toMatchObject({ mode: 'test', publicId: id })
    }
  })

  it('is refused with any sign changed, cut or added', () => {
    for (let at = 0; at < made.length; at += 1) {
      const other = made[at] === 'x' ? 'y' : 'x'
      expect(parseKeyText(`${made.slice(0, at)}${other}${made.slice(at + 1)}`)).toBeNull()
    }
    for (const text of [
      '',
      'cmp_live_',
      made.slice(1),
      made.slice(0, -1),
      `${made}x`,
      `${made}\n`,
      ` ${made}`,
    ])
      expect(parseKeyText(text)).toBeNull()
  })

  it('is never made twice', () => {
    expect(new Set(Array.from({ length: 200 }, () => makeKeyText('live', 'aaaaaaaaaaaa'))).size).toBe(200)
  })

  it('is recognised where none may stand', () => {
    expect(looksLikeKey(made.slice(0, 30))).toBe(true)
    expect(looksLikeKey('cmp_live_short')).toBe(false)
  })

  it('is kept as 32 bytes of hash', () => {
    expect(hashKey(made)).toHaveLength(32)
  })
})
