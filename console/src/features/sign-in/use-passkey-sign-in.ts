import { useCallback, useEffect, useRef } from 'react'
import { getPasskeyOptions, signInWithPasskey } from '../../../../src/security/sign-in/contract.ts'
import { call } from '../../lib/call.ts'
import { answerPasskey, passkeysInFieldSupported, stopPasskey } from '../../ui/second-factor/passkeys.ts'
import type { SignedIn } from './steps.ts'

const stopEveryMs = 50

const enter = async (
  next: string | null,
  inField: boolean,
  isWanted: () => boolean = () => true,
): Promise<SignedIn> => {
  const { id, options } = await call(getPasskeyOptions, { body: {}, signedOut: 'throw' })
  if (!isWanted()) throw new Error('another way was taken meanwhile')
  const credential = await answerPasskey(options, inField)
  const body = { id, credential, ...(next === null ? {} : { next }) }
  return call(signInWithPasskey, { body, signedOut: 'throw' })
}

/**
 * Passkeys in the list of the login field, where browsers offer it, and by button. Each question takes the place of the
 * pre-session cookie, so whoever goes another way calls `settle` first: a late answer would close his dialogue.
 */
export const usePasskeySignIn = (next: string | null, onIn: (done: SignedIn) => void) => {
  const waiting = useRef<Promise<unknown> | null>(null)
  const arrive = useRef(onIn)
  arrive.current = onIn
  const left = useRef(false)
  const settle = useCallback(async () => {
    left.current = true
    if (waiting.current === null) return
    // The question may only be on its way to the browser: what has not begun yet cannot be stopped, so it is tried again.
    const timer = setInterval(() => void stopPasskey(), stopEveryMs)
    await stopPasskey()
    await waiting.current
    clearInterval(timer)
    waiting.current = null
  }, [])
  useEffect(() => {
    let gone = false
    left.current = false
    const offer = async () => {
      if (!(await passkeysInFieldSupported()) || gone || left.current) return
      const asked = enter(next, true, () => !left.current).then(
        (done) => gone || arrive.current(done),
        // Declined, timed out or taken over by another way in: the form stands there as before.
        () => undefined,
      )
      waiting.current = asked
      await asked
    }
    void offer()
    return () => {
      gone = true
      void settle()
    }
  }, [next, settle])
  const byButton = async () => {
    await settle()
    arrive.current(await enter(next, false))
  }
  return { byButton, settle }
}
