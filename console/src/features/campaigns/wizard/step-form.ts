import { type UseFormReturnType, useForm } from '@mantine/form'
import { useEffect, useState } from 'react'
import type { Campaign, CampaignChange } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { fieldErrors } from '../../../ui/form-problems.tsx'
import { keptValues, useAutosave } from './autosave.ts'

type Options<Values> = {
  readonly campaign: Campaign
  readonly step: string
  readonly toValues: (campaign: Campaign) => Values
  readonly toChange: (values: Values) => CampaignChange
  /** Errors that are known before the server is asked, by form path. */
  readonly check?: (values: Values) => Record<string, string>
  /** Form path by the path of the body. */
  readonly rename?: Readonly<Record<string, string>>
  readonly codes?: Readonly<Record<string, string>>
  readonly automatic?: boolean
  /** Stored at once where the server holds nothing yet. */
  readonly seed?: Values | null
}

const none = {}

/** A form that saves itself: refusals of the server land beside their fields. */
export const useStepForm = <Values extends Record<string, unknown>>(options: Options<Values>) => {
  const { campaign, step, toValues, toChange, check, rename = none, codes = none } = options
  const texts = useTexts()
  const [kept] = useState(
    () =>
      keptValues<Values>(campaign.id, step) ??
      (options.seed == null ? null : { version: campaign.version, values: options.seed }),
  )
  const save = useAutosave<Values>({
    campaign,
    step,
    toChange,
    kept,
    automatic: options.automatic ?? true,
  })
  const form: UseFormReturnType<Values> = useForm<Values>({
    initialValues: { ...toValues(campaign), ...kept?.values },
    onValuesChange: (values) => {
      save.changed(values)
      const known = check?.(values) ?? {}
      form.setErrors(known)
    },
  })
  const { error } = save
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new answer of the server brings new errors.
  useEffect(() => {
    if (error !== null) form.setErrors(fieldErrors(error, texts, { rename, codes }))
  }, [error])
  return { form, save, hasFieldErrors: Object.keys(form.errors).length > 0 }
}
