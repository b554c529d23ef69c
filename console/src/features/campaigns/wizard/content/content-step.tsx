import { Card, Select, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../../../i18n/texts.tsx'
import { StepFrame } from '../step-frame.tsx'
import type { StepProps } from '../step-props.ts'
import { type ContentForm, useContentForm } from './content-form.ts'
import classes from './content-step.module.css'
import { HtmlField } from './html-field.tsx'
import { useLiveCheck } from './live-check.ts'
import { usePreview } from './preview.ts'
import { PreviewPane } from './preview-pane.tsx'
import { SubjectFields } from './subject-fields.tsx'
import { TextField } from './text-field.tsx'

const MoreFields = ({ form }: { readonly form: ContentForm }) => {
  const { t } = useTexts()
  return (
    <>
      <Select
        label={t('content.on-missing')}
        description={t(`content.on-missing-${form.values.on_missing}-hint`)}
        allowDeselect={false}
        data={(['empty', 'skip', 'block'] as const).map((value) => ({
          value,
          label: t(`content.on-missing-${value}`),
        }))}
        {...form.getInputProps('on_missing')}
      />
      <Switch
        label={t('content.web-version')}
        description={t('content.web-version-hint')}
        {...form.getInputProps('web_version', { type: 'checkbox' })}
      />
    </>
  )
}

/** Writing at the left, what comes of it at the right. */
export const ContentStep = ({ campaign, onReload }: StepProps) => {
  const { form, save, hasFieldErrors } = useContentForm(campaign)
  const check = useLiveCheck(form.values)
  const [contactId, setContactId] = useState<string | null>(null)
  const preview = usePreview(campaign, contactId)
  return (
    <StepFrame
      campaign={campaign}
      step="content"
      save={save}
      onReload={onReload}
      ownErrors={hasFieldErrors || !check.ok}
    >
      <div className={classes.columns}>
        <Card withBorder padding="lg">
          <Stack gap="md">
            <SubjectFields form={form} check={check} />
            <HtmlField form={form} check={check} />
            <TextField form={form} check={check} generated={preview.data?.text ?? ''} />
            <MoreFields form={form} />
          </Stack>
        </Card>
        <PreviewPane
          campaign={campaign}
          preview={preview}
          onContact={setContactId}
          beforeTest={save.flush}
          isOld={save.state !== 'saved'}
        />
      </div>
    </StepFrame>
  )
}
