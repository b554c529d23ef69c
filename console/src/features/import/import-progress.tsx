import { Button, Group as Row, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  cancelImport,
  getImport,
  type Import,
  listImports,
  pauseImport,
  resumeImport,
} from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ProgressPanel } from '../../ui/progress-panel.tsx'
import { useRate } from '../operations/index.ts'

const useAct = (id: string, route: typeof pauseImport | typeof resumeImport | typeof cancelImport) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(route, { params: { id }, body: {} }),
    onSuccess: (run) => {
      client.setQueryData(keyOf(getImport, { params: { id } }), run)
      return refresh(client, listImports)
    },
  })
}

const PauseButton = ({ run }: { readonly run: Import }) => {
  const { t } = useTexts()
  const paused = run.state === 'paused'
  const pause = useAct(run.id, pauseImport)
  const resume = useAct(run.id, resumeImport)
  const act = paused ? resume : pause
  return (
    <>
      {act.error === null ? null : <ErrorState error={act.error} />}
      <Button
        variant={paused ? 'filled' : 'default'}
        size="xs"
        leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        loading={act.isPending}
        onClick={() => act.mutate()}
      >
        {t(paused ? 'imports.resume' : 'imports.pause')}
      </Button>
    </>
  )
}

const useWords = ({ state, counts }: Import) => {
  const { t } = useTexts()
  if (state === 'paused') return { title: t('imports.paused-title'), note: t('imports.paused-text') }
  if (state === 'pending') return { title: t('imports.pending-title'), note: t('imports.leave-text') }
  if (counts.done === 0) return { title: t('imports.reading-title'), note: t('imports.leave-text') }
  return { title: t('imports.running-title'), note: t('imports.leave-text') }
}

/** The import at work: count, speed, time left; pause and cancel. Leaving the page does not stop it. */
export const ImportProgress = ({ run }: { readonly run: Import }) => {
  const { t } = useTexts()
  const may = useMay()
  const { counts, state } = run
  const total = counts.rows === 0 ? (run.analysis?.rows ?? null) : counts.rows
  const { perSecond, leftMs } = useRate(counts.done, total, state === 'in_progress')
  const cancel = useAct(run.id, cancelImport)
  const [asking, setAsking] = useState(false)
  const words = useWords(run)
  const mayRun = may('contacts.import.run')
  return (
    <>
      <ProgressPanel
        title={words.title}
        done={counts.done}
        total={state === 'in_progress' && counts.done === 0 ? null : total}
        ratePerSecond={perSecond}
        leftMs={leftMs}
        color={state === 'paused' ? 'yellow' : 'indigo'}
      >
        <Row justify="space-between">
          <Text size="sm" c="dimmed">
            {words.note}
          </Text>
          {mayRun ? (
            <Row gap="xs">
              {state === 'pending' ? null : <PauseButton run={run} />}
              <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => setAsking(true)}>
                {t('ui.progress-cancel')}
              </Button>
            </Row>
          ) : null}
        </Row>
      </ProgressPanel>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('imports.cancel-title')}
        action={t('imports.cancel')}
        onConfirm={() => cancel.mutateAsync()}
      >
        {t('imports.cancel-text')}
      </ConfirmDialog>
    </>
  )
}
