import { Anchor, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import { listSenders } from '../../../../../../src/senders/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { read } from '../../../../lib/queries.ts'
import { useMay } from '../../../../lib/session.ts'
import type { SettingsForm } from './settings-form.ts'

type Props = { readonly form: SettingsForm; readonly campaign: Campaign }

const useSenderChoice = (campaign: Campaign) => {
  const { t } = useTexts()
  const may = useMay()('email.senders.view')
  const { data } = useQuery({ ...read(listSenders), enabled: may })
  const known = data?.data ?? (campaign.sender === null ? [] : [{ ...campaign.sender, default: false }])
  const main = known.find((sender) => sender.default)
  return [
    {
      value: '',
      label:
        main === undefined
          ? t('wizard.sender-default')
          : t('wizard.sender-default-is', { name: main.name, email: main.email }),
    },
    ...known.map((sender) => ({ value: sender.id, label: `${sender.name} (${sender.email})` })),
  ]
}

export const FromFields = ({ form, campaign }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const choice = useSenderChoice(campaign)
  const { value, onChange, ...sender } = form.getInputProps('sender_id')
  return (
    <>
      <Select
        label={t('wizard.sender')}
        description={
          may('email.senders.manage') ? (
            <Anchor component={Link} to="/email/settings/senders" size="xs">
              {t('wizard.senders-manage')}
            </Anchor>
          ) : null
        }
        data={choice}
        allowDeselect={false}
        value={value ?? ''}
        onChange={(next: string | null) => onChange(next === '' ? null : next)}
        {...sender}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('wizard.from-name')}
          description={t('wizard.from-name-hint')}
          placeholder={campaign.sender?.name ?? ''}
          maxLength={150}
          {...form.getInputProps('from_name')}
        />
        <TextInput
          label={t('wizard.reply-to')}
          description={t('wizard.reply-to-hint')}
          type="email"
          maxLength={254}
          {...form.getInputProps('reply_to')}
        />
      </SimpleGrid>
    </>
  )
}
