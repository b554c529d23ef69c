import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
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

const draftName = (directory: string) => `${basename(directory)}.new-`

/**
 * Makes the cluster beside its place and moves it there when whole, so that an interrupted start leaves no half
 * cluster; drafts have names of their own, because the initdb of a killed program may still be writing into its one.
 * An empty folder that is there already (a mounted volume) is used as it is.
 */
export const makeCluster = async (
  programs: Programs,
  directory: string,
  options: { password: string; isDurable: boolean },
): Promise<void> => {
  const inPlace = await isEmptyFolder(directory)
  await removeDrafts(directory)
  const draft = await mkdtemp(join(dirname(directory), draftName(directory)))
  try {
    await chmod(draft, 0o711)
    const target = inPlace ? directory : join(draft, 'cluster')
    const passwordFile = join(draft, 'password')
    await mkdir(target, { recursive: true, mode: 0o700 })
    await writeFile(passwordFile, options.password, { mode: 0o600 })
    for (const path of [target, passwordFile]) {
      if (programs.user) await chown(path, programs.user.uid, programs.user.gid)
    }
    await initialise(programs, target, passwordFile, options.isDurable)
    if (!inPlace) await rename(target, directory)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

const removeDrafts = async (directory: string): Promise<void> => {
  for (const name of await readdir(dirname(directory))) {
    if (!name.startsWith(draftName(directory))) continue
    await rm(join(dirname(directory), name), { recursive: true, force: true, maxRetries: 5 })
  }
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
