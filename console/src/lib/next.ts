/**
 * A target after sign-in is a path of this site or nothing (security.md §4.1): `//host` and `/\host` leave the
 * site, control characters are dropped by browsers and so can hide either.
 */
export const safeNext = (next: unknown): string | null => {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return null
  for (const character of next) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20 || code === 0x7f) return null
  }
  return next
}
