import { useEffect, useState } from 'react'

/**
 * The token of a mailed link stands in the fragment, which no server log sees. It leaves the address bar at once and stays
 * in this tab for this page, so that a reload does not lose it. Null: the page was opened without one.
 */
export const useMailedToken = (): string | null => {
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    // Another link of the same kind opened in this tab changes the fragment without a reload.
    const follow = () => setToken(takeToken())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return token
}

const takeToken = (): string | null => {
  const { hash, pathname } = window.location
  const key = `campanile-link:${pathname}`
  const given = new URLSearchParams(hash.slice(1)).get('token')
  if (given !== null && given !== '') {
    sessionStorage.setItem(key, given)
    window.history.replaceState(window.history.state, '', pathname)
  }
  return sessionStorage.getItem(key)
}

/** The link has done its work. */
export const dropMailedToken = (): void =>
  sessionStorage.removeItem(`campanile-link:${window.location.pathname}`)
