import type { JobHandler } from '../../jobs/index.ts'
import { answerReset } from '../password-reset/ask.ts'
import type { Provision } from '../setup/people.ts'
import { makeSignUpAnswer } from '../sign-up/answer.ts'
import { makeStrangerJob } from './request.ts'

/** What the worker does about sign-ups and resets; composed with what the features add to a fresh account. */
export const answerStranger = (provisions: readonly Provision[]): JobHandler =>
  makeStrangerJob({ sign_up: makeSignUpAnswer(provisions), password_reset: answerReset })
