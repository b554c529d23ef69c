import type { Problem } from '../../../src/http/contract.ts'

export type FieldProblem = { readonly pointer: string; readonly code: string; readonly detail: string }

/** A refusal of the server (RFC 9457), or the lack of any answer (`status` 0). */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly requestId: string | null
  readonly errors: readonly FieldProblem[]
  /** Seconds the server asks to wait (`Retry-After`). */
  readonly retryAfterSeconds: number | null
  /** Further members such as `reason`, `purpose`, `permission`, `limit`. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(problem: Partial<Problem> & { code: string; status: number } & Record<string, unknown>) {
    super(problem.title ?? problem.code)
    this.name = 'ProblemError'
    this.code = problem.code
    this.status = problem.status
    this.detail = problem.detail ?? ''
    this.requestId = problem.request_id ?? null
    this.errors = problem.errors ?? []
    this.retryAfterSeconds = typeof problem['retry_after'] === 'number' ? problem['retry_after'] : null
    this.members = problem
  }

  /** A member that is a string, such as `reason` or `purpose`. */
  word(member: string): string | null {
    const value = this.members[member]
    return typeof value === 'string' ? value : null
  }
}

export const isProblem = (error: unknown, code?: string): error is ProblemError =>
  error instanceof ProblemError && (code === undefined || error.code === code)

/** What the headers of a refusal add to its body. */
export type ProblemHeaders = { readonly requestId?: string | null; readonly retryAfter?: string | null }

/** A body that is no problem document (a proxy's page, a cut connection) still becomes one. */
export const toProblem = (status: number, body: unknown, headers: ProblemHeaders = {}): ProblemError => {
  const seconds = Number(headers.retryAfter ?? Number.NaN)
  const added = {
    ...(headers.requestId == null ? {} : { request_id: headers.requestId }),
    ...(Number.isFinite(seconds) ? { retry_after: seconds } : {}),
  }
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    return new ProblemError({ ...added, ...body, code: body.code, status })
  }
  const kept = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  const code = status === 0 ? 'offline' : status >= 500 ? 'internal' : 'bad_request'
  // A batch of which nothing was taken answers with its results; they stay readable as members.
  return new ProblemError({ ...added, ...kept, code, status })
}
