import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { TextKey } from '../i18n/catalogue.ts'

/** `['mod', 'k']` is held together; `['g', 'h']` is typed one after the other. */
export type Keys = readonly [string] | readonly [string, string]
export type Shortcut = { readonly keys: Keys; readonly label: TextKey; readonly run: () => void }

const sequenceMsMax = 1_200
let shortcuts: readonly Shortcut[] = []
const listeners = new Set<() => void>()
let first: { key: string; at: number } | null = null

const isTyping = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement &&
  (event.target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))

const isMatch = ({ keys }: Shortcut, event: KeyboardEvent): boolean => {
  const key = event.key.toLowerCase()
  if (keys[0] === 'mod') return (event.ctrlKey || event.metaKey) && key === keys[1]
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return false
  if (keys.length === 1) return key === keys[0]
  return (
    first !== null && event.timeStamp - first.at < sequenceMsMax && first.key === keys[0] && key === keys[1]
  )
}

const onKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const shortcut = shortcuts.findLast((one) => isMatch(one, event))
  first =
    shortcut === undefined && !isTyping(event) ? { key: event.key.toLowerCase(), at: event.timeStamp } : null
  if (shortcut === undefined) return
  event.preventDefault()
  shortcut.run()
}

const change = (next: readonly Shortcut[]): void => {
  if (shortcuts.length === 0) window.addEventListener('keydown', onKey)
  shortcuts = next
  if (next.length === 0) window.removeEventListener('keydown', onKey)
  for (const listener of listeners) listener()
}

/** Registers a shortcut while the component is on screen; it appears in the list behind `?`. */
export const useShortcut = (keys: Keys, label: TextKey, run: () => void): void => {
  const latest = useRef(run)
  latest.current = run
  const [a, b] = keys
  useEffect(() => {
    const own: Shortcut = { keys: b === undefined ? [a] : [a, b], label, run: () => latest.current() }
    change([...shortcuts, own])
    return () => change(shortcuts.filter((other) => other !== own))
  }, [a, b, label])
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useShortcuts = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => shortcuts)
