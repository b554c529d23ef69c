import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** Which operations are open; the last one opened stands in the address, so that a link leads to it. */
export const useOpened = () => {
  const { hash } = useLocation()
  const [opened, setOpened] = useState<readonly string[]>([])
  useEffect(() => {
    if (hash === '') return
    setOpened((before) => (before.includes(hash) ? before : [...before, hash]))
    requestAnimationFrame(() => document.getElementById(hash)?.scrollIntoView({ block: 'start' }))
  }, [hash])
  const change = (next: readonly string[]) => {
    const fresh = next.find((id) => !opened.includes(id))
    setOpened(next)
    // The address is written without a step of the router: it would scroll to what is already under the eyes.
    if (fresh !== undefined) window.history.replaceState(window.history.state, '', `#${fresh}`)
  }
  return { opened, change }
}
