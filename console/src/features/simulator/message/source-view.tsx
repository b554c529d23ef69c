import { Button, Group, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getSimulatorSource, type SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { addressOf } from '../../../lib/call.ts'
import { read } from '../../../lib/queries.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import classes from './message.module.css'

/** More than this in one element makes the page slow to scroll. */
const shownBytesMax = 1_000_000

export const SourceView = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const input = { params: { id: mail.id } }
  const isLarge = mail.size > shownBytesMax
  const { data, error, refetch } = useQuery({
    ...read(getSimulatorSource, input),
    enabled: !isLarge,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div className={classes.words}>
      <Group gap={8} mb="sm">
        <Button
          component="a"
          href={addressOf(getSimulatorSource, input)}
          download={`${mail.id}.eml`}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} />}
        >
          {t('simulator.source-download')}
        </Button>
        {data === undefined ? null : <CopyButton value={data} withText />}
      </Group>
      {isLarge ? (
        <Text size="sm">{t('simulator.source-large', { size: formats.bytes(mail.size) })}</Text>
      ) : null}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && !isLarge ? <RowsSkeleton /> : null}
      {data === undefined ? null : <pre className={classes.source}>{data}</pre>}
    </div>
  )
}
