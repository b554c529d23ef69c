import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export type Ran = { readonly code: number; readonly output: string }

/** Runs a program of node_modules on this Node; its output is kept, or shown as it comes. */
export const runNode = (
  args: readonly string[],
  options: { show?: boolean; timeoutMs?: number } = {},
): Promise<Ran> => run(process.execPath, args, options)

export const run = (
  command: string,
  args: readonly string[],
  { show = false, timeoutMs }: { show?: boolean; timeoutMs?: number } = {},
): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: root,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      ...(timeoutMs ? { timeout: timeoutMs } : {}),
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8')
      stream?.on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', (error) => resolve({ code: 1, output: String(error) }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
