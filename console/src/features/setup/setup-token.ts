const storageKey = 'campanile-setup-token'

/**
 * The one-time token comes in the fragment, which no server log sees. It leaves the address bar at once and stays in
 * this tab, so that a reload does not lose it.
 */
export const takeSetupToken = (): string | null => {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (given !== null && given !== '') {
    sessionStorage.setItem(storageKey, given)
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }
  return sessionStorage.getItem(storageKey)
}

export const dropSetupToken = (): void => sessionStorage.removeItem(storageKey)
