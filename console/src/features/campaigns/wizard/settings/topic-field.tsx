import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listGroups } from '../../../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { read } from '../../../../lib/queries.ts'
import { useMay } from '../../../../lib/session.ts'
import type { SettingsForm } from './settings-form.ts'

/** Languages of Europe and the most spoken others; the browser knows their names in every language. */
const codes = (
  'bg cs da de el en es et fi fr ga hr hu is it lt lv mt nb nl pl pt ro sk sl sq sr sv tr uk ' +
  'ar hi id ja ko vi zh'
).split(' ')

const languageChoice = (language: string) => {
  const names = new Intl.DisplayNames([language], { type: 'language' })
  return codes
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, language))
}

export const TopicField = ({ form }: { readonly form: SettingsForm }) => {
  const { t, language } = useTexts()
  const may = useMay()('contacts.groups.view')
  const groups = useQuery({
    ...read(listGroups, { query: { visibility: 'public', state: 'active', sort: 'name', limit: 1000 } }),
    enabled: may,
  })
  const topics = groups.data?.data.map((group) => ({ value: group.id, label: group.name })) ?? []
  return (
    <>
      <Select
        label={t('wizard.topic')}
        description={t('wizard.topic-hint')}
        placeholder={t('wizard.topic-none')}
        nothingFoundMessage={t('wizard.topics-empty')}
        searchable
        clearable
        data={topics}
        {...form.getInputProps('topic_id')}
      />
      <Select
        label={t('wizard.language')}
        description={t('wizard.language-hint')}
        placeholder={t('wizard.language-none')}
        searchable
        clearable
        data={languageChoice(language)}
        {...form.getInputProps('language')}
      />
    </>
  )
}
