import { Radio, Switch } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { RadioChoice } from '../../ui/radio-choice.tsx'
import { Section } from '../../ui/section.tsx'
import classes from './import.module.css'
import { outcomesOf, type SettingsValues } from './settings-values.ts'
import type { SectionProps } from './step-props.ts'

const policies = ['all', 'only_new', 'only_existing'] as const
const cases = ['new', 'exists', 'archived'] as const

/** The row of the policy table that holds now, in plain words. */
const Outcome = ({ values }: { readonly values: SettingsValues }) => {
  const { t } = useTexts()
  const outcomes = outcomesOf(values)
  return (
    <dl className={classes.outcome} aria-live="polite">
      {cases.map((one) => [
        <dt key={`${one}-case`}>{t(`imports.case-${one}`)}</dt>,
        <dd key={one}>{t(`imports.outcome-${outcomes[one]}`)}</dd>,
      ])}
    </dl>
  )
}

/** What becomes of a row whose person is new or known. */
export const PolicySection = ({ values, onChange }: SectionProps) => {
  const { t } = useTexts()
  return (
    <Section title={t('imports.policy')} text={t('imports.policy-text')}>
      <Radio.Group
        aria-label={t('imports.policy')}
        value={values.rows}
        onChange={(rows) => onChange({ rows: rows as SettingsValues['rows'] })}
      >
        <div className={classes.choices}>
          {policies.map((policy) => (
            <RadioChoice
              key={policy}
              value={policy}
              title={t(`imports.policy-${policy}`)}
              hint={t(`imports.policy-${policy}-hint`)}
            />
          ))}
        </div>
      </Radio.Group>
      {values.rows === 'all' ? (
        <Switch
          label={t('imports.update-existing')}
          checked={values.update_existing}
          onChange={(event) => onChange({ update_existing: event.currentTarget.checked })}
        />
      ) : null}
      <Outcome values={values} />
    </Section>
  )
}
