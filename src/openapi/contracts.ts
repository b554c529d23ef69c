import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TSchema } from 'typebox'
import type { RouteContract } from '../http/contract.ts'

const sourceFolder = fileURLToPath(new URL('..', import.meta.url))

export type NamedRoute = { readonly name: string; readonly contract: RouteContract }
export type NamedSchema = { readonly name: string; readonly folder: string; readonly schema: TSchema }
export type Contracts = { readonly routes: readonly NamedRoute[]; readonly schemas: readonly NamedSchema[] }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isRoute = (value: unknown): value is RouteContract =>
  isObject(value) &&
  typeof value['method'] === 'string' &&
  typeof value['path'] === 'string' &&
  isObject(value['reply'])

/** Shapes worth a name: objects and closed lists of words; numbers and texts read better in place. */
const isNamedShape = (value: unknown): value is TSchema =>
  isObject(value) && !isRoute(value) && (value['type'] === 'object' || Array.isArray(value['enum']))

const byPathAndMethod = (a: NamedRoute, b: NamedRoute): number => {
  const [one, other] = [a, b].map(({ contract }) => `${contract.path} ${contract.method}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}

/** Every route and every named shape that a `contract.ts` exports; the files themselves are the list. */
export const loadContracts = async (): Promise<Contracts> => {
  const files = globSync('**/contract.ts', { cwd: sourceFolder }).toSorted()
  const routes: NamedRoute[] = []
  const schemas: NamedSchema[] = []
  for (const file of files) {
    const exported = (await import(new URL(`../${file}`, import.meta.url).href)) as Record<string, unknown>
    const folder = file.split('/').slice(0, -1).join('/')
    for (const [name, value] of Object.entries(exported)) {
      if (isRoute(value)) routes.push({ name, contract: value })
      else if (isNamedShape(value) && /^[A-Z]/.test(name)) schemas.push({ name, folder, schema: value })
    }
  }
  return { routes: routes.toSorted(byPathAndMethod), schemas }
}
