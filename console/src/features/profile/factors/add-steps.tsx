import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { Challenge } from '../../../../../src/security/challenges/contract.ts'
import { resendOwnChallenge } from '../../../../../src/security/contact-data/contract.ts'
import {
  addPasskey,
  confirmEmail,
  confirmSms,
  confirmTotp,
  passkeyOptions,
} from '../../../../../src/security/factors/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { problemTitle } from '../../../ui/error-state.tsx'
import { CodeField } from '../../../ui/second-factor/code-field.tsx'
import { makePasskey, passkeysSupported } from '../../../ui/second-factor/passkeys.ts'
import { ResendButton } from '../../../ui/second-factor/resend-button.tsx'
import { TotpSecret } from '../../../ui/second-factor/totp-secret.tsx'

/** Called with the codes to store, null when there are none. */
type OnBound = (recoveryCodes: readonly string[] | null) => void
type Bound = { readonly recovery_codes?: readonly string[] }

/** Runs one act, keeps its refusal beside the field, and hands focus back to it. */
const useAct = (onBound: OnBound) => {
  const texts = useTexts()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const run = async (act: () => Promise<Bound | null>) => {
    setBusy(true)
    setError(null)
    try {
      const bound = await act()
      if (bound) onBound(bound.recovery_codes ?? null)
    } catch (failure) {
      const words = isProblem(failure) ? problemTitle(failure, texts) : texts.t('factors.passkey-failed')
      const left = isProblem(failure, 'code_wrong') ? failure.members['attempts_left'] : null
      setError(typeof left === 'number' ? texts.t('second-factor.attempts', { count: left }) : words)
      requestAnimationFrame(() => field.current?.select())
    }
    setBusy(false)
  }
  return { busy, error, field, run }
}
type Acting = ReturnType<typeof useAct>

type CodeFormProps = {
  readonly acting: Acting
  readonly digits: 6 | 8
  readonly onCode: (code: string) => Promise<Bound>
  readonly children: ReactNode
  readonly foot?: ReactNode
}

const CodeForm = ({ acting, digits, onCode, children, foot }: CodeFormProps) => {
  const { t } = useTexts()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void acting.run(() => onCode(acting.field.current?.value ?? ''))
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {children}
        <CodeField ref={acting.field} digits={digits} error={acting.error} />
        <Group justify="space-between">
          <div>{foot}</div>
          <Button type="submit" loading={acting.busy}>
            {t('second-factor.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export type BegunTotp = { readonly id: string; readonly secret: string; readonly qr_svg: string }

export const TotpStep = ({ begun, onBound }: { readonly begun: BegunTotp; readonly onBound: OnBound }) => {
  const { t } = useTexts()
  const acting = useAct(onBound)
  const confirm = (code: string) => call(confirmTotp, { params: { id: begun.id }, body: { code } })
  return (
    <CodeForm acting={acting} digits={6} onCode={confirm}>
      <TotpSecret qrSvg={begun.qr_svg} secret={begun.secret} />
      <Text size="sm">{t('second-factor.code-step')}</Text>
    </CodeForm>
  )
}

export const PasskeyStep = ({ onBound }: { readonly onBound: OnBound }) => {
  const { t } = useTexts()
  const { busy, error, run } = useAct(onBound)
  const make = async () => {
    const { id, options } = await call(passkeyOptions, { body: {} })
    return call(addPasskey, { body: { id, credential: await makePasskey(options) } })
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        {t(passkeysSupported() ? 'factors.add-passkey-text' : 'second-factor.passkey-none')}
      </Text>
      {error === null ? null : (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button
          leftSection={<IconFingerprint size={20} />}
          loading={busy}
          disabled={!passkeysSupported()}
          onClick={() => void run(make)}
          data-autofocus
        >
          {t('factors.add-passkey')}
        </Button>
      </Group>
    </Stack>
  )
}

export const SentCodeStep = ({
  first,
  onBound,
}: {
  readonly first: Challenge
  readonly onBound: OnBound
}) => {
  const { t } = useTexts()
  const [challenge, setChallenge] = useState(first)
  const acting = useAct(onBound)
  const sms = challenge.method === 'sms'
  const confirm = (code: string) => {
    const body = { challenge_id: challenge.id, code }
    return sms ? call(confirmSms, { body }) : call(confirmEmail, { body })
  }
  const resend = () =>
    void acting.run(async () => {
      setChallenge((await call(resendOwnChallenge, { params: { id: challenge.id }, body: {} })).challenge)
      return null
    })
  const destination = challenge.destination ?? ''
  return (
    <CodeForm
      acting={acting}
      digits={sms ? 6 : 8}
      onCode={confirm}
      foot={
        challenge.resend_after === null ? null : (
          <ResendButton at={challenge.resend_after} busy={acting.busy} onResend={resend} />
        )
      }
    >
      <Alert color="yellow">{t(sms ? 'factors.risk-sms' : 'factors.risk-email')}</Alert>
      <Text size="sm">{t(sms ? 'second-factor.text.sms' : 'second-factor.text.email', { destination })}</Text>
    </CodeForm>
  )
}
