import { Checkbox, Radio, Group as Row, Textarea } from '@mantine/core'
import type { Channel } from '../../../../src/contacts/shapes/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { RadioChoice } from '../../ui/radio-choice.tsx'
import { Section } from '../../ui/section.tsx'
import classes from './import.module.css'
import type { SettingsProblem, SettingsValues } from './settings-values.ts'
import type { SectionProps } from './step-props.ts'

const bases = ['consent', 'legitimate_interest', 'unknown'] as const
const channels = ['email', 'sms'] as const satisfies readonly Channel[]
const sourceTextMax = 1000

type Props = SectionProps & { readonly problem: SettingsProblem | null }

/** Asked of everybody who imports people; nothing is chosen beforehand. */
export const LegalBasisSection = ({ values, onChange, problem }: Props) => {
  const { t } = useTexts()
  return (
    <Section title={t('imports.basis')} text={t('imports.basis-text')}>
      <Radio.Group
        label={t('imports.basis-question')}
        required
        value={values.basis}
        onChange={(basis) => onChange({ basis: basis as SettingsValues['basis'] })}
        error={problem === 'basis-missing' ? t('imports.basis-missing') : null}
      >
        <div className={classes.choices}>
          {bases.map((basis) => (
            <RadioChoice
              key={basis}
              value={basis}
              title={t(`imports.basis-${basis}`)}
              hint={t(`imports.basis-${basis}-hint`)}
            />
          ))}
        </div>
      </Radio.Group>
      <Checkbox.Group
        label={t('imports.basis-channels')}
        value={[...values.channels]}
        onChange={(chosen) => onChange({ channels: chosen as Channel[] })}
        error={problem === 'channel-missing' ? t('imports.channel-missing') : null}
      >
        <Row gap="lg" mt="xs">
          {channels.map((channel) => (
            <Checkbox key={channel} value={channel} label={t(`contacts.channel-${channel}`)} />
          ))}
        </Row>
      </Checkbox.Group>
      <Textarea
        label={t('imports.source-text')}
        description={t('imports.source-text-hint')}
        required={values.basis === 'consent'}
        autosize
        minRows={2}
        maxLength={sourceTextMax}
        value={values.source_text}
        onChange={(event) => onChange({ source_text: event.currentTarget.value })}
        error={problem === 'source-missing' ? t('imports.source-missing') : null}
      />
    </Section>
  )
}
