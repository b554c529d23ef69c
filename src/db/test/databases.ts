import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { withConnection, withDatabase } from '../connection.ts'
import type { DatabaseUrls } from '../roles.ts'
import { copyDatabase, dropDatabase, makeEmptyDatabase } from './queries.ts'

export type TestDatabase = { urls: DatabaseUrls & { superuser: string }; name: string; drop(): Promise<void> }

/** A copy of the migrated template for one test file. */
export const createTestDatabase = (): Promise<TestDatabase> => create(copyDatabase)

/** A database with the roles and their rights, but without any table. */
export const createEmptyDatabase = (): Promise<TestDatabase> => create(makeEmptyDatabase)

const create = async (make: typeof copyDatabase): Promise<TestDatabase> => {
  const { superuserUrl, urls } = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await withConnection(superuserUrl, (client) => make(client, name))
  return {
    name,
    urls: {
      superuser: withDatabase(superuserUrl, name),
      owner: withDatabase(urls.owner, name),
      app: withDatabase(urls.app, name),
      jobs: withDatabase(urls.jobs, name),
    },
    drop: () => withConnection(superuserUrl, (client) => dropDatabase(client, name)),
  }
}
