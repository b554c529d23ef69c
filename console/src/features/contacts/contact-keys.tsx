import { Text } from '@mantine/core'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useSeesPersonalData } from '../../lib/personal-data.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './contact-page.module.css'

const keys = ['email', 'phone', 'external_id'] as const

/** The keys by which other systems know this person; each can be copied. */
export const ContactKeys = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTexts()
  const whole = useSeesPersonalData()
  return (
    <dl className={classes.keys}>
      {keys.map((key) => {
        const value = contact[key]
        if (value === null) return null
        return (
          <div key={key} className={classes.key}>
            <Text component="dt" size="sm" c="dimmed">
              {t(`contacts.field-${key}`)}
            </Text>
            <dd className={classes.value}>
              <Text span size="sm" fw={550} className="tabular">
                {value}
              </Text>
              {whole || key === 'external_id' ? <CopyButton value={value} /> : null}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
