import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { SystemUser } from './system-user.ts'

/** Where PostgreSQL's programs lie and who runs them. */
export type Programs = { readonly native: string; readonly user: SystemUser | null }

type Name = 'initdb' | 'postgres'

/**
 * `cwd` is the root folder because the caller's own one may be closed to the unprivileged user. `isServer`: a process
 * group of its own, because Ctrl-C in the terminal must reach us first; the database stops last.
 */
export const start = (
  programs: Programs,
  name: Name,
  args: readonly string[],
  options: { stdin: 'pipe' | 'ignore'; isServer: boolean },
) =>
  spawn(join(programs.native, 'bin', name), args, {
    ...programs.user,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    detached: options.isServer,
    stdio: [options.stdin, 'pipe', 'pipe'],
  })

/** Runs one program to its end; a failure carries what the program said. */
export const runToEnd = async (
  programs: Programs,
  name: Name,
  args: readonly string[],
  input?: string,
): Promise<void> => {
  const child = start(programs, name, args, {
    stdin: input === undefined ? 'ignore' : 'pipe',
    isServer: false,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
    })
  }
  child.stdin?.end(input)
  const code = await exitOf(child)
  if (code !== 0) throw new Error(`${name} failed (${code ?? 'killed'}): ${said.trim()}`)
}

export const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code))
  })
