const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** What stands on the key: ⌘ on a Mac, Ctrl elsewhere. */
export const modKey = isMac ? '⌘' : 'Ctrl'

export const keyName = (key: string): string =>
  key === 'mod' ? modKey : key.length === 1 ? key.toUpperCase() : key
