import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, test } from 'vitest'
import { AppError } from '../../http/errors.ts'
import { startTestApp } from '../../test/app.ts'
import { isBreached } from './breached.ts'
import { isInSortedFile } from './breached-file.ts'
import { isOutdatedHash } from './hashing.ts'
import { checkPassword } from './rules.ts'

const context = {
  login: 'anna.kowalska',
  email: 'anna.kowalska@bakery-mill.test',
  accountName: 'Golden Bakery',
}
const reasonFor = (password: string, lengthMin?: number): string | null => {
  try {
    checkPassword(password, context, lengthMin)
    return null
  } catch (error) {
    return error instanceof AppError ? String(error.members['reason']) : 'fault'
  }
}

describe('a chosen password', () => {
  test.each([
    ['fourteen signs', 'fourteen signs', 'too_short'],
    ['fifteen signs of seven letters composed twice', 'é'.normalize('NFD').repeat(14), 'too_short'],
    ['257 signs', 'correct horse '.repeat(19).slice(0, 257), 'too_long'],
    ['1,028 bytes', '😀🎉🎁🚀'.repeat(64).slice(0, -2) + '🎂🎃', 'too_long'],
    ['one password three times', 'letmeinletmeinletmein', 'common'],
    ['two passwords in a row', 'password123456qwerty', 'common'],
    ['a password with signs between', 'P-a-s-s-w-o-r-d-1-2-3-4', 'common'],
    ['the alphabet', 'abcdefghijklmnopqrs', 'common'],
    ['digits upwards', '123456789012345', 'common'],
    ['one sign', 'aaaaaaaaaaaaaaaaaaa', 'common'],
    ['the product and a year', 'Campanile-2026-!!', 'context'],
    ['the account and digits', 'GoldenBakery2026!', 'context'],
    ['the login twice', 'anna.kowalska.anna.kowalska', 'context'],
    ['the domain', 'bakery-mill.test.1234', 'context'],
  ])('is refused when it is %s', (_case, password, reason) => {
    expect(reasonFor(password)).toBe(reason)
  })

  test.each([
    ['four words', 'correct horse battery staple'],
    ['outer spaces, which count', '  two words more  '],
    ['emoji, which count one each', '😀🎉🎁🚀🌙🍕🎸🦊🐝🌵🎈🧩🛶🪁🥝'],
    ['Polish', 'Zażółć gęślą jaźń'],
    ['random signs', 'kX9#vQ2!mZ7$pL4'],
    ['256 signs', 'The cat sat on the mat, again. '.repeat(9).slice(0, 250) + 'xyz 42'],
  ])('is taken when it is %s', (_case, password) => {
    expect(reasonFor(password)).toBeNull()
  })

  it('may be of twelve signs where a second factor is demanded', () => {
    expect(reasonFor('Qz7 river-04', 12)).toBeNull()
    expect(reasonFor('eleven sign', 12)).toBe('too_short')
  })
})

test('hashes made with weaker parameters are told from today’s', () => {
  expect(isOutdatedHash('$argon2id$v=19$m=65536,t=3,p=1$x$y')).toBe(false)
  expect(isOutdatedHash('$argon2id$v=19$m=19456,t=2,p=1$x$y')).toBe(true)
  expect(isOutdatedHash('$argon2id$v=19$m=65536,t=3,p=10$x$y')).toBe(true)
})

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').toUpperCase()
const leaked = Array.from({ length: 500 }, (_, n) => `leaked password number ${n}`)

describe('leaked passwords in a file', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'campanile-leaks-')), 'hashes.txt')

  test.each([
    ['counts and Unix lines', (hash: string) => `${hash}:42\n`],
    ['Windows lines', (hash: string) => `${hash}:1\r\n`],
    ['bare hashes', (hash: string) => `${hash.toLowerCase()}\n`],
  ])('are found with %s', async (_case, line) => {
    const hashes = leaked.map(sha1).toSorted()
    writeFileSync(path, hashes.map(line).join(''))
    for (const hash of hashes) expect(await isInSortedFile(path, hash)).toBe(true)
    for (let n = 0; n < 200; n += 1) expect(await isInSortedFile(path, sha1(`fine ${n}`))).toBe(false)
  })

  it('is empty without harm', async () => {
    writeFileSync(path, '')
    expect(await isInSortedFile(path, sha1('x'))).toBe(false)
  })
})

describe('leaked passwords behind a range service', async () => {
  const asked: string[] = []
  let broken = false
  const server = createServer((request, response) => {
    asked.push(String(request.url))
    if (broken) return response.writeHead(500).end()
    const padding = `${'0'.repeat(35)}:0\r\n`
    return response.end(`${padding}${sha1('leaked password number 1').slice(5)}:7\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => server.close())
  const { port } = server.address() as AddressInfo
  const app = await startTestApp({ env: { BREACHED_PASSWORDS: `range:http://127.0.0.1:${port}/range` } })

  it('are asked by five digits of the hash', async () => {
    expect(await isBreached(app.deps, 'leaked password number 1')).toBe(true)
    expect(asked).toEqual([`/range/${sha1('leaked password number 1').slice(0, 5)}`])
  })

  it('do not stop anybody when the service fails', async () => {
    broken = true
    expect(await isBreached(app.deps, 'leaked password number 1')).toBe(false)
  })
})
