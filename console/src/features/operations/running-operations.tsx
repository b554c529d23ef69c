import { ActionIcon, Anchor, Divider, Popover, RingProgress, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listOperations, type Operation } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { OperationProgress } from './operation-progress.tsx'
import { isOpen, OperationObject } from './operation-words.tsx'
import classes from './operations.module.css'
import { useFinishNotes } from './use-finish-notes.ts'

const shownMax = 3

/** How far all of them are together; null while one of them does not know its whole. */
const shareOf = (operations: readonly Operation[]): number | null => {
  if (operations.some((operation) => operation.total === null || operation.total === 0)) return null
  const total = operations.reduce((sum, operation) => sum + (operation.total ?? 0), 0)
  return operations.reduce((sum, operation) => sum + operation.done, 0) / total
}

const Ring = ({ operations }: { readonly operations: readonly Operation[] }) => {
  const share = shareOf(operations)
  return (
    <span className={classes.spinner}>
      <RingProgress
        size={28}
        thickness={3}
        roundCaps
        sections={[{ value: share === null ? 25 : Math.max(4, share * 100), color: 'indigo' }]}
      />
      <span className={classes.count}>{operations.length}</span>
    </span>
  )
}

const List = ({ operations, onOpen }: { operations: readonly Operation[]; onOpen: () => void }) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      {operations.slice(0, shownMax).map((operation) => (
        <div key={operation.id}>
          <Text size="sm" fw={550}>
            {t(`operations.type-${operation.type}`)}
          </Text>
          <Text size="sm" component="div" truncate mb={4}>
            <OperationObject operation={operation} />
          </Text>
          <OperationProgress operation={operation} label={t(`operations.type-${operation.type}`)} />
        </div>
      ))}
      <Divider />
      <Anchor component={Link} to="/account/operations" size="sm" onClick={onOpen}>
        {t('operations.all')}
      </Anchor>
    </Stack>
  )
}

const Indicator = () => {
  const { t } = useTexts()
  const [opened, popover] = useDisclosure(false)
  useLive('operation', listOperations)
  const { data } = useQuery(read(listOperations, { query: { limit: 20 } }))
  useFinishNotes(data?.data)
  const running = (data?.data ?? []).filter(isOpen)
  const words = t('operations.running', { count: running.length })
  if (running.length === 0) return null
  return (
    <Popover
      opened={opened}
      onChange={popover.toggle}
      onDismiss={popover.close}
      position="bottom-end"
      shadow="md"
      width={320}
      trapFocus
    >
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words} onClick={popover.toggle}>
          <Ring operations={running} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={words}>
        <List operations={running} onOpen={popover.close} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Beside the search: what runs in the background, and a note when it has ended. Staff have no operations. */
export const RunningOperations = () => (useMay()('contacts.view') ? <Indicator /> : null)
