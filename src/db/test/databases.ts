import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { withConnection, withDatabase } from '../connection.ts'
import type { DatabaseUrls } from '../roles.ts'
import { copyDatabase, dropDatabase } from './queries.ts'

export type TestDatabase = { urls: DatabaseUrls; name: string; drop(): Promise<void> }

/** A copy of the migrated template for one test file. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const { superuserUrl, urls } = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await withConnection(superuserUrl, (client) => copyDatabase(client, name))
  return {
    name,
    urls: {
      owner: withDatabase(urls.owner, name),
      app: withDatabase(urls.app, name),
      jobs: withDatabase(urls.jobs, name),
    },
    drop: () => withConnection(superuserUrl, (client) => dropDatabase(client, name)),
  }
}
