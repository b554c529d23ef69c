import { Anchor, Text, Title } from '@mantine/core'
import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import {
  cancelSignIn,
  resendSignInCode,
  switchSignInMethod,
  verifySignIn,
} from '../../../../src/security/sign-in/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { ChallengeForm } from '../../ui/second-factor/challenge-form.tsx'
import type { SignedIn } from './steps.ts'

/** On the machine of a developer nothing is really sent; the codes lie in a mailbox of the installation itself. */
export const MailboxHint = () => {
  const { t } = useTexts()
  if (!['localhost', '127.0.0.1'].includes(window.location.hostname)) return null
  return (
    <Text size="xs" c="dimmed" mt="lg">
      {t('sign-in.development-codes')}{' '}
      <Anchor href="/mailbox" target="_blank" rel="noreferrer" size="xs">
        {t('sign-in.development-mailbox')}
      </Anchor>
    </Text>
  )
}

type Props = {
  readonly challenge: Challenge
  readonly trustDays: number
  readonly onIn: (done: SignedIn) => void
  readonly onBack: () => void
}

export const SecondStep = ({ challenge, trustDays, onIn, onBack }: Props) => {
  const cancel = () => {
    void call(cancelSignIn, { params: { id: challenge.id }, body: {}, signedOut: 'throw' }).catch(
      () => undefined,
    )
    onBack()
  }
  return (
    <>
      <ChallengeForm
        challenge={challenge}
        trustDays={trustDays}
        heading={(title) => (
          <Title order={1} size="h2">
            {title}
          </Title>
        )}
        verify={async (id, proof, trust) => {
          const body = trust ? { ...proof, trust_device: true } : proof
          onIn(await call(verifySignIn, { params: { id }, body, signedOut: 'throw' }))
        }}
        resend={async (id) =>
          (await call(resendSignInCode, { params: { id }, body: {}, signedOut: 'throw' })).challenge
        }
        use={async (id, method) =>
          (await call(switchSignInMethod, { params: { id }, body: { method }, signedOut: 'throw' })).challenge
        }
        onCancel={cancel}
        onRestart={onBack}
      />
      {challenge.method === 'email' || challenge.method === 'sms' ? <MailboxHint /> : null}
    </>
  )
}
