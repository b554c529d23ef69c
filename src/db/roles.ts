import { DatabaseError } from 'pg'
import { databaseOf, withConnection, withDatabase, withRole, withUser } from './connection.ts'
import {
  keepPasswords,
  type RolePasswords,
  randomPasswords,
  readPasswords,
  type Seal,
} from './roles/passwords.ts'
import {
  type Administrator,
  createDatabase,
  createJobsSchema,
  databaseStatements,
  findDatabase,
  lockRoles,
  readAdministrator,
  roleStatements,
  runStatements,
} from './roles/queries.ts'

export type DatabaseUrls = { owner: string; app: string; jobs: string }

const oldestVersionNumber = 150_000
const insufficientPrivilege = '42501'
const noSuchDatabase = '3D000'

/** The user of DATABASE_URL cannot make Campanile's roles; an administrator has to run `rolesSql` once. */
export class RolesNotPermitted extends Error {
  override readonly name = 'RolesNotPermitted'

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `DATABASE_URL: ${reason} An administrator of that server can run what \`campanile database roles\` prints; ` +
        'its last lines say what DATABASE_URL and DATABASE_MIGRATION_URL are then.',
      options,
    )
  }
}

/**
 * Makes Campanile's roles and their rights in one database and answers how to sign in as them. Can be repeated at
 * every start. The passwords are kept in DATA_DIR; when they are lost there, new ones are set.
 * `database`: made when it does not exist; without it the database of `adminUrl` is used.
 */
export const ensureRoles = async (
  adminUrl: string,
  options: { dataDir: string; database?: string; seal?: Seal },
): Promise<DatabaseUrls> => {
  const database = options.database ?? databaseOf(adminUrl)
  const kept = await readPasswords(options.dataDir, options.seal)
  const passwords = kept ?? randomPasswords()
  // Kept before they are set: a start that is cut in between sets the same ones at its next attempt.
  if (!kept) await keepPasswords(options.dataDir, passwords, options.seal)
  const targetUrl = withDatabase(adminUrl, database)
  try {
    await prepareServer(adminUrl, database, passwords)
    await withConnection(targetUrl, (client) => runStatements(client, databaseStatements(database)))
  } catch (error) {
    throw explained(error)
  }
  const urls = urlsFor(targetUrl, passwords)
  await withConnection(urls.jobs, createJobsSchema)
  return urls
}

const urlsFor = (url: string, passwords: RolePasswords): DatabaseUrls => ({
  owner: withUser(url, 'campanile_owner', passwords.campanile_owner),
  app: withUser(url, 'campanile_app', passwords.campanile_app),
  jobs: withUser(url, 'campanile_jobs', passwords.campanile_jobs),
})

/** The database of DATABASE_URL may still have to be made; `postgres` exists on every server. */
const withServer: typeof withConnection = (url, work) =>
  withConnection(url, work).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== noSuchDatabase) throw error
    return withConnection(withDatabase(url, 'postgres'), work)
  })

const prepareServer = (adminUrl: string, database: string, passwords: RolePasswords): Promise<void> =>
  withServer(adminUrl, async (client) => {
    const administrator = await readAdministrator(client)
    refuseUnfit(administrator)
    await lockRoles(client)
    await runStatements(client, roleStatements(passwords))
    if (!(await findDatabase(client, database)) && administrator.mayCreateDatabases) {
      await createDatabase(client, database, administrator.isSuperuser ? 'campanile_owner' : null)
    }
    const facts = await findDatabase(client, database)
    if (!facts)
      throw new RolesNotPermitted(`user ${administrator.name} may not create the database ${database}.`)
    if (!facts.isOurs) {
      throw new RolesNotPermitted(`user ${administrator.name} does not own the database ${database}.`)
    }
    if (facts.encoding !== 'UTF8') {
      throw new Error(`The database ${database} has the encoding ${facts.encoding}; Campanile needs UTF8.`)
    }
  })

const refuseUnfit = ({ name, versionNumber, mayCreateRoles }: Administrator): void => {
  if (versionNumber < oldestVersionNumber) {
    throw new Error(`PostgreSQL 15 or newer is needed, this is ${Math.floor(versionNumber / 10_000)}.`)
  }
  if (!mayCreateRoles) throw new RolesNotPermitted(`user ${name} may not create roles.`)
}

const explained = (error: unknown): unknown =>
  error instanceof DatabaseError && error.code === insufficientPrivilege
    ? new RolesNotPermitted(`its user has too few rights: ${error.message}.`, {
        cause: error,
      })
    : error

/**
 * For an administrator who makes the roles himself: the SQL to run once in the database, and the two variables that
 * belong to it. The worker then acts as campanile_jobs through campanile_owner.
 */
export const rolesSql = (databaseUrl: string, passwords: RolePasswords = randomPasswords()): string => {
  const database = databaseOf(databaseUrl)
  const urls = urlsFor(databaseUrl, passwords)
  const statements = [...roleStatements(passwords), ...databaseStatements(database)]
  return [
    `-- Run once as an administrator, connected to the database "${database}" (PostgreSQL 15 or newer, UTF8).`,
    ...statements.map((statement) => `${statement};`),
    '-- Then start Campanile with these two variables; the passwords stand nowhere else:',
    `-- DATABASE_URL=${urls.app}`,
    `-- DATABASE_MIGRATION_URL=${urls.owner}`,
    '',
  ].join('\n')
}

/** What DATABASE_URL and DATABASE_MIGRATION_URL, both given, amount to. */
export const urlsFromVariables = (appUrl: string, ownerUrl: string): DatabaseUrls => ({
  owner: ownerUrl,
  app: appUrl,
  jobs: withRole(ownerUrl, 'campanile_jobs'),
})
