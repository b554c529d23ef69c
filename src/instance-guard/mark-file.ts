import { randomUUID } from 'node:crypto'
import { readFile, realpath, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a node remembers outside the database: whose it was, and how far it had come. */
export type Mark = { readonly instanceId: string; readonly mark: number }
/** And where its folder was: a copy of the folder stands somewhere else. */
export type KeptMark = Mark & { readonly moved: boolean }

const fileOf = (dataDir: string): string => join(dataDir, 'instance-mark.json')

/** Null when there is none, or it was spoilt: then this node has nothing to compare with. */
export const readMark = async (dataDir: string): Promise<KeptMark | null> => {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '')
  try {
    const { instance_id: instanceId, mark, place } = JSON.parse(text) as Record<string, unknown>
    if (typeof instanceId !== 'string' || typeof mark !== 'number') return null
    return { instanceId, mark, moved: typeof place === 'string' && place !== (await realpath(dataDir)) }
  } catch {
    return null
  }
}

/** Renamed into place: a reader never meets half of it. */
export const writeMark = async (dataDir: string, { instanceId, mark }: Mark): Promise<void> => {
  const place = await realpath(dataDir)
  const draft = `${fileOf(dataDir)}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify({ instance_id: instanceId, mark, place })}\n`, { mode: 0o600 })
  await rename(draft, fileOf(dataDir))
}
