import { useState } from 'react'

/** The token of a mailed link stands in the fragment; it is read once and taken out of the address. */
export const useLinkToken = (): string | null => {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token'))
  return token
}
