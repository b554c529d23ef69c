import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconMailOpened } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { proveEnrolment, resendEnrolmentProof } from '../../../../../src/security/enrolments/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { problemTitle } from '../../../ui/error-state.tsx'
import { CodeField } from '../../../ui/second-factor/code-field.tsx'
import { ResendButton } from '../../../ui/second-factor/resend-button.tsx'
import { MailboxHint } from '../second-step.tsx'
import type { Enrolment } from '../steps.ts'

type Props = {
  readonly enrolment: Enrolment
  readonly token: string | null
  readonly onProven: () => void
  readonly onClosed: () => void
}

/** The link of the mail, pasted whole, or its token alone. */
const tokenIn = (text: string): string => /token=([\w-]+)/.exec(text)?.[1] ?? text.trim()

const useProof = ({ enrolment, onProven, onClosed }: Props) => {
  const texts = useTexts()
  const [via, setVia] = useState(enrolment.proof.via)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [resendAfter, setResendAfter] = useState<string | null>(enrolment.proof.via === 'none' ? null : '')
  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (failure) {
      if (isProblem(failure, 'challenge_closed')) return onClosed()
      const count = isProblem(failure, 'code_wrong') ? Number(failure.members['attempts_left'] ?? 0) : null
      setError(count === null ? problemTitle(failure, texts) : texts.t('second-factor.attempts', { count }))
    } finally {
      setBusy(false)
    }
  }
  const params = { id: enrolment.id }
  const prove = (proof: { token: string } | { code: string }) =>
    run(async () => {
      await call(proveEnrolment, { params, body: proof, signedOut: 'throw' })
      onProven()
    })
  const send = (wanted: typeof via) =>
    run(async () => {
      const body = wanted === 'none' ? {} : { via: wanted }
      const reply = await call(resendEnrolmentProof, { params, body, signedOut: 'throw' })
      setVia(wanted)
      setResendAfter(reply.resend_after)
    })
  return { via, busy, error, resendAfter, prove, send }
}

/** Whoever only found the password stops here: the mailbox or the phone of the person is asked first. */
export const ProofStep = (props: Props) => {
  const { t } = useTexts()
  const { enrolment, token } = props
  const { via, busy, error, resendAfter, prove, send } = useProof(props)
  const field = useRef<HTMLInputElement>(null)
  const tried = useRef(false)
  useEffect(() => {
    if (token === null || tried.current) return
    tried.current = true
    void prove({ token })
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = field.current?.value ?? ''
    void prove(via === 'sms_code' ? { code: typed } : { token: tokenIn(typed) })
  }
  const other = via === 'sms_code' ? 'email_link' : 'sms_code'
  const mayOther = [enrolment.proof.via, ...enrolment.proof.alternatives].includes(other)
  const destination = via === enrolment.proof.via ? (enrolment.proof.destination ?? '') : ''
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Alert color="indigo" role="status" icon={<IconMailOpened size={20} />}>
          {t(via === 'sms_code' ? 'sign-in.proof-sms' : 'sign-in.proof-mail', { destination })}
        </Alert>
        {via === 'sms_code' ? (
          <CodeField ref={field} error={error} />
        ) : (
          <TextInput
            ref={field}
            size="md"
            label={t('sign-in.proof-link')}
            description={t('sign-in.proof-link-note')}
            error={error}
            errorProps={{ role: 'alert' }}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        )}
        <Button type="submit" size="md" loading={busy}>
          {t('second-factor.confirm')}
        </Button>
        <Group gap="xs">
          {resendAfter === null ? null : (
            <ResendButton at={resendAfter} busy={busy} onResend={() => void send(via)} />
          )}
          {mayOther ? (
            <Button variant="subtle" size="compact-md" onClick={() => void send(other)}>
              {t(other === 'sms_code' ? 'sign-in.proof-by-sms' : 'sign-in.proof-by-mail')}
            </Button>
          ) : null}
        </Group>
        <Text size="xs" c="dimmed">
          {t('sign-in.proof-why')}
        </Text>
        <MailboxHint />
      </Stack>
    </form>
  )
}
