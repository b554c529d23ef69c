/** `/settings/port` → `settings.port`, the path of a form; `~1` and `~0` are RFC 6901. */
export const pathOfPointer = (pointer: string): string =>
  pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
