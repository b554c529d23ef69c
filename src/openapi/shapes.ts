import type { NamedSchema } from './contracts.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Marks of our own validator mean nothing to a reader. */
const ownMarks = new Set(['x-raw'])

const pascal = (text: string): string =>
  text.replaceAll(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** One name per shape; equal names of two features get the feature in front, both of them. */
const nameShapes = (schemas: readonly NamedSchema[]): Map<object, string> => {
  const distinct = [...new Map(schemas.map((named) => [named.schema as object, named])).values()]
  const uses = Map.groupBy(distinct, (named) => named.name)
  return new Map(
    distinct.map(({ name, folder, schema }) => [
      schema as object,
      (uses.get(name)?.length ?? 0) > 1 ? `${pascal(folder)}${name}` : name,
    ]),
  )
}

export type Shapes = {
  /** The schema as plain JSON; named shapes become references. */
  write(schema: unknown): Json
  /** The named shapes that were referred to, by name. */
  used(): JsonObject
}

/** Writes schemas as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
export const makeShapes = (schemas: readonly NamedSchema[]): Shapes => {
  const names = nameShapes(schemas)
  const written = new Map<string, Json>()
  const plain = (value: unknown): Json => {
    if (Array.isArray(value)) return value.map(write)
    if (typeof value !== 'object' || value === null) return value as Json
    const entries = Object.entries(value).filter(([key]) => !ownMarks.has(key))
    return Object.fromEntries(entries.map(([key, entry]) => [key, write(entry)]))
  }
  const write = (value: unknown): Json => {
    const name = typeof value === 'object' && value !== null ? names.get(value) : undefined
    if (name === undefined) return plain(value)
    if (!written.has(name)) {
      written.set(name, null)
      written.set(name, plain(value))
    }
    return { $ref: `#/components/schemas/${name}` }
  }
  return {
    write,
    used: () => Object.fromEntries([...written].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}
