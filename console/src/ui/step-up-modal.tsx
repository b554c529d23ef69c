import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { Challenge } from '../../../src/security/challenges/contract.ts'
import {
  resendStepUpCode,
  stepUp,
  switchStepUpMethod,
  verifyStepUp,
} from '../../../src/security/step-up/contract.ts'
import { useTexts } from '../i18n/texts.tsx'
import { call, installDoors } from '../lib/call.ts'
import { isProblem } from '../lib/problem.ts'
import { problemTitle } from './error-state.tsx'
import { PasswordBox } from './password-field.tsx'
import { ChallengeForm } from './second-factor/challenge-form.tsx'

type Purpose = 'general' | 'factors'
type Question = { readonly purpose: Purpose; readonly answer: (confirmed: boolean) => void }
/** What the server asks for: it alone knows which factors there are. */
type Asked =
  | { readonly at: 'waiting' }
  | { readonly at: 'password' }
  | { readonly at: 'challenge'; readonly challenge: Challenge }
  | { readonly at: 'refused'; readonly words: string }

const PasswordQuestion = ({
  purpose,
  answer,
  onChallenge,
}: Question & { readonly onChallenge: (challenge: Challenge) => void }) => {
  const texts = useTexts()
  const { t } = texts
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const reply = await call(stepUp, { body: { purpose, password } })
      if (reply.status === 'fresh') answer(true)
      else onChallenge(reply.challenge)
    } catch (failure) {
      setError(problemTitle(failure, texts))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text size="sm">{t(purpose === 'factors' ? 'ui.step-up-then-mail' : 'ui.step-up-text')}</Text>
        <PasswordBox
          label={t('ui.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error}
          data-autofocus
          required
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => answer(false)}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''}>
            {t('ui.step-up-confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const begin = async (purpose: Purpose): Promise<Asked> => {
  try {
    const reply = await call(stepUp, { body: { purpose } })
    return reply.status === 'challenge' ? { at: 'challenge', challenge: reply.challenge } : { at: 'waiting' }
  } catch (failure) {
    if (isProblem(failure, 'password_required')) return { at: 'password' }
    throw failure
  }
}

const Questions = (question: Question) => {
  const texts = useTexts()
  const { purpose, answer } = question
  const [asked, setAsked] = useState<Asked>({ at: 'waiting' })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is one question; words may change without a new one.
  useEffect(() => {
    let gone = false
    setAsked({ at: 'waiting' })
    void begin(purpose).then(
      (next) => gone || setAsked(next),
      (failure: unknown) => gone || setAsked({ at: 'refused', words: problemTitle(failure, texts) }),
    )
    return () => {
      gone = true
    }
  }, [purpose, round])
  if (asked.at === 'waiting') return <Loader size="sm" />
  if (asked.at === 'refused') return <Text role="alert">{asked.words}</Text>
  if (asked.at === 'password')
    return (
      <PasswordQuestion {...question} onChallenge={(challenge) => setAsked({ at: 'challenge', challenge })} />
    )
  return (
    <ChallengeForm
      key={asked.challenge.id}
      challenge={asked.challenge}
      heading={(title) => <Text fw={600}>{title}</Text>}
      verify={async (id, proof) => {
        if ('recovery_code' in proof) return
        await call(verifyStepUp, { params: { id }, body: proof })
        answer(true)
      }}
      resend={async (id) => (await call(resendStepUpCode, { params: { id }, body: {} })).challenge}
      use={async (id, method) =>
        (await call(switchStepUpMethod, { params: { id }, body: { method } })).challenge
      }
      onCancel={() => answer(false)}
      onRestart={() => setRound(round + 1)}
    />
  )
}

/** Opened by `call` whenever the server asks for a fresh confirmation; the call is then repeated. */
export const StepUpModal = () => {
  const { t } = useTexts()
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => {
    installDoors({
      stepUp: (purpose) =>
        new Promise((resolve) => {
          setQuestion({
            purpose,
            answer: (confirmed) => {
              setQuestion(null)
              resolve(confirmed)
            },
          })
        }),
    })
  }, [])
  return (
    <Modal
      opened={question !== null}
      onClose={() => question?.answer(false)}
      title={t('ui.step-up-title')}
      // The question comes while a drawer or another dialogue is open and must lie above it.
      zIndex={350}
    >
      {question === null ? null : <Questions {...question} />}
    </Modal>
  )
}
