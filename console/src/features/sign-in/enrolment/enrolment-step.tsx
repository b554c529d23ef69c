import { Alert, Button, Stack, Stepper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { beginEnrolledFactor } from '../../../../../src/security/enrolments/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { type AnswerOf, call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { problemTitle } from '../../../ui/error-state.tsx'
import { type Method, MethodChoice } from '../../../ui/second-factor/method-choice.tsx'
import { passkeysSupported } from '../../../ui/second-factor/passkeys.ts'
import type { Enrolment, SignedIn } from '../steps.ts'
import { BindStep } from './bind-step.tsx'
import { ProofStep } from './proof-step.tsx'

export type Begun = AnswerOf<typeof beginEnrolledFactor>

type Stage =
  | { readonly at: 'proof' }
  | { readonly at: 'choice' }
  | { readonly at: 'binding'; readonly method: Method; readonly begun: Begun }
  | { readonly at: 'closed' }

type Props = {
  readonly enrolment: Enrolment
  readonly token: string | null
  readonly onDone: (codes: readonly string[], done: SignedIn) => void
  readonly onBack: () => void
}

const Closed = ({ onBack }: Pick<Props, 'onBack'>) => {
  const { t } = useTexts()
  return (
    <Alert color="red" role="alert" title={t('second-factor.closed-title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('second-factor.closed-text')}</Text>
        <Button variant="default" onClick={onBack}>
          {t('second-factor.restart')}
        </Button>
      </Stack>
    </Alert>
  )
}

type ChoiceProps = {
  readonly enrolment: Enrolment
  readonly onBegun: (method: Method, begun: Begun) => void
  readonly onClosed: () => void
}

const Choice = ({ enrolment, onBegun, onClosed }: ChoiceProps) => {
  const texts = useTexts()
  const [error, setError] = useState<string | null>(null)
  const methods = enrolment.methods.filter((method) => method !== 'passkey' || passkeysSupported())
  const choose = async (method: Method) => {
    setError(null)
    try {
      const params = { id: enrolment.id }
      onBegun(method, await call(beginEnrolledFactor, { params, body: { method }, signedOut: 'throw' }))
    } catch (failure) {
      if (isProblem(failure, 'challenge_closed')) onClosed()
      else setError(problemTitle(failure, texts))
    }
  }
  return (
    <Stack gap="md">
      <Text size="sm">{texts.t('sign-in.choose-text')}</Text>
      {error === null ? null : (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <MethodChoice
        alternatives={methods.map((method) => ({ method, destination: null }))}
        explained
        recommended={methods.includes('passkey') ? 'passkey' : 'totp'}
        onChoose={(method) => void choose(method)}
      />
    </Stack>
  )
}

/** Somebody must have a second factor and has none: proof, choice, binding, and he is in. */
export const EnrolmentStep = ({ enrolment, token, onDone, onBack }: Props) => {
  const { t } = useTexts()
  const [stage, setStage] = useState<Stage>({ at: enrolment.proof.via === 'none' ? 'choice' : 'proof' })
  const closed = () => setStage({ at: 'closed' })
  const position = stage.at === 'proof' ? 0 : stage.at === 'choice' ? 1 : 2
  if (stage.at === 'closed') return <Closed onBack={onBack} />
  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        {t('sign-in.protect')}
      </Title>
      <Text size="sm">{t('sign-in.protect-text')}</Text>
      <Stepper active={position} size="xs" aria-label={t('sign-in.protect')} allowNextStepsSelect={false}>
        <Stepper.Step label={t('sign-in.step-proof')} />
        <Stepper.Step label={t('sign-in.step-choice')} />
        <Stepper.Step label={t('sign-in.step-binding')} />
      </Stepper>
      {stage.at === 'proof' ? (
        <ProofStep
          enrolment={enrolment}
          token={token}
          onProven={() => setStage({ at: 'choice' })}
          onClosed={closed}
        />
      ) : null}
      {stage.at === 'choice' ? (
        <Choice
          enrolment={enrolment}
          onBegun={(method, begun) => setStage({ at: 'binding', method, begun })}
          onClosed={closed}
        />
      ) : null}
      {stage.at === 'binding' ? (
        <BindStep
          id={enrolment.id}
          method={stage.method}
          begun={stage.begun}
          onDone={onDone}
          onOther={() => setStage({ at: 'choice' })}
          onClosed={closed}
        />
      ) : null}
      <Button variant="subtle" color="gray" onClick={onBack}>
        {t('second-factor.cancel')}
      </Button>
    </Stack>
  )
}
