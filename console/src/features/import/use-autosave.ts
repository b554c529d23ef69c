import { useCallback, useEffect, useRef, useState } from 'react'
import { readClock } from '../../lib/clock.ts'

const quietMs = 700

type State = 'saved' | 'saving' | 'changed' | 'failed'

/**
 * Saves by itself once the hands rest. `value` is null while the entries cannot be saved yet (a choice is missing);
 * they are kept on the page until they can.
 */
export const useAutosave = <Value>(
  value: Value | null,
  save: (value: Value) => Promise<unknown>,
  /** What stands on the page at first has never been saved: a proposal. */
  isProposal = false,
) => {
  const text = JSON.stringify(value)
  const saved = useRef(isProposal ? null : text)
  const latest = useRef({ value, text, save })
  latest.current = { value, text, save }
  const [state, setState] = useState<State>('saved')
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)

  /** Saves now what is not saved yet; throws the refusal. */
  const flush = useCallback(async () => {
    const now = latest.current
    if (now.value === null || now.text === saved.current) return
    setState('saving')
    setError(null)
    try {
      await now.save(now.value)
      saved.current = now.text
      setSavedAt(readClock().toISOString())
      setState(latest.current.text === now.text ? 'saved' : 'changed')
    } catch (failure) {
      setError(failure)
      setState('failed')
      throw failure
    }
  }, [])

  useEffect(() => {
    if (text === saved.current) return
    setState('changed')
    const timer = setTimeout(() => void flush().catch(() => undefined), quietMs)
    return () => clearTimeout(timer)
  }, [text, flush])
  // Who leaves the page before the hands rested loses nothing either.
  useEffect(() => () => void flush().catch(() => undefined), [flush])

  return { state, savedAt, error, flush }
}
