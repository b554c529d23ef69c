import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadContracts } from '../openapi/contracts.ts'
import { problemTexts } from './problem-texts.ts'

const source = fileURLToPath(new URL('..', import.meta.url))
const thrown = globSync('**/*.ts', { cwd: source })
  .filter((file) => !/\.test\.ts$|(?:^|\/)test\//.test(file))
  .flatMap((file) => [
    ...readFileSync(`${source}/${file}`, 'utf8').matchAll(
      /(?:new AppError|conflict|unprocessable)\(\s*'([a-z_]+)'/g,
    ),
  ])
  .map(([, code]) => code ?? '')
const declared = (await loadContracts()).routes.flatMap(({ contract }) => contract.problems ?? [])

test('every problem has its words in all three languages', () => {
  const without = [...new Set([...thrown, ...declared])].filter((code) => {
    const texts = problemTexts[code]
    return !(texts?.en.title && texts.pl.title && texts.de.title)
  })
  expect(without.toSorted()).toEqual([])
})

test('the search finds the problems', () => {
  expect(new Set(thrown).size).toBeGreaterThan(20)
})
