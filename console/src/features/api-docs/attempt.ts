import { apiBase } from '../../lib/call.ts'
import { readClock } from '../../lib/clock.ts'
import type { Operation } from './openapi.ts'

export type Attempt =
  | {
      readonly kind: 'text'
      readonly status: number
      readonly ms: number
      readonly text: string
      readonly cut: boolean
    }
  | { readonly kind: 'file'; readonly status: number; readonly ms: number; readonly bytes: number }
  | { readonly kind: 'silence' }

export const shownCharactersMax = 200_000

const isText = (type: string): boolean => /json|^text\/|rfc822/.test(type)

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** The address with what was typed; fields left empty are not sent. */
export const addressFor = (operation: Operation, values: Readonly<Record<string, string>>): string => {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[`path.${name}`] ?? ''),
  )
  const query = new URLSearchParams()
  for (const { in: place, name } of operation.parameters) {
    const value = values[`query.${name}`] ?? ''
    if (place === 'query' && value !== '') query.set(name, value)
  }
  const search = query.toString()
  return `${apiBase}${path}${search === '' ? '' : `?${search}`}`
}

/** Calls the server as any program would and shows its answer untouched, refusals included. */
export const attempt = async (address: string): Promise<Attempt> => {
  const startedMs = readClock().getTime()
  try {
    const reply = await fetch(address, {
      credentials: 'same-origin',
      headers: { accept: 'application/json, application/problem+json, */*;q=0.5' },
    })
    const { status } = reply
    const type = reply.headers.get('content-type') ?? ''
    const body = await reply.arrayBuffer()
    const ms = readClock().getTime() - startedMs
    if (!isText(type)) return { kind: 'file', status, ms, bytes: body.byteLength }
    const text = pretty(new TextDecoder().decode(body))
    return {
      kind: 'text',
      status,
      ms,
      text: text.slice(0, shownCharactersMax),
      cut: text.length > shownCharactersMax,
    }
  } catch {
    return { kind: 'silence' }
  }
}
