import { Code, Modal, Stack, Tabs, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getSimulator } from '../../../../src/simulator/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import classes from './door.module.css'
import { type Address, examples, reachable } from './door-examples.ts'

const Facts = ({ host, port }: Address) => {
  const { t } = useTexts()
  const facts = [
    [t('simulator.door-host'), host],
    [t('simulator.door-port'), String(port)],
    [t('simulator.door-security'), t('simulator.door-security-value')],
    [t('simulator.door-login'), t('simulator.door-login-value')],
  ] as const
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Examples = ({ address }: { readonly address: Address }) => {
  const { t } = useTexts()
  return (
    <Tabs defaultValue="curl" variant="outline" aria-label={t('simulator.door-example')}>
      <Tabs.List>
        {examples.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {examples.map(({ id, write }) => {
        const text = write(address)
        return (
          <Tabs.Panel key={id} value={id} className={classes.example ?? ''}>
            <Code block className={classes.code ?? ''}>
              {text}
            </Code>
            <div className={classes.copy}>
              <CopyButton value={text} />
            </div>
          </Tabs.Panel>
        )
      })}
    </Tabs>
  )
}

/** How any program posts mail here: address, example, one click to copy it. */
const Door = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getSimulator))
  if (data === undefined) {
    return error === null ? (
      <RowsSkeleton rows={3} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    )
  }
  if (data.smtp === null) return <Text size="sm">{t('simulator.door-closed')}</Text>
  const address = reachable(data.smtp, window.location.hostname)
  return (
    <Stack gap="sm" ta="start">
      <Facts {...address} />
      <Examples address={address} />
      <Text size="xs" c="dimmed">
        {t('simulator.door-example-hint')}
      </Text>
    </Stack>
  )
}

/** Beside an empty list. */
export const Lesson = () => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{t('simulator.door-title')}</Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t('simulator.door-text')}
        </Text>
      </div>
      <Door />
    </Stack>
  )
}

export const DoorModal = ({
  opened,
  onClose,
}: {
  readonly opened: boolean
  readonly onClose: () => void
}) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('simulator.door-title')}>
      <Stack gap="md">
        <Text size="sm">{t('simulator.door-text')}</Text>
        <Door />
      </Stack>
    </Modal>
  )
}
