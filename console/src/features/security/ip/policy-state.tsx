import { Radio, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IpPolicy } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { RadioChoice } from '../../../ui/radio-choice.tsx'
import { cutOffBy, type State, setState, useAfterChange } from './use-ip.ts'

const states: readonly State[] = ['off', 'report', 'enforce']

type Props = {
  readonly policy: IpPolicy
  /** Networks of the panel's list, to say beforehand whom it would cut off. */
  readonly networks: readonly string[]
  readonly editable: boolean
}

type ChangeProps = Omit<Props, 'editable'> & { readonly wanted: State; readonly onClose: () => void }

const Change = ({ policy, networks, wanted, onClose }: ChangeProps) => {
  const { t } = useTexts()
  const after = useAfterChange()
  const opens = policy.state === 'enforce' && wanted !== 'enforce'
  const cut = useQuery({
    queryKey: ['ip-cut-off-state', policy.version, networks],
    queryFn: () => cutOffBy(networks, policy.current_address),
    enabled: wanted === 'enforce',
  })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`networks.to-${wanted}-title`)}
      action={t(`networks.to-${wanted}`)}
      danger={opens}
      losses={(cut.data ?? []).map((name) => t('networks.cut-off', { name }))}
      {...(opens ? { typed: 'OPEN' } : {})}
      onConfirm={async () => {
        await setState(wanted, policy.version, opens ? 'open' : undefined)
        await after(`networks.is-${wanted}`)
      }}
    >
      {t(opens ? 'networks.to-open-text' : `networks.to-${wanted}-text`)}
    </ConfirmDialog>
  )
}

/** Off, report only, enforced; each change is explained before it happens. */
export const PolicyState = ({ policy, networks, editable }: Props) => {
  const { t } = useTexts()
  const [wanted, setWanted] = useState<State | null>(null)
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('networks.state')}
        value={policy.state}
        onChange={(value) => (editable && value !== policy.state ? setWanted(value as State) : undefined)}
      >
        <SimpleGrid cols={{ base: 1, sm: 3 }} pt={6}>
          {states.map((state) => (
            <RadioChoice
              key={state}
              value={state}
              title={t(`networks.state-${state}`)}
              hint={t(`networks.state-${state}-hint`)}
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {wanted === null ? null : (
        <Change policy={policy} networks={networks} wanted={wanted} onClose={() => setWanted(null)} />
      )}
    </Stack>
  )
}
