import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconFingerprint, IconMailOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { CodeField } from './code-field.tsx'
import { MethodChoice } from './method-choice.tsx'
import { passkeysSupported } from './passkeys.ts'
import { ResendButton } from './resend-button.tsx'
import { useSecondsUntil } from './seconds.ts'
import { type ChallengeActs, type ChallengeState, digitsOf, useChallenge } from './use-challenge.ts'

type Props = ChallengeActs & {
  readonly challenge: Challenge
  /** Days the account lets a browser go unasked; 0 or left out: not offered. */
  readonly trustDays?: number
  readonly heading: (title: string) => ReactNode
  readonly onCancel: () => void
  /** The dialogue is over; begin again. */
  readonly onRestart: () => void
}

const codeSeconds = 900
const isSent = ({ method }: Challenge): boolean => method === 'email' || method === 'sms'

const Closed = ({ onRestart }: { readonly onRestart: () => void }) => {
  const { t } = useTexts()
  return (
    <Alert color="red" role="alert" title={t('second-factor.closed-title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('second-factor.closed-text')}</Text>
        <Button variant="default" onClick={onRestart} autoFocus>
          {t('second-factor.restart')}
        </Button>
      </Stack>
    </Alert>
  )
}

const Explanation = ({ challenge, recovery }: Pick<ChallengeState, 'challenge' | 'recovery'>) => {
  const { t } = useTexts()
  const left = useSecondsUntil(isSent(challenge) ? challenge.expires_at : null, codeSeconds)
  if (recovery) return <Text size="sm">{t('second-factor.text.recovery')}</Text>
  if (isSent(challenge) && !challenge.sent)
    return (
      <Alert
        color="yellow"
        role="status"
        icon={<IconMailOff size={20} />}
        title={t('second-factor.not-sent')}
      >
        {t('second-factor.not-sent-text')}
      </Alert>
    )
  const destination = challenge.destination ?? ''
  const time =
    left > 0 ? t('second-factor.minutes-left', { minutes: Math.ceil(left / 60) }) : t('second-factor.expired')
  return (
    <div>
      <Text size="sm">{t(`second-factor.text.${challenge.method}`, { destination })}</Text>
      {isSent(challenge) ? (
        <Text size="xs" c="dimmed" mt={4}>
          {time}
        </Text>
      ) : null}
    </div>
  )
}

const PasskeyAnswer = ({ state }: { readonly state: ChallengeState }) => {
  const { t } = useTexts()
  return (
    <>
      {state.error === null ? null : (
        <Alert color="red" role="alert">
          {state.error}
        </Alert>
      )}
      <Button
        size="md"
        leftSection={<IconFingerprint size={20} />}
        onClick={state.confirmByPasskey}
        loading={state.busy}
        disabled={!passkeysSupported()}
        autoFocus
      >
        {t('second-factor.use-passkey')}
      </Button>
      {passkeysSupported() ? null : <Text size="sm">{t('second-factor.passkey-none')}</Text>}
    </>
  )
}

const CodeAnswer = ({ state }: { readonly state: ChallengeState }) => {
  const { t } = useTexts()
  const { challenge, recovery } = state
  return (
    <CodeField
      key={`${challenge.id}-${recovery}`}
      ref={state.field}
      digits={digitsOf(challenge)}
      letters={recovery}
      label={t(recovery ? 'second-factor.recovery-code' : 'second-factor.code')}
      error={state.error}
    />
  )
}

type WaysProps = {
  readonly state: ChallengeState
  readonly onOther: (() => void) | null
  readonly onCancel: () => void
}

const OtherWays = ({ state, onOther, onCancel }: WaysProps) => {
  const { t } = useTexts()
  const { challenge, recovery } = state
  const resendAfter = isSent(challenge) && !recovery ? challenge.resend_after : null
  return (
    <Group gap="xs" justify="space-between">
      <Group gap={0}>
        {resendAfter === null ? null : (
          <ResendButton at={resendAfter} busy={state.busy} onResend={state.resend} />
        )}
        {onOther === null ? null : (
          <Button variant="subtle" size="compact-md" onClick={onOther}>
            {t('second-factor.other')}
          </Button>
        )}
      </Group>
      <Button variant="subtle" color="gray" size="compact-md" onClick={onCancel}>
        {t('second-factor.cancel')}
      </Button>
    </Group>
  )
}

/** One question of the challenge engine, whatever its method; the same at sign-in and at every step-up. */
export const ChallengeForm = ({ trustDays = 0, heading, onCancel, onRestart, ...props }: Props) => {
  const { t } = useTexts()
  const state = useChallenge(props.challenge, props)
  const [choosing, setChoosing] = useState(false)
  const { challenge, recovery } = state
  if (state.closed) return <Closed onRestart={onRestart} />
  const alternatives = recovery ? [challenge, ...challenge.alternatives] : challenge.alternatives
  const others = alternatives.filter(({ method }) => !(recovery && method === 'recovery'))
  if (choosing)
    return (
      <Stack gap="md">
        {heading(t('second-factor.other'))}
        <MethodChoice
          alternatives={others}
          onChoose={(method) => {
            setChoosing(false)
            state.choose(method)
          }}
        />
        <Button variant="subtle" onClick={() => setChoosing(false)}>
          {t('second-factor.back')}
        </Button>
      </Stack>
    )
  const passkey = challenge.method === 'passkey' && !recovery
  return (
    <form onSubmit={state.submit} noValidate>
      <Stack gap="md">
        {heading(t(`second-factor.title.${recovery ? 'recovery' : challenge.method}`))}
        <Explanation challenge={challenge} recovery={recovery} />
        <Text size="sm" role="status" c="green">
          {state.news}
        </Text>
        {passkey ? <PasskeyAnswer state={state} /> : <CodeAnswer state={state} />}
        {trustDays > 0 && !recovery ? (
          <Checkbox
            checked={state.trust}
            onChange={(event) => state.setTrust(event.currentTarget.checked)}
            label={t('second-factor.trust', { days: trustDays })}
            description={t('second-factor.trust-note')}
          />
        ) : null}
        {passkey ? null : (
          <Button type="submit" size="md" loading={state.busy} fullWidth>
            {t('second-factor.confirm')}
          </Button>
        )}
        <OtherWays
          state={state}
          onOther={others.length === 0 ? null : () => setChoosing(true)}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  )
}
