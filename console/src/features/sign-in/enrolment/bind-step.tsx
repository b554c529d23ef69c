import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { confirmEnrolledFactor } from '../../../../../src/security/enrolments/contract.ts'
import { resendSignInCode } from '../../../../../src/security/sign-in/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { problemTitle } from '../../../ui/error-state.tsx'
import { CodeField } from '../../../ui/second-factor/code-field.tsx'
import type { Method } from '../../../ui/second-factor/method-choice.tsx'
import { makePasskey } from '../../../ui/second-factor/passkeys.ts'
import { ResendButton } from '../../../ui/second-factor/resend-button.tsx'
import { TotpSecret } from '../../../ui/second-factor/totp-secret.tsx'
import { MailboxHint } from '../second-step.tsx'
import type { SignedIn } from '../steps.ts'
import type { Begun } from './enrolment-step.tsx'

type Props = {
  readonly id: string
  readonly method: Method
  readonly begun: Begun
  readonly onDone: (codes: readonly string[], done: SignedIn) => void
  readonly onOther: () => void
  readonly onClosed: () => void
}
type Answer =
  | { readonly code: string }
  | { readonly credential: Record<string, unknown>; readonly name?: string }

const useBinding = ({ id, begun, onDone, onClosed }: Props) => {
  const texts = useTexts()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [challenge, setChallenge] = useState(begun.challenge ?? null)
  const field = useRef<HTMLInputElement>(null)
  const wordsFor = (failure: unknown): string => {
    if (isProblem(failure, 'code_wrong'))
      return texts.t('second-factor.attempts', { count: Number(failure.members['attempts_left'] ?? 0) })
    return isProblem(failure) ? problemTitle(failure, texts) : texts.t('second-factor.passkey-failed')
  }
  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (failure) {
      if (isProblem(failure, 'challenge_closed')) return onClosed()
      setError(wordsFor(failure))
      setBusy(false)
      requestAnimationFrame(() => field.current?.select())
    }
  }
  const confirm = async (answer: Answer) => {
    const body = { factor_id: begun.factor_id, ...answer }
    const reply = await call(confirmEnrolledFactor, { params: { id }, body, signedOut: 'throw' })
    onDone(reply.recovery_codes, reply)
  }
  const byCode = (event: FormEvent) => {
    event.preventDefault()
    void run(() => confirm({ code: field.current?.value ?? '' }))
  }
  const byPasskey = (name: string) =>
    void run(async () => {
      const credential = await makePasskey(begun.options ?? {})
      await confirm(name === '' ? { credential } : { credential, name })
    })
  const resend = () =>
    void run(async () => {
      const params = { id: challenge?.id ?? '' }
      setChallenge((await call(resendSignInCode, { params, body: {}, signedOut: 'throw' })).challenge)
      setBusy(false)
    })
  return { busy, error, challenge, field, byCode, byPasskey, resend }
}

const NewPasskey = ({ binding }: { readonly binding: ReturnType<typeof useBinding> }) => {
  const { t } = useTexts()
  const [name, setName] = useState('')
  return (
    <>
      <Text size="sm">{t('sign-in.passkey-text')}</Text>
      {binding.error === null ? null : (
        <Alert color="red" role="alert">
          {binding.error}
        </Alert>
      )}
      <TextInput
        label={t('sign-in.passkey-name')}
        description={t('sign-in.passkey-name-note')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={60}
      />
      <Button
        size="md"
        leftSection={<IconFingerprint size={20} />}
        loading={binding.busy}
        onClick={() => binding.byPasskey(name.trim())}
      >
        {t('sign-in.passkey-make')}
      </Button>
    </>
  )
}

export const BindStep = (props: Props) => {
  const { t } = useTexts()
  const { method, begun } = props
  const binding = useBinding(props)
  const { challenge } = binding
  return (
    <form onSubmit={binding.byCode} noValidate>
      <Stack gap="md">
        {method === 'passkey' ? <NewPasskey binding={binding} /> : null}
        {begun.qr_svg === undefined || begun.secret === undefined ? null : (
          <TotpSecret qrSvg={begun.qr_svg} secret={begun.secret} />
        )}
        {challenge ? (
          <Text size="sm">
            {t(`second-factor.text.${challenge.method}`, { destination: challenge.destination ?? '' })}
          </Text>
        ) : null}
        {method === 'passkey' ? null : (
          <>
            {method === 'totp' ? <Text size="sm">{t('second-factor.code-step')}</Text> : null}
            <CodeField ref={binding.field} digits={method === 'email' ? 8 : 6} error={binding.error} />
            <Button type="submit" size="md" loading={binding.busy}>
              {t('second-factor.confirm')}
            </Button>
          </>
        )}
        <Group gap="xs">
          {challenge?.resend_after ? (
            <ResendButton at={challenge.resend_after} busy={binding.busy} onResend={binding.resend} />
          ) : null}
          <Button variant="subtle" size="compact-md" onClick={props.onOther}>
            {t('second-factor.other')}
          </Button>
        </Group>
        {challenge ? <MailboxHint /> : null}
      </Stack>
    </form>
  )
}
