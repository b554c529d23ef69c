import { useCallback, useEffect, useRef } from 'react'
import { getPasskeyOptions, signInWithPasskey } from '../../../../src/security/sign-in/contract.ts'
import { call } from '../../lib/call.ts'
import { answerPasskey, passkeysInFieldSupported, stopPasskey } from '../../ui/second-factor/passkeys.ts'
import type { SignedIn } from './steps.ts'

const enter = async (next: string | null, inField: boolean): Promise<SignedIn> => {
  const { id, options } = await call(getPasskeyOptions, { body: {}, signedOut: 'throw' })
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
  const settle = useCallback(async () => {
    if (waiting.current === null) return
    await stopPasskey()
    await waiting.current
    waiting.current = null
  }, [])
  useEffect(() => {
    let gone = false
    const offer = async () => {
      if (!(await passkeysInFieldSupported()) || gone) return
      const asked = enter(next, true).then(
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
