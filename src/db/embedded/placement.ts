import { execFile } from 'node:child_process'
import { lstat, realpath, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hasCluster } from './cluster.ts'
import { claimSheltered, openShelter, setAside } from './shelter.ts'
import { mayEnter, type SystemUser, unprivilegedUser } from './system-user.ts'

const run = promisify(execFile)

export type Placement = {
  readonly cluster: string
  readonly user: SystemUser | null
  readonly notice: string | null
  /** Makes DATA_DIR/postgres lead to the cluster; called when the cluster is whole. */
  link(): Promise<void>
}

/** Where the cluster is or shall be, and as whom its server runs. `isKnown`: DATA_DIR still holds the cluster's password. */
export const placeCluster = async (dataDir: string, isKnown: boolean): Promise<Placement> => {
  const inside = join(dataDir, 'postgres')
  const entry = await lstat(inside).catch(() => null)
  const cluster = entry ? await resolveEntry(inside) : inside
  const user = await userFor(entry ? cluster : null, await unprivilegedUser())
  if (entry?.isSymbolicLink() && user) await claimSheltered(dataDir, cluster)
  if (entry?.isSymbolicLink() || (await mayEnter(user, dataDir))) {
    return {
      cluster,
      user,
      notice: entry?.isSymbolicLink() ? elsewhere(inside, cluster) : null,
      link: async () => {},
    }
  }
  const sheltered = join(await openShelter(dataDir), 'postgres')
  const aside = (await hasCluster(sheltered)) && !isKnown ? await setAside(sheltered) : null
  // The folder was moved below one that the database user may not enter; `mv` also crosses file systems.
  if (entry) await run('mv', [inside, sheltered])
  return {
    cluster: sheltered,
    user,
    notice:
      elsewhere(inside, sheltered) +
      (aside ? ` The one of a removed data directory was kept as ${aside}.` : ''),
    link: () => symlink(sheltered, inside),
  }
}

const elsewhere = (inside: string, cluster: string): string =>
  `The database lives in ${cluster}, which ${inside} links to, because its unprivileged user may not enter that folder.`

const resolveEntry = (inside: string): Promise<string> =>
  realpath(inside).catch((cause: unknown) => {
    throw new Error(
      `${inside} is a link to a folder that is not there. Bring it back, or remove the link to begin with an empty database.`,
      { cause },
    )
  })

/** A cluster that exists is run by its owner; files that root has copied are given to the unprivileged user first. */
const userFor = async (cluster: string | null, user: SystemUser | null): Promise<SystemUser | null> => {
  if (!cluster || !(await hasCluster(cluster))) return user
  const { uid, gid } = await stat(cluster)
  if (user === null) {
    if (process.getuid && uid !== process.getuid()) {
      throw new Error(`${cluster} belongs to user ${uid}: start the program as that user or as root.`)
    }
    return null
  }
  if (uid !== 0) return { uid, gid }
  await run('chown', ['-R', `${user.uid}:${user.gid}`, cluster])
  return user
}
