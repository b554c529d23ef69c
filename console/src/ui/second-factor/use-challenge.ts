import { type FormEvent, useRef, useState } from 'react'
import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import type { Texts } from '../../i18n/message.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { isProblem } from '../../lib/problem.ts'
import { problemTitle } from '../error-state.tsx'
import type { Method } from './method-choice.tsx'
import { answerPasskey } from './passkeys.ts'

export type Proof =
  | { readonly code: string }
  | { readonly credential: Record<string, unknown> }
  | { readonly recovery_code: string }

export type ChallengeActs = {
  /** Throws the refusal; what follows success is the caller's. */
  readonly verify: (id: string, proof: Proof, trust: boolean) => Promise<void>
  readonly resend: (id: string) => Promise<Challenge>
  readonly use: (id: string, method: string) => Promise<Challenge>
}

export const digitsOf = (challenge: Challenge): 6 | 8 => (challenge.method === 'email' ? 8 : 6)

const wordsFor = (failure: unknown, texts: Texts, challenge: Challenge, recovery: boolean): string => {
  if (isProblem(failure, 'code_wrong'))
    return texts.t('second-factor.attempts', { count: Number(failure.members['attempts_left'] ?? 0) })
  if (isProblem(failure, 'code_malformed'))
    return recovery
      ? texts.t('second-factor.recovery-malformed')
      : texts.t('second-factor.code-malformed', { digits: digitsOf(challenge) })
  // Whatever is no answer of the server came from the browser's own dialogue.
  if (!isProblem(failure) && challenge.method === 'passkey') return texts.t('second-factor.passkey-failed')
  return problemTitle(failure, texts)
}

/** State and acts of one dialogue; the page only shows it. */
export const useChallenge = (first: Challenge, acts: ChallengeActs) => {
  const texts = useTexts()
  const [challenge, setChallenge] = useState(first)
  const [recovery, setRecovery] = useState(false)
  const [closed, setClosed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [news, setNews] = useState('')
  const [trust, setTrust] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    setNews('')
    try {
      await act()
    } catch (failure) {
      if (isProblem(failure, 'challenge_closed')) setClosed(true)
      else setError(wordsFor(failure, texts, challenge, recovery))
    }
    setBusy(false)
    // Fields take no focus while busy; afterwards it returns to the mistake.
    requestAnimationFrame(() => field.current?.select())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = field.current?.value ?? ''
    void run(() => acts.verify(challenge.id, recovery ? { recovery_code: typed } : { code: typed }, trust))
  }
  const confirmByPasskey = () =>
    void run(async () => {
      const credential = await answerPasskey(challenge.options ?? {})
      await acts.verify(challenge.id, { credential }, trust)
    })
  const resend = () =>
    void run(async () => {
      setChallenge(await acts.resend(challenge.id))
      setNews(texts.t('second-factor.resent'))
    })
  const choose = (method: Method) => {
    setError(null)
    setRecovery(method === 'recovery')
    if (method === 'recovery' || method === challenge.method) return
    void run(async () => setChallenge(await acts.use(challenge.id, method)))
  }
  return {
    challenge,
    recovery,
    closed,
    busy,
    error,
    news,
    trust,
    setTrust,
    field,
    submit,
    confirmByPasskey,
    resend,
    choose,
  }
}
export type ChallengeState = ReturnType<typeof useChallenge>
