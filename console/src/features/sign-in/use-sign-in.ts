import { type FormEvent, useRef, useState } from 'react'
import { signIn } from '../../../../src/security/sign-in/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { problemTitle } from '../../ui/error-state.tsx'
import { type SignedIn, type Step, stepOf } from './steps.ts'
import { usePasskeySignIn } from './use-passkey-sign-in.ts'

type Ends = {
  readonly next: string | null
  readonly onStep: (step: Step) => void
  readonly onIn: (done: SignedIn) => void
}

/** The password stays in its field only; it is read once, at the moment it is sent. */
export const useSignIn = ({ next, onStep, onIn }: Ends) => {
  const texts = useTexts()
  const login = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState<'password' | 'passkey' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const passkey = usePasskeySignIn(next, onIn)
  const wordsFor = (error: unknown): string => {
    const named = isProblem(error, 'validation_failed') ? 'sign_in_refused' : null
    return (named === null ? null : texts.find('problems', named)) ?? problemTitle(error, texts)
  }
  const send = async () => {
    await passkey.settle()
    const body = { login: login.current?.value ?? '', password: password.current?.value ?? '' }
    const reply = await call(signIn, { body: next === null ? body : { ...body, next }, signedOut: 'throw' })
    const step = stepOf(reply)
    if (step) onStep(step)
    else if (reply.status === 'signed_in') onIn(reply)
  }
  const byPassword = async () => {
    setBusy('password')
    setRefusal(null)
    try {
      await send()
    } catch (error) {
      setRefusal(wordsFor(error))
      setBusy(null)
      // The fields take no focus while busy; afterwards it returns to where the mistake most likely is.
      requestAnimationFrame(() => password.current?.select())
    }
  }
  const byPasskey = async () => {
    setBusy('passkey')
    setRefusal(null)
    try {
      await passkey.byButton()
    } catch (error) {
      setRefusal(isProblem(error) ? wordsFor(error) : texts.t('second-factor.passkey-failed'))
      setBusy(null)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void byPassword()
  }
  return { login, password, busy, refusal, submit, byPasskey: () => void byPasskey() }
}
