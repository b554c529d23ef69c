import { Checkbox, Radio, Group as Row, Stack, Textarea } from '@mantine/core'
import type { Channel } from '../../../../src/contacts/shapes/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { shownChannels } from './channel-words.ts'
import type { ContactForm } from './contact-form.ts'
import type { ContactValues } from './contact-values.ts'
import { FormPart } from './form-part.tsx'

const bases = ['', 'consent', 'legitimate_interest'] as const

/** On which ground a new contact may be written to, and the channels the account keeps silent in. */
export const PermissionInputs = ({ form }: { readonly form: ContactForm }) => {
  const { t } = useTexts()
  const { consent_basis, blocked } = form.getValues()
  return (
    <>
      <FormPart title={t('contacts.consent-email')}>
        <Stack gap="sm">
          <Radio.Group
            aria-label={t('contacts.consent-email')}
            value={consent_basis}
            onChange={(basis) => form.setFieldValue('consent_basis', basis as ContactValues['consent_basis'])}
          >
            <Stack gap="xs">
              {bases.map((basis) => (
                <Radio
                  key={basis}
                  value={basis}
                  label={t(`contacts.basis-${basis === '' ? 'none' : basis}`)}
                  description={t(`contacts.basis-${basis === '' ? 'none' : basis}-hint`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {consent_basis === '' ? null : (
            <Textarea
              label={t('contacts.consent-text')}
              description={t('contacts.consent-text-hint')}
              required={consent_basis === 'consent'}
              autosize
              minRows={2}
              maxLength={1000}
              {...form.getInputProps('consent_text')}
            />
          )}
        </Stack>
      </FormPart>
      <FormPart title={t('contacts.blocks')}>
        <Checkbox.Group
          description={t('contacts.blocks-hint')}
          value={[...blocked]}
          onChange={(channels) => form.setFieldValue('blocked', channels as Channel[])}
        >
          <Row gap="lg" mt="xs">
            {shownChannels.map((channel) => (
              <Checkbox key={channel} value={channel} label={t(`contacts.channel-${channel}`)} />
            ))}
          </Row>
        </Checkbox.Group>
      </FormPart>
    </>
  )
}
