import type { Problem } from '../../../src/http/contract.ts'

export type FieldProblem = { readonly pointer: string; readonly code: string; readonly detail: string }

/** A refusal of the server (RFC 9457), or the lack of any answer (`status` 0). */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly requestId: string | null
  readonly errors: readonly FieldProblem[]
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

/** A body that is no problem document (a proxy's page, a cut connection) still becomes one. */
export const toProblem = (status: number, body: unknown, requestId: string | null): ProblemError => {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    return new ProblemError({ request_id: requestId ?? undefined, ...body, code: body.code, status } as never)
  }
  const code = status === 0 ? 'offline' : status >= 500 ? 'internal' : 'bad_request'
  return new ProblemError({ code, status, ...(requestId === null ? {} : { request_id: requestId }) })
}
