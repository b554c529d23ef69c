export type FieldError = { pointer: string; code: string; detail: string }

/** An answer the caller must understand: stable `code`, HTTP status, sentence, further members of the problem. */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    status: number,
    detail = '',
    members: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail || code)
    this.name = 'AppError'
    this.code = code
    this.status = status
    this.members = members
    this.headers = headers
  }
}

export const notFound = (): AppError => new AppError('not_found', 404)
export const conflict = (code: string, detail = '', members: Record<string, unknown> = {}): AppError =>
  new AppError(code, 409, detail, members)
export const unprocessable = (code: string, detail = '', members: Record<string, unknown> = {}): AppError =>
  new AppError(code, 422, detail, members)
export const versionConflict = (): AppError => new AppError('version_conflict', 412)
export const unavailable = (): AppError => new AppError('unavailable', 503, '', {}, { 'retry-after': '5' })

/** 422 `validation_failed`; each error names its field by JSON pointer (RFC 6901). */
export const invalid = (...errors: FieldError[]): AppError =>
  new AppError('validation_failed', 422, '', { errors })
export const invalidField = (pointer: string, code: string, detail: string): AppError =>
  invalid({ pointer, code, detail })
