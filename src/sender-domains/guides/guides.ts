import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostingGuide } from '../contract.ts'

type Language = 'en' | 'pl' | 'de'
type Step = HostingGuide['steps'][number]

/** One file: how a host wants records, and who its name servers are. */
export type GuideFile = Omit<HostingGuide, 'steps'> & {
  /** Names of servers, `*` for any letters; the guide of `other` has none. */
  readonly name_servers: readonly string[]
  readonly steps: Readonly<Record<Language, readonly Step[]>>
}

export const otherGuide = 'other'
const builtIn = new URL('./hosts/', import.meta.url)

const readFolder = (folder: URL | string): GuideFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const path = typeof folder === 'string' ? join(folder, name) : new URL(name, folder)
      return JSON.parse(readFileSync(path, 'utf8')) as GuideFile
    })

const own = readFolder(builtIn)

/** Guides in the data folder stand before those that come along; a file of the same id takes its place. */
export const loadGuides = (dataDir: string): readonly GuideFile[] => {
  const folder = join(dataDir, 'hosting-guides')
  const given = existsSync(folder) ? readFolder(folder) : []
  const ids = new Set(given.map(({ id }) => id))
  return [...given, ...own.filter(({ id }) => !ids.has(id))].toSorted(
    (left, right) => Number(left.id === otherGuide) - Number(right.id === otherGuide),
  )
}

const patternOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  )

/** The guide whose patterns fit one of the servers. */
export const guideFor = (nameServers: readonly string[], guides: readonly GuideFile[] = own): string =>
  guides.find(({ name_servers }) =>
    name_servers.some((pattern) => nameServers.some((server) => patternOf(pattern).test(server))),
  )?.id ?? otherGuide

export const guideIn = (
  { name_servers: _, steps, ...guide }: GuideFile,
  language: Language,
): HostingGuide => ({
  ...guide,
  steps: [...steps[language]],
})
