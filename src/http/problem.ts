import type { AppError } from './errors.ts'
import { problemTexts } from './problem-texts.ts'

export type Language = 'en' | 'pl' | 'de'

/** The language of `title` and `detail`: the first of ours that `Accept-Language` names, else English. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase()
    if (tag === 'en' || tag === 'pl' || tag === 'de') return tag
  }
  return 'en'
}

/** RFC 9457 body. `sign_in_refused` carries no request id: it must be the same bytes for every cause. */
export const toProblem = (error: AppError, requestId: string, language: Language) => {
  const texts = problemTexts[error.code]?.[language]
  return {
    type: `urn:campanile:problem:${error.code}`,
    title: texts?.title ?? error.code,
    status: error.status,
    detail: error.message !== error.code ? error.message : (texts?.detail ?? texts?.title ?? error.code),
    code: error.code,
    ...(error.code === 'sign_in_refused' ? {} : { request_id: requestId }),
    ...error.members,
  }
}
