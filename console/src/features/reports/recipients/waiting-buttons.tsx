import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { RecipientHistory } from '../../../../../src/reports/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useWaitingActs, type WaitingAct } from '../../campaigns/run/waiting-acts.tsx'

type Props = { readonly id: string; readonly row: RecipientHistory }

/** One message that waits for another attempt: at once, or never. */
export const WaitingButtons = ({ id, row }: Props) => {
  const { t } = useTexts()
  const may = useMay()('email.campaigns.send')
  const act = useWaitingActs(id)
  const [busy, setBusy] = useState<WaitingAct | null>(null)
  const [error, setError] = useState<unknown>(null)
  if (!may || row.state !== 'planned' || row.next_attempt_at === null) return null
  const run = async (kind: WaitingAct) => {
    setBusy(kind)
    setError(null)
    try {
      await act(kind, { message_ids: [row.message_id] })
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(null)
    }
  }
  return (
    <div>
      <Group gap="xs">
        <Button
          size="xs"
          loading={busy === 'retry'}
          disabled={busy !== null}
          onClick={() => void run('retry')}
        >
          {t('run-acts.retry-one')}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={busy === 'stop'}
          disabled={busy !== null}
          onClick={() => void run('stop')}
        >
          {t('run-acts.stop-one')}
        </Button>
      </Group>
      {error === null ? null : <ErrorState error={error} />}
    </div>
  )
}
