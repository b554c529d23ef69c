import Type, { type Static, type TSchema } from 'typebox'
import type { AuditRecords } from './audit-actions/contract.ts'
import type { PermissionKey } from './permissions/contract.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call: `public` = nobody signed in (named aloud), `session` = any signed-in person,
 * a permission key = a person holding it. A route cannot be declared without one.
 */
export type Access = 'public' | 'session' | PermissionKey

/** One route, declared once: server validation, reply serialization, OpenAPI and the console's client all read this value. */
export type RouteContract = RouteShape & (Reading | Changing)

type Reading = { readonly method: 'GET'; readonly records?: never }
type Changing = {
  readonly method: Exclude<Method, 'GET'>
  /**
   * What the application log holds after a success, or why it holds nothing. The handler writes it with `record` or
   * `recordAct` of src/audit in the transaction of the change; the tests' client looks whether it did.
   */
  readonly records: AuditRecords
}

type RouteShape = {
  /** Path below `/api/v1`, parameters as `{id}`. */
  readonly path: `/${string}`
  readonly summary: string
  readonly tag: string
  readonly access: Access
  /** Staff of the operator may call it too, though it is no operator key; the handler decides what they see. */
  readonly orStaff?: true
  /** An API key may call it too, though it asks for no permission key: reading what a signed-in person may always read. */
  readonly orKey?: true
  /** Hands messages to a provider: closed to test keys, which reach the simulator alone (security.md §4.7). */
  readonly sends?: true
  /** Closed to API keys though its permission key may be a scope: all of security.md's chapter is. */
  readonly panelOnly?: true
  /** A fresh confirmation (POST /step-up) is needed, security.md §3.4. */
  readonly stepUp?: 'general' | 'factors'
  /** A session that a recovery code opened may call it without that confirmation in its first 30 minutes (security.md §3.4). */
  readonly recoveryMayAdd?: true
  /** Entitlement of the account that must be granted, account.md §3. */
  readonly entitlement?: 'mfa' | 'channel.email' | 'api.keys' | 'smtp.submission' | 'webhooks'
  /** `required`: `If-Match` must be sent; `optional`: it is judged when sent. */
  readonly ifMatch?: 'required' | 'optional'
  /** A suspended account may still call this unsafe route (sign-out, own password). */
  readonly whileSuspended?: true
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Body is `multipart/form-data`; only the import upload is (security.md §4.9). */
  readonly multipart?: true
  /** Sign-in paths take at most 64 KiB, all others 1 MiB unless stated. */
  readonly bodyBytesMax?: number
  /** Reply is not JSON: a file, a stream of events. */
  readonly replyType?:
    | 'text/csv'
    | 'text/plain'
    | 'text/event-stream'
    | 'message/rfc822'
    | 'text/html'
    | 'application/octet-stream'
  readonly reply: { readonly [status: number]: TSchema }
  /** Problem codes this route may answer beside those possible everywhere. */
  readonly problems?: readonly string[]
}

export const route = <const R extends RouteContract>(contract: R): R => contract

type StaticOf<S> = S extends TSchema ? Static<S> : undefined
export type ParamsOf<R extends RouteContract> = StaticOf<R['params']>
export type QueryOf<R extends RouteContract> = StaticOf<R['query']>
export type BodyOf<R extends RouteContract> = StaticOf<R['body']>
export type ReplyOf<R extends RouteContract> = {
  [S in keyof R['reply']]: StaticOf<R['reply'][S]>
}[keyof R['reply']]

/** Every object refuses unknown fields (account.md §1, row 7). */
export const Obj = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** Every property may be left out; unknown ones are still refused, which `Type.Partial` alone would not do. */
export const PartialObj = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Partial(Type.Object(properties), { additionalProperties: false })

/** Text kept as typed: no trimming, no NFC; only NUL is refused. For passwords, HTML and sources. */
export const RawString = (options: { minLength?: number; maxLength?: number; description?: string } = {}) =>
  Type.String({ ...options, 'x-raw': true })

export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const Id = Type.String({ format: 'uuid', description: 'UUIDv7' })
export const Timestamp = Type.String({ format: 'date-time', description: 'UTC, ISO 8601 with milliseconds' })
export const Count = Type.Integer({ minimum: 0 })
export const OneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] })
export const NoContent = Type.Null()
export const Empty = Obj({})
export const IdParams = Obj({ id: Id })

/** Limits of every list (account.md §1). */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 1024 })),
}
export const Page = <S extends TSchema>(item: S) =>
  Obj({ data: Type.Array(item), next_cursor: Nullable(Type.String()), has_more: Type.Boolean() })

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    request_id: Type.Optional(Type.String()),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() })),
    ),
  },
  { additionalProperties: true, description: 'RFC 9457 problem' },
)
export type Problem = Static<typeof Problem>
