import { Alert, Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getBreakGlassCodes, makeBreakGlassCodes } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { read, refresh } from '../../../lib/queries.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'

type CodesProps = { readonly codes: readonly string[]; readonly onClose: () => void }

/** Shown once and never again; it closes only by its own button. */
const Codes = ({ codes, onClose }: CodesProps) => {
  const { t } = useTexts()
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
      title={t('networks.codes-title')}
    >
      <Stack>
        <Alert color="yellow" variant="light">
          {t('networks.codes-once')}
        </Alert>
        {codes.map((code) => (
          <Code key={code} block>
            {code}
          </Code>
        ))}
        <Group justify="space-between">
          <Group gap="xs">
            <CopyButton value={codes.join('\n')} withText />
            <Button variant="default" size="xs" onClick={() => window.print()}>
              {t('networks.codes-print')}
            </Button>
          </Group>
          <Button onClick={onClose}>{t('networks.codes-stored')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** An owner's own way back in from outside the list. */
export const BreakGlass = () => {
  const { t } = useTexts()
  const client = useQueryClient()
  const { data } = useQuery({ ...read(getBreakGlassCodes), retry: false })
  const [codes, setCodes] = useState<readonly string[]>([])
  const [error, setError] = useState<unknown>(null)
  const make = async () => {
    setError(null)
    try {
      setCodes((await call(makeBreakGlassCodes, { body: {} })).codes)
      await refresh(client, getBreakGlassCodes)
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <Stack gap="xs" id="break-glass">
      <Title order={3}>{t('networks.codes')}</Title>
      <Text size="sm" c="dimmed">
        {t('networks.codes-text')}
      </Text>
      <Group gap="md">
        <Button variant="default" size="xs" onClick={() => void make()}>
          {t(data !== undefined && data.left > 0 ? 'networks.codes-anew' : 'networks.codes-make')}
        </Button>
        {data === undefined ? null : <Text size="sm">{t('networks.codes-left', { count: data.left })}</Text>}
      </Group>
      {error === null ? null : <ErrorState error={error} />}
      {codes.length === 0 ? null : <Codes codes={codes} onClose={() => setCodes([])} />}
    </Stack>
  )
}
