export type TargetFailure = 'url_refused' | 'dns_failed'

/** Why a target was not vetted; `url_refused` is an answer of the guard, `dns_failed` one of the name service. */
export class TargetError extends Error {
  readonly code: TargetFailure

  constructor(code: TargetFailure, text: string) {
    super(text)
    this.name = 'TargetError'
    this.code = code
  }
}
