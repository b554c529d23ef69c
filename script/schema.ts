import { writeFile } from 'node:fs/promises'
import { migrate } from '../src/db/migrate.ts'
import { ensureRoles } from '../src/db/roles.ts'
import { generateSchema } from '../src/db/schema-file/generate.ts'
import { makeDataDir, removeDataDir, startHastily } from '../src/db/test/data-dirs.ts'

// Writes src/db/schema.ts from a database that is made, migrated and thrown away.
const folder = await makeDataDir()
const server = await startHastily(folder)
try {
  const urls = await ensureRoles(server.superuserUrl, { dataDir: folder, database: 'campanile' })
  await migrate(urls.owner)
  await writeFile(new URL('../src/db/schema.ts', import.meta.url), await generateSchema(urls.owner))
} finally {
  await server.stop()
  await removeDataDir(folder)
}
