import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { RouteContract } from '../../../src/http/contract.ts'
import { apiBase } from './call.ts'
import { refresh } from './queries.ts'

/** `id` is null after a reconnection: anything of the topic may have changed meanwhile. */
export type TopicHandler = (id: string | null) => void

const handlers = new Map<string, Set<TopicHandler>>()
const waitMsMin = 2_000
const waitMsMax = 60_000
let source: EventSource | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let waitMs = waitMsMin

/** Reads one message of the stream; what it cannot read it ignores. */
export const parseEvent = (text: string): { topic: string; id: string | null } | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('topic' in value)) return null
    if (typeof value.topic !== 'string') return null
    return { topic: value.topic, id: 'id' in value && typeof value.id === 'string' ? value.id : null }
  } catch {
    return null
  }
}

const tell = (topic: string, id: string | null): void => {
  for (const handler of handlers.get(topic) ?? []) handler(id)
}

const open = (): void => {
  const stream = new EventSource(`${apiBase}/events`)
  source = stream
  let openedBefore = false
  stream.onopen = () => {
    if (openedBefore || waitMs > waitMsMin) for (const topic of handlers.keys()) tell(topic, null)
    openedBefore = true
    waitMs = waitMsMin
  }
  stream.onmessage = (message: MessageEvent<string>) => {
    const event = parseEvent(message.data)
    if (event !== null) tell(event.topic, event.id)
  }
  stream.onerror = () => {
    // The browser reconnects by itself after a cut, but not after a refusal.
    if (stream.readyState !== EventSource.CLOSED || source !== stream) return
    timer = setTimeout(open, waitMs)
    waitMs = Math.min(waitMs * 2, waitMsMax)
  }
}

/** Opens the one stream of the console; the frame does this while somebody is signed in. */
export const openEvents = (): (() => void) => {
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
    source = null
    waitMs = waitMsMin
  }
}

export const subscribe = (topic: string, handler: TopicHandler): (() => void) => {
  const set = handlers.get(topic) ?? new Set()
  handlers.set(topic, set.add(handler))
  return () => void set.delete(handler)
}

export const useTopic = (topic: string, handler: TopicHandler): void => {
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => subscribe(topic, (id) => latest.current(id)), [topic])
}

/** Reads these routes again whenever something of the topic changed. */
export const useLive = (topic: string, ...contracts: readonly RouteContract[]): void => {
  const client = useQueryClient()
  useTopic(topic, () => void refresh(client, ...contracts))
}
