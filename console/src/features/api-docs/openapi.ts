/** The part of OpenAPI 3.1 and JSON Schema that our own generator writes; nothing else has to be understood. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
}

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>
type RawReply = { readonly $ref?: string; readonly description?: string; readonly content?: Content }
type RawOperation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, RawReply>>
  readonly 'x-access': string
  readonly 'x-problems'?: readonly string[]
}
export type OpenApi = {
  readonly info: { readonly description: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly parameters: Readonly<Record<string, Parameter>>
  }
}

export type Body = { readonly type: string; readonly schema: Schema }
export type Reply = { readonly status: string; readonly description: string; readonly body: Body | null }
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  /** What else must be known before calling it, in whole sentences. */
  readonly notes: string
  readonly access: string
  readonly parameters: readonly Parameter[]
  readonly body: Body | null
  readonly replies: readonly Reply[]
  readonly problems: readonly string[]
}

const lastOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

const bodyOf = (content: Content | undefined): Body | null => {
  const [first] = Object.entries(content ?? {})
  return first === undefined ? null : { type: first[0], schema: first[1].schema }
}

const readParameter = (document: OpenApi, given: Parameter | { readonly $ref: string }): Parameter[] => {
  if (!('$ref' in given)) return [given]
  const found = document.components.parameters[lastOf(given.$ref)]
  return found === undefined ? [] : [found]
}

const shownElsewhere = /^(?:Open to everybody|Any signed-in|Needs the permission|Own problems)/

/** Access and own errors have places of their own on the page; what is left are the unusual conditions. */
const notesOf = (description: string): string =>
  description
    .split(/(?<=\.) (?=[A-Z])/)
    .filter((sentence) => !shownElsewhere.test(sentence))
    .join(' ')

/** Refusals are the same for all, so only what succeeds is shown per operation. */
const repliesOf = (raw: RawOperation): Reply[] =>
  Object.entries(raw.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, reply]) => ({
      status,
      description: reply.description ?? '',
      body: bodyOf(reply.content),
    }))

export const readOperations = (document: OpenApi): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      id: raw.operationId,
      method: method.toUpperCase(),
      path,
      tag: raw.tags[0] ?? '',
      summary: raw.summary,
      notes: notesOf(raw.description),
      access: raw['x-access'],
      parameters: (raw.parameters ?? []).flatMap((given) => readParameter(document, given)),
      body: bodyOf(raw.requestBody?.content),
      replies: repliesOf(raw),
      problems: raw['x-problems'] ?? [],
    })),
  )

/** Every word of the search must stand somewhere in the operation. */
export const isFound = (operation: Operation, query: string): boolean => {
  const { method, path, tag, summary, access, id } = operation
  const text = `${method} ${path} ${tag} ${summary} ${access} ${id}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export type Resolve = (schema: Schema) => { readonly schema: Schema; readonly name: string | null }

/** Follows a reference; the name of the shape is kept for the reader and against endless circles. */
export const makeResolve =
  (document: OpenApi): Resolve =>
  (schema) => {
    if (schema.$ref === undefined) return { schema, name: null }
    const name = lastOf(schema.$ref)
    return { schema: document.components.schemas[name] ?? {}, name }
  }

/** `anyOf [X, null]` is X that may be null. */
export const withoutNull = (schema: Schema): { readonly schema: Schema; readonly nullable: boolean } => {
  const choices = schema.anyOf
  if (choices === undefined) return { schema, nullable: false }
  const real = choices.filter((choice) => choice.type !== 'null')
  const [only] = real
  if (real.length === choices.length) return { schema, nullable: false }
  const { anyOf: _, ...rest } = schema
  return {
    schema: real.length === 1 && only !== undefined ? { ...rest, ...only } : { ...rest, anyOf: real },
    nullable: true,
  }
}
