import type { Static, TSchema } from 'typebox'
import type { BodyOf, ParamsOf, QueryOf, RouteContract } from '../../../src/http/contract.ts'
import { isProblem, type ProblemHeaders, toProblem } from './problem.ts'

export const apiBase = '/api/v1'
/** `Nothing extends V` asks whether every member of V may be left out. */
type Nothing = Record<never, never>

type Part<K extends string, V> = [V] extends [undefined]
  ? { readonly [P in K]?: never }
  : Nothing extends V
    ? { readonly [P in K]?: V }
    : { readonly [P in K]: V }

type LooseQuery<V> = V extends undefined ? undefined : { [K in keyof V]: V[K] | undefined }

export type CallInput<R extends RouteContract> = Part<'params', ParamsOf<R>> &
  Part<'query', LooseQuery<QueryOf<R>>> &
  Part<'body', BodyOf<R>> & {
    /** The `version` of the object the person has seen. */
    readonly ifMatch?: number
    readonly signal?: AbortSignal
    /** Polling that must not keep the session awake (security.md §4.1). */
    readonly background?: boolean
    /** Whether a missing session leads to the sign-in page (the default) or only throws. */
    readonly signedOut?: 'leave' | 'throw'
  }
/** What a call gives back: refusals, also those with a body of their own, are thrown. */
export type AnswerOf<R extends RouteContract> = {
  [S in keyof R['reply']]: S extends 200 | 201 | 202 | 204 | 207 ? ReplyAt<R, S> : never
}[keyof R['reply']]
type ReplyAt<R extends RouteContract, S extends keyof R['reply']> = R['reply'][S] extends TSchema
  ? Static<R['reply'][S]>
  : never

export type CallArgs<R extends RouteContract> =
  Nothing extends CallInput<R> ? [input?: CallInput<R>] : [input: CallInput<R>]

type LooseInput = {
  readonly params?: Readonly<Record<string, unknown>> | undefined
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
  readonly ifMatch?: number
  readonly signal?: AbortSignal
  readonly background?: boolean
  readonly signedOut?: 'leave' | 'throw'
}

/** What the application does when the server asks for a person: set once by the frame, so that this file knows no page. */
type Doors = {
  signedOut: () => void
  stepUp: (purpose: 'general' | 'factors') => Promise<boolean>
  language: () => string
}
const doors: Doors = {
  signedOut: () => undefined,
  stepUp: async () => false,
  language: () => 'en',
}
export const installDoors = (change: Partial<Doors>): void => {
  Object.assign(doors, change)
}

const toText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value))

/** Address of a route: for links to downloads and frames. */
export const addressOf = (contract: Pick<RouteContract, 'path'>, input: LooseInput = {}): string => {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(toText(input.params?.[name] ?? '')),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, toText(value))
  }
  const search = query.toString()
  return `${apiBase}${path}${search === '' ? '' : `?${search}`}`
}

const headersFor = (input: LooseInput): Headers => {
  const headers = new Headers({
    accept: 'application/json, application/problem+json, */*;q=0.5',
    'accept-language': doors.language(),
    'x-campanile-request': '1',
  })
  if (input.body !== undefined) headers.set('content-type', 'application/json')
  if (input.ifMatch !== undefined) headers.set('if-match', `"${input.ifMatch}"`)
  if (input.background === true) headers.set('x-campanile-background', '1')
  return headers
}

const isJson = (type: string | null): boolean => type !== null && /^application\/(?:\w+\+)?json\b/.test(type)

const parse = (text: string, type: string | null): unknown => {
  if (text === '') return null
  if (!isJson(type)) return text
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const headersOf = (get: (name: string) => string | null): ProblemHeaders => ({
  requestId: get('x-request-id'),
  retryAfter: get('retry-after'),
})

type Answer = { readonly reply: unknown; readonly etag: string | null; readonly status: number }

const ask = async (contract: RouteContract, input: LooseInput): Promise<Answer> => {
  const reply = await fetch(addressOf(contract, input), {
    method: contract.method,
    headers: headersFor(input),
    credentials: 'same-origin',
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  }).catch((cause: unknown) => {
    if (input.signal?.aborted === true) throw cause
    throw toProblem(0, null)
  })
  const body = parse(await reply.text(), reply.headers.get('content-type'))
  if (!reply.ok)
    throw toProblem(
      reply.status,
      body,
      headersOf((name) => reply.headers.get(name)),
    )
  return { reply: body, etag: reply.headers.get('etag'), status: reply.status }
}

let asking: Promise<boolean> | null = null

/** Several calls refused at once share one question; a download that `call` cannot make asks by itself. */
export const askOnce = (purpose: 'general' | 'factors'): Promise<boolean> => {
  asking ??= doors.stepUp(purpose).finally(() => {
    asking = null
  })
  return asking
}

/** Repeats what was refused for lack of a fresh confirmation once the person has confirmed. */
const withDoors = async <T>(act: () => Promise<T>, signedOut: 'leave' | 'throw' = 'leave'): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    if (isProblem(error, 'unauthenticated') && signedOut === 'leave') doors.signedOut()
    if (!isProblem(error, 'step_up_required')) throw error
    const purpose = error.word('purpose') === 'factors' ? 'factors' : 'general'
    if (!(await askOnce(purpose))) throw error
    return act()
  }
}

export const callWithEtag = async <R extends RouteContract>(
  contract: R,
  ...[input]: CallArgs<R>
): Promise<{ reply: AnswerOf<R>; etag: string | null; status: number }> => {
  const loose = (input ?? {}) as LooseInput
  return (await withDoors(() => ask(contract, loose), loose.signedOut)) as never
}

/** Calls a route as its contract declares it; throws `ProblemError`. */
export const call = async <R extends RouteContract>(
  contract: R,
  ...args: CallArgs<R>
): Promise<AnswerOf<R>> => (await callWithEtag(contract, ...args)).reply

export type UploadInput = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void
}

/** Sends a form with files; `fetch` cannot tell how much has left, XMLHttpRequest can. */
export const upload = <R extends RouteContract>(
  contract: R,
  form: FormData,
  input: UploadInput = {},
): Promise<AnswerOf<R>> => withDoors(() => send(contract, form, input)) as Promise<AnswerOf<R>>

const send = (contract: RouteContract, form: FormData, input: UploadInput): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(contract.method, addressOf(contract, { params: input.params, query: input.query }))
    request.setRequestHeader('x-campanile-request', '1')
    request.setRequestHeader('accept-language', doors.language())
    request.upload.onprogress = (event) => input.onProgress?.(event.loaded, event.total)
    request.onerror = () => reject(toProblem(0, null))
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    request.onload = () => {
      const body = parse(request.responseText, request.getResponseHeader('content-type'))
      if (request.status >= 200 && request.status < 300) resolve(body)
      else
        reject(
          toProblem(
            request.status,
            body,
            headersOf((name) => request.getResponseHeader(name)),
          ),
        )
    }
    input.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
