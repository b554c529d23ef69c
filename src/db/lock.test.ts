import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataDirInUse, lockDataDir } from './lock.ts'

let dataDir: string
const holders: ChildProcess[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'campanile-lock-'))
})

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

/** Another process that has the lock and keeps it. */
const startHolder = async (): Promise<ChildProcess> => {
  const lock = new URL('lock.ts', import.meta.url).href
  const script = `
    const { lockDataDir } = await import(${JSON.stringify(lock)})
    await lockDataDir(process.argv[1])
    process.stdout.write('locked')
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  holders.push(holder)
  await once(holder.stdout, 'data')
  return holder
}

test('a second copy on the same data directory is refused and told which process holds it', async () => {
  const holder = await startHolder()
  const refusal = await lockDataDir(dataDir).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataDirInUse)
  expect(String(refusal)).toContain(`already running on ${dataDir} (process ${holder.pid})`)
})

test('a copy that was killed leaves nothing in the way of the next one', async () => {
  const holder = await startHolder()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const release = await lockDataDir(dataDir)
  await release()
})

test('the lock is free again after its release, and only one of many takes it', async () => {
  const first = await lockDataDir(dataDir)
  await expect(lockDataDir(dataDir)).rejects.toThrow(DataDirInUse)
  await first()
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => lockDataDir(dataDir)))
  const taken = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  expect(taken).toHaveLength(1)
  for (const { value } of taken) await value()
})

test('two data directories do not hinder each other', async () => {
  const one = await lockDataDir(dataDir)
  const other = await lockDataDir(join(dataDir, 'nested', 'other'))
  await Promise.all([one(), other()])
})
