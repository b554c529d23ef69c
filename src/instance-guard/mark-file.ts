import { randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a node remembers outside the database: whose it was, and how far it had come. */
export type Mark = { readonly instanceId: string; readonly mark: number }

const fileOf = (dataDir: string): string => join(dataDir, 'instance-mark.json')

/** Null when there is none, or it was spoilt: then this node has nothing to compare with. */
export const readMark = async (dataDir: string): Promise<Mark | null> => {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '')
  try {
    const { instance_id: instanceId, mark } = JSON.parse(text) as Record<string, unknown>
    return typeof instanceId === 'string' && typeof mark === 'number' ? { instanceId, mark } : null
  } catch {
    return null
  }
}

/** Renamed into place: a reader never meets half of it. */
export const writeMark = async (dataDir: string, { instanceId, mark }: Mark): Promise<void> => {
  const draft = `${fileOf(dataDir)}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify({ instance_id: instanceId, mark })}\n`, { mode: 0o600 })
  await rename(draft, fileOf(dataDir))
}
