import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadContracts } from '../openapi/contracts.ts'
import { problemCodes } from './problem-codes.ts'
import { problemTexts } from './problem-texts.ts'

const source = fileURLToPath(new URL('..', import.meta.url))
const files = globSync('**/*.ts', { cwd: source }).filter((file) => !/\.test\.ts$|(?:^|\/)test\//.test(file))
const found = (pattern: RegExp): (readonly [code: string, status: number])[] =>
  files.flatMap((file) =>
    [...readFileSync(`${source}/${file}`, 'utf8').matchAll(pattern)].map(
      ([, code = '', status = '']) => [code, Number(status)] as const,
    ),
  )

const answered = [
  ...found(/new AppError\(\s*'([a-z_0-9]+)',\s*(\d{3})/g),
  ...found(/\bconflict\(\s*'([a-z_0-9]+)'/g).map(([code]) => [code, 409] as const),
  ...found(/\bunprocessable\(\s*'([a-z_0-9]+)'/g).map(([code]) => [code, 422] as const),
]
const declared = (await loadContracts()).routes.flatMap(({ contract }) => contract.problems ?? [])
const statuses: Readonly<Record<string, readonly number[]>> = problemCodes

describe('a problem code', () => {
  test('is answered only with a status that the list gives it', () => {
    expect(answered.length).toBeGreaterThan(60)
    const wrong = answered.filter(([code, status]) => !statuses[code]?.includes(status))
    expect(wrong).toEqual([])
  })

  test('of a contract stands in the list', () => {
    expect(declared.filter((code) => !statuses[code])).toEqual([])
  })

  test('with texts stands in the list', () => {
    expect(Object.keys(problemTexts).filter((code) => !statuses[code])).toEqual([])
  })
})
