import pg from 'pg'

type Column = {
  table: string
  column: string
  type: string
  nullable: boolean
  defaulted: boolean
  generated: boolean
}

const scalar: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  numeric: 'string',
  date: 'string',
  timestamptz: 'Timestamp',
  jsonb: 'Json',
  bytea: 'Buffer',
}

const typeOf = (name: string): string => {
  const inner = scalar[name.replace(/^_/, '')]
  if (!inner) throw new Error(`no TypeScript type for ${name}`)
  return name.startsWith('_') ? `${inner}[]` : inner
}

const columnsQuery = `
  select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
    a.atthasdef as defaulted, a.attgenerated <> '' as generated
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and c.relname <> 'schema_migrations'
  order by c.relname, a.attnum`

const toPascal = (name: string): string =>
  name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

const columnLine = (column: Column): string => {
  const base = typeOf(column.type) + (column.nullable ? ' | null' : '')
  const wrapped = column.generated
    ? `ColumnType<${base}, never, never>`
    : column.defaulted
      ? `Generated<${base}>`
      : base
  return `  ${column.column}: ${wrapped}`
}

/** TypeScript types of the migrated schema, one per table; partitions are left out. */
export const generateSchema = async (url: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Column>(columnsQuery)
  await client.end()
  const tables = Map.groupBy(rows, (row) => row.table)
  const interfaces = [...tables].map(
    ([name, columns]) => `export type ${toPascal(name)} = {\n${columns.map(columnLine).join('\n')}\n}\n`,
  )
  const schema = [...tables.keys()].map((name) => `  ${name}: ${toPascal(name)}`).join('\n')
  return `// Generated from the migrated schema by script/schema; do not edit.
import type { ColumnType } from 'kysely'

type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as the parsed value, written as JSON text. */
export type Json = ColumnType<unknown, string, string>
export type Timestamp = ColumnType<Date, Date | string, Date | string>

${interfaces.join('\n')}
export type Schema = {
${schema}
}
`
}
