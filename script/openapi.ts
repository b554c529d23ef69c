import { mkdir, writeFile } from 'node:fs/promises'
import { loadContracts } from '../src/openapi/contracts.ts'
import { writeOpenApi } from '../src/openapi/generate.ts'

// Writes docs/api/openapi.json from the contracts; a test fails while the two differ.
const folder = new URL('../docs/api/', import.meta.url)
await mkdir(folder, { recursive: true })
await writeFile(new URL('openapi.json', folder), writeOpenApi(await loadContracts()))
