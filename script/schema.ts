import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../src/db/embedded/index.ts'
import { migrate } from '../src/db/migrate.ts'
import { ensureRoles } from '../src/db/roles.ts'
import { generateSchema } from '../src/db/schema-file/generate.ts'

// Writes src/db/schema.ts from a database that is made, migrated and thrown away.
const folder = await mkdtemp(join(tmpdir(), 'campanile-schema-'))
const server = await startEmbeddedDatabase({ dataDir: folder, log: () => {}, settings: { fsync: 'off' } })
try {
  const urls = await ensureRoles(server.superuserUrl, { dataDir: folder, database: 'campanile' })
  await migrate(urls.owner)
  await writeFile(new URL('../src/db/schema.ts', import.meta.url), await generateSchema(urls.owner))
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
