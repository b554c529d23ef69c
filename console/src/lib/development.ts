/** Only at such an address can a mailbox of system messages exist; elsewhere nothing is asked. */
export const isDevelopmentHere = (
  place: Pick<Location, 'protocol' | 'hostname'> = window.location,
): boolean => place.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(place.hostname)
