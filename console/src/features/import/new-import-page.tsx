import { Button, Group as Row, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { createImport, getImport, listImports } from '../../../../src/contacts/import/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { upload } from '../../lib/call.ts'
import { keyOf, refresh } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Page } from '../../ui/page.tsx'
import { ProgressPanel } from '../../ui/progress-panel.tsx'
import { DropZone } from './drop-zone.tsx'
import { stepPath } from './steps.ts'
import { WizardSteps } from './wizard-steps.tsx'

type Upload = { readonly file: File; readonly sent: number; readonly total: number }

const useUpload = () => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [current, setCurrent] = useState<Upload | null>(null)
  const [error, setError] = useState<unknown>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const start = async (file: File) => {
    const control = new AbortController()
    abort.current = control
    setError(null)
    setCurrent({ file, sent: 0, total: file.size })
    const form = new FormData()
    form.append('file', file, file.name)
    try {
      const run = await upload(createImport, form, {
        signal: control.signal,
        onProgress: (sent, total) => setCurrent({ file, sent, total }),
      })
      client.setQueryData(keyOf(getImport, { params: { id: run.id } }), run)
      void refresh(client, listImports)
      setCurrent(null)
      await navigate({ to: stepPath(run.id, 'summary'), replace: true, ignoreBlocker: true })
    } catch (failure) {
      if (!control.signal.aborted) setError(failure)
      setCurrent(null)
    }
  }
  return { current, error, start, cancel: () => abort.current?.abort() }
}

const Uploading = ({ current, onCancel }: { readonly current: Upload; readonly onCancel: () => void }) => {
  const { t } = useTexts()
  const { bytes } = useFormats()
  const sentAll = current.sent >= current.total
  return (
    <ProgressPanel
      title={t(sentAll ? 'imports.analysing' : 'imports.uploading', { name: current.file.name })}
      done={current.sent}
      total={sentAll ? null : current.total}
      figures={bytes}
      onCancel={onCancel}
    />
  )
}

/** Step 1: the file. */
export const NewImportPage = () => {
  const { t } = useTexts()
  const { current, error, start, cancel } = useUpload()
  return (
    <Page
      title={t('imports.new-title')}
      purpose={t('imports.new-purpose')}
      crumbs={[{ label: t('imports.new-title') }]}
    >
      <WizardSteps current="file" />
      <Stack gap="md">
        {error === null ? null : <ErrorState error={error} />}
        {current === null ? (
          <DropZone onFile={(file) => void start(file)}>
            <Row mt="sm">
              {/* The label around it opens the picker; a real button inside a label would open it twice. */}
              <Button component="span" variant="light">
                {t('imports.pick')}
              </Button>
            </Row>
          </DropZone>
        ) : (
          <Uploading current={current} onCancel={cancel} />
        )}
        <Text size="sm" c="dimmed" maw={640}>
          {t('imports.file-hint')}
        </Text>
      </Stack>
      <LeaveGuard when={current !== null} />
    </Page>
  )
}
