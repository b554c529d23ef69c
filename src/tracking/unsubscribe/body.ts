import { AppError } from '../../http/errors.ts'

export const bodyBytesMax = 1_024

const boundaryOf = (contentType: string): string => {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;,]{1,70}))/i.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (!boundary) throw new AppError('bad_request', 400, 'The boundary of the form is missing.')
  return boundary
}

/**
 * Reads the small forms of RFC 8058: one-click posts arrive in either form type (its §3.2 shows both). The whole body is
 * at most 1 KiB and in memory, so splitting it is enough; files and encodings do not occur.
 */
const readMultipart = (contentType: string, body: string): Map<string, string> => {
  const lines = `\n${body}`.replaceAll(/\r?\n/g, '\r\n')
  const parts = lines.split(`\r\n--${boundaryOf(contentType)}`).slice(1)
  return new Map(
    parts.flatMap((part) => {
      const end = part.indexOf('\r\n\r\n')
      const name = /^content-disposition:\s*form-data\s*;.*?\bname="?([^";\r\n]+)"?/im.exec(
        part.slice(0, end),
      )
      return end >= 0 && name?.[1] ? [[name[1], part.slice(end + 4)] as const] : []
    }),
  )
}

export const readForm = (contentType: string, body: Buffer): ReadonlyMap<string, string> =>
  /^multipart\/form-data/i.test(contentType)
    ? readMultipart(contentType, body.toString())
    : new Map(new URLSearchParams(body.toString()))

/** Body of the one-click post: `List-Unsubscribe=One-Click` (RFC 8058 §3.1). */
export const isOneClick = (form: ReadonlyMap<string, string>): boolean =>
  form.get('List-Unsubscribe')?.trim().toLowerCase() === 'one-click'
