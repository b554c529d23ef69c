import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconHourglassHigh } from '@tabler/icons-react'
import { useState } from 'react'
import {
  confirmIpPolicy,
  type IpPolicy,
  rollBackIpPolicy,
} from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { useSession } from '../../../lib/session.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useSecondsUntil } from '../../../ui/second-factor/seconds.ts'
import { useAfterChange } from './use-ip.ts'

const tenMinutes = 600
const signInAgain = '/sign-in?again=1&next=%2Faccount%2Fsettings%2Fsecurity'

const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const useAct = () => {
  const after = useAfterChange()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (contract: typeof confirmIpPolicy | typeof rollBackIpPolicy) => {
    setBusy(true)
    setError(null)
    try {
      await call(contract, { body: {} })
      await after(contract === confirmIpPolicy ? 'networks.confirmed' : 'networks.undone')
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, run }
}

type BandProps = { readonly until: string; readonly by: string | null; readonly editable: boolean }

const Band = ({ until, by, editable }: BandProps) => {
  const { t } = useTexts()
  const seconds = useSecondsUntil(until, tenMinutes)
  const { busy, error, run } = useAct()
  const own = useSession().user.id === by
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconHourglassHigh size={20} />}
      title={t('networks.pending')}
    >
      <Stack gap="sm">
        <Text size="sm" role="timer">
          {t('networks.pending-text', { left: clockOf(seconds) })}
        </Text>
        {editable ? (
          <Group gap="sm">
            <Button component="a" href={signInAgain} target="_blank" rel="noopener" size="xs">
              {t('networks.sign-in-now')}
            </Button>
            {own ? null : (
              <Button size="xs" variant="default" loading={busy} onClick={() => void run(confirmIpPolicy)}>
                {t('networks.confirm')}
              </Button>
            )}
            <Button size="xs" variant="default" loading={busy} onClick={() => void run(rollBackIpPolicy)}>
              {t('networks.undo')}
            </Button>
          </Group>
        ) : null}
        {error === null ? null : <ErrorState error={error} />}
      </Stack>
    </Alert>
  )
}

/** A narrowed list waits for somebody to prove that he still gets in; otherwise it returns. */
export const PendingBand = ({ policy, editable }: { policy: IpPolicy; editable: boolean }) =>
  policy.pending_until === null ? null : (
    <Band until={policy.pending_until} by={policy.pending_by} editable={editable} />
  )
