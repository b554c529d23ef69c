import { useCallback, useEffect, useRef } from 'react'

const prefix = 'campanile-draft:'

export const readDraft = <Values>(name: string): Values | null => {
  try {
    const text = sessionStorage.getItem(prefix + name)
    return text === null ? null : (JSON.parse(text) as Values)
  } catch {
    return null
  }
}

export const dropDraft = (name: string): void => sessionStorage.removeItem(prefix + name)

/**
 * Keeps what somebody typed over a reload, in this tab only. Never for passwords: the caller chooses what goes in.
 * `keep` is handed to a form's `onValuesChange`, `drop` is called after saving.
 */
export const useDraft = <Values extends object>(name: string) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<Values | null>(null)
  const write = useCallback(() => {
    clearTimeout(timer.current)
    if (pending.current !== null) sessionStorage.setItem(prefix + name, JSON.stringify(pending.current))
    pending.current = null
  }, [name])
  useEffect(() => {
    window.addEventListener('pagehide', write)
    return () => {
      window.removeEventListener('pagehide', write)
      write()
    }
  }, [write])
  const keep = (values: Values) => {
    pending.current = values
    clearTimeout(timer.current)
    timer.current = setTimeout(write, 300)
  }
  const drop = () => {
    pending.current = null
    clearTimeout(timer.current)
    dropDraft(name)
  }
  return { keep, drop }
}
