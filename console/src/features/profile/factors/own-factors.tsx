import { Alert, Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getOwnFactors, type OwnFactors as Own } from '../../../../../src/security/factors/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import classes from '../own-sessions.module.css'
import { AddFactor } from './add-factor.tsx'
import { FactorRow } from './factor-row.tsx'

const askedKeys = {
  none: 'factors.asked-none',
  own_factor: 'factors.asked-own',
  user: 'factors.asked-user',
  account: 'factors.asked-account',
  operator: 'factors.asked-operator',
} as const

const Asked = ({ own }: { readonly own: Own }) => {
  const { t } = useTexts()
  const { by } = own.effective
  return (
    <Alert
      color={by === 'none' ? 'yellow' : 'green'}
      icon={by === 'none' ? <IconShieldExclamation size={20} /> : <IconShieldCheck size={20} />}
    >
      {t(askedKeys[by])}
    </Alert>
  )
}

const List = ({ own }: { readonly own: Own }) => {
  const { t } = useTexts()
  const [opened, { open, close }] = useDisclosure(false)
  const kinds = new Set(own.factors.map(({ type }) => type))
  return (
    <>
      <Asked own={own} />
      <ul className={classes.list}>
        {own.factors.map((factor) => (
          <FactorRow
            key={factor.id}
            factor={factor}
            preferred={own.preferred === factor.type}
            orderable={kinds.size > 1}
          />
        ))}
      </ul>
      <Group justify="flex-end">
        <Button leftSection={<IconPlus size={16} />} onClick={open}>
          {t('factors.add')}
        </Button>
      </Group>
      <AddFactor opened={opened} onClose={close} options={own.options} />
    </>
  )
}

/** What is asked after the own password, and how strong each of it is. */
export const OwnFactors = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getOwnFactors))
  return (
    <Section title={t('factors.title')} text={t('factors.text')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <RowsSkeleton rows={2} /> : null}
      {data === undefined ? null : <List own={data} />}
    </Section>
  )
}
