import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { signIn } from '../../../../src/security/sign-in/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { safeNext } from '../../lib/next.ts'
import { isProblem } from '../../lib/problem.ts'
import { sessionQuery } from '../../lib/session.ts'
import { problemTitle } from '../../ui/error-state.tsx'

/** The password stays in its field only; it is read once, at the moment it is sent. */
export const useSignIn = (next: string | null) => {
  const texts = useTexts()
  const client = useQueryClient()
  const router = useRouter()
  const login = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const run = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      const body = { login: login.current?.value ?? '', password: password.current?.value ?? '' }
      const reply = await call(signIn, { body: next === null ? body : { ...body, next }, signedOut: 'throw' })
      client.clear()
      client.setQueryData(sessionQuery.queryKey, reply.session)
      router.history.push(safeNext(reply.next) ?? next ?? '/')
    } catch (error) {
      const named = isProblem(error, 'validation_failed') ? 'sign_in_refused' : null
      setRefusal((named === null ? null : texts.find('problems', named)) ?? problemTitle(error, texts))
      setBusy(false)
      // The fields take no focus while busy; afterwards it returns to where the mistake most likely is.
      requestAnimationFrame(() => password.current?.select())
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run()
  }
  return { login, password, busy, refusal, submit }
}
