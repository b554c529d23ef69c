import { Alert, Button, Card, Progress, Group as Row, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { getImportReport, type Import } from '../../../../src/contacts/import/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { addressOf } from '../../lib/call.ts'
import { Figure } from '../../ui/figures.tsx'
import classes from './import.module.css'
import { ReasonList } from './reason-list.tsx'
import { results } from './results.ts'
import { isOver } from './steps.ts'

type Props = { readonly run: Import }

const cssColor = (color: string) => `var(--mantine-color-${color.replace('.', '-')})`

/** The whole file as one bar, and each part of it as a figure. */
const Breakdown = ({ run: { counts } }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const share = (count: number) => (counts.rows === 0 ? 0 : (count / counts.rows) * 100)
  return (
    <Stack gap="md">
      <Progress.Root size={14} radius="xl">
        {results.map(({ name, color }) => (
          <Progress.Section
            key={name}
            value={share(counts[name])}
            color={color}
            aria-label={`${t(`imports.result-${name}`)}: ${formats.number(counts[name])}`}
          />
        ))}
      </Progress.Root>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
        {results.map(({ name, color }) => (
          <Card key={name} withBorder className={classes.tile ?? ''}>
            <Text size="xs" c="dimmed" fw={550}>
              <span className={classes.mark} style={{ background: cssColor(color) }} aria-hidden />
              {t(`imports.result-${name}`)}
            </Text>
            <Text fz={22} fw={650} component="div">
              <Figure value={counts[name]} />
            </Text>
          </Card>
        ))}
      </SimpleGrid>
    </Stack>
  )
}

const Headline = ({ run }: Props) => {
  const { t, find } = useTexts()
  const { counts, state, error_code: code } = run
  if (state === 'failed') {
    const fault = code === null ? null : (find('import-codes', code) ?? find('problems', code) ?? code)
    return (
      <Alert color="red" variant="light" role="alert" mt="xs" title={t('imports.failed-title')}>
        {fault} {t('imports.failed-text')}
      </Alert>
    )
  }
  if (state === 'canceled')
    return (
      <Alert color="gray" mt="xs">
        {t('imports.canceled-text')}
      </Alert>
    )
  if (state !== 'completed') return null
  return (
    <Text size="sm" c="dimmed" role="status">
      {t(counts.rejected === 0 ? 'imports.completed-clean' : 'imports.completed-rejected', {
        count: counts.rows,
        rejected: counts.rejected,
      })}
    </Text>
  )
}

const Downloads = ({ run }: Props) => {
  const { t } = useTexts()
  const { id, counts } = run
  const link = (query: { result?: 'rejected' }, words: string, variant: string) => (
    <Button
      component="a"
      href={addressOf(getImportReport, { params: { id }, query })}
      download
      variant={variant}
      leftSection={<IconDownload size={16} />}
    >
      {words}
    </Button>
  )
  return (
    <Row gap="sm">
      {counts.rejected > 0
        ? link({ result: 'rejected' }, t('imports.download-rejected', { count: counts.rejected }), 'filled')
        : null}
      {link({}, t('imports.download-all'), 'default')}
    </Row>
  )
}

/** What came of the file: counts, reasons, every row with its answer, and the files to take home. */
export const ImportResult = ({ run }: Props) => {
  const { t } = useTexts()
  const over = isOver(run)
  if (!over && run.counts.done === 0) return null
  return (
    <Card withBorder padding="lg">
      <Stack gap="md">
        <Row justify="space-between" align="flex-start">
          <div>
            <Title order={2}>{t('imports.result')}</Title>
            <Headline run={run} />
          </div>
          {over && run.counts.done > 0 ? <Downloads run={run} /> : null}
        </Row>
        <Breakdown run={run} />
        <ReasonList run={run} />
      </Stack>
    </Card>
  )
}
