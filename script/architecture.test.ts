import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = readFileSync(`${root}/ARCHITECTURE.md`, 'utf8')
const named = [...text.matchAll(/\b((?:console\/)?src\/[\w./-]*\w|migrations\/[\w.]+)/g)].map(
  ([, path = '']) => path,
)
const foldersOf = (path: string): string[] =>
  readdirSync(`${root}/${path}`)
    .map((name) => `${path}/${name}`)
    .filter((folder) => statSync(`${root}/${folder}`).isDirectory())
const rows = new Set([...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, folder = '']) => folder))

describe('the map of the architecture', () => {
  test('names only what is there', () => {
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter((path) => !existsSync(`${root}/${path}`))).toEqual([])
  })

  test.each(['src', 'console/src', 'console/src/features'])('has a line for each folder of %s', (path) => {
    expect(foldersOf(path).filter((folder) => !rows.has(folder))).toEqual([])
  })

  test('fits in two hundred lines', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(201)
  })

  test.each(readdirSync(`${root}/docs/adr`))('a decision fits on a page: %s', (file) => {
    expect(readFileSync(`${root}/docs/adr/${file}`, 'utf8').split('\n').length).toBeLessThanOrEqual(61)
  })
})
