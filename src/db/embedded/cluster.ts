import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Programs, runToEnd } from './program.ts'

export const superuser = 'postgres'

export const hasCluster = (directory: string): Promise<boolean> =>
  readFile(join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  )

const isEmptyFolder = (directory: string): Promise<boolean> =>
  readdir(directory).then(
    (names) => names.length === 0,
    () => false,
  )

/**
 * Makes the cluster beside its place and moves it there when whole, so that an interrupted start
 * leaves no half cluster. An empty folder that is there already (a mounted volume) is used as it is.
 */
export const makeCluster = async (
  programs: Programs,
  directory: string,
  options: { password: string; isDurable: boolean },
): Promise<void> => {
  const inPlace = await isEmptyFolder(directory)
  const target = inPlace ? directory : `${directory}.new`
  const passwordFile = `${directory}.initial-password`
  if (!inPlace) await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true, mode: 0o700 })
  await writeFile(passwordFile, options.password, { mode: 0o600 })
  for (const path of [target, passwordFile]) {
    if (programs.user) await chown(path, programs.user.uid, programs.user.gid)
  }
  try {
    await initialise(programs, target, passwordFile, options.isDurable)
  } finally {
    await rm(passwordFile, { force: true })
  }
  if (!inPlace) await rename(target, directory)
}

/**
 * Sorting and case come from PostgreSQL's built-in C.UTF-8, equal on every machine. The C library's locale only
 * tells pg_trgm what a letter is; where it has no C.UTF-8, plain C still works for ASCII.
 */
const initialise = async (
  programs: Programs,
  directory: string,
  passwordFile: string,
  isDurable: boolean,
) => {
  const initdb = (locale: string) =>
    runToEnd(programs, 'initdb', [
      `--pgdata=${directory}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      `--locale=${locale}`,
      ...(isDurable ? [] : ['--no-sync']),
    ])
  await initdb('C.UTF-8').catch((error: unknown) => {
    if (error instanceof Error && error.message.includes('invalid locale name')) return initdb('C')
    throw error
  })
}

/** For a lost password file: the single-user mode asks for none, and only who owns the files can run it. */
export const setSuperuserPassword = (
  programs: Programs,
  directory: string,
  password: string,
): Promise<void> =>
  runToEnd(
    programs,
    'postgres',
    ['--single', '-D', directory, 'postgres'],
    `alter role ${superuser} password '${password}'\n`,
  )
