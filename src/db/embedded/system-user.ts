import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type SystemUser = { readonly uid: number; readonly gid: number }

const idOf = async (flag: '-u' | '-g', name: string): Promise<number | null> =>
  run('id', [flag, name]).then(
    ({ stdout }) => Number(stdout.trim()),
    () => null,
  )

/** PostgreSQL refuses to run as root; this is who runs it instead. `null`: we are nobody special, run it as ourselves. */
export const unprivilegedUser = async (): Promise<SystemUser | null> => {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const uid = await idOf('-u', name)
    const gid = await idOf('-g', name)
    if (uid && gid) return { uid, gid }
  }
  return { uid: 65_534, gid: 65_534 }
}

/** Asked as that user and not computed from mode bits, so that ACLs, mounts and security modules have their say. */
export const mayEnter = async (user: SystemUser | null, folder: string): Promise<boolean> =>
  asUser(user, 'test -x "$1"', folder)

export const mayRead = async (user: SystemUser | null, file: string): Promise<boolean> =>
  asUser(user, 'test -r "$1"', file)

const asUser = async (user: SystemUser | null, script: string, path: string): Promise<boolean> =>
  run('/bin/sh', ['-c', script, 'sh', path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  )
