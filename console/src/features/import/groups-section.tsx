import { TagsInput } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { Section } from '../../ui/section.tsx'
import { GroupPicker } from '../groups/index.ts'
import type { SectionProps } from './step-props.ts'

const newGroupsMax = 10

/** Where the people of the file go. */
export const GroupsSection = ({ values, onChange }: SectionProps) => {
  const { t } = useTexts()
  const may = useMay()
  return (
    <Section title={t('imports.groups')} text={t('imports.groups-text')}>
      {may('contacts.groups.view') ? (
        <GroupPicker
          label={t('imports.groups-existing')}
          value={values.group_ids}
          onChange={(group_ids) => onChange({ group_ids })}
        />
      ) : null}
      {may('contacts.groups.edit') ? (
        <TagsInput
          label={t('imports.groups-new')}
          description={t('imports.groups-new-hint')}
          value={[...values.new_groups]}
          onChange={(new_groups) => onChange({ new_groups })}
          maxTags={newGroupsMax}
        />
      ) : null}
    </Section>
  )
}
