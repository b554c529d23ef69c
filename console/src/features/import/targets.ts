import { useTexts } from '../../i18n/texts.tsx'
import { fieldLabel, useFields } from '../fields/index.ts'

const standard = [
  'email',
  'phone',
  'external_id',
  'first_name',
  'last_name',
  'company',
  'language',
  'country',
  'time_zone',
] as const
const consent = ['consent.state', 'consent.at', 'consent.source', 'consent.wording'] as const

/** What a platform field is called. */
export const useTargetWords = (): ((target: string) => string) => {
  const { find, language } = useTexts()
  const fields = useFields()
  return (target) => {
    const own = fields.find((field) => `fields.${field.name}` === target)
    if (own !== undefined) return fieldLabel(own, language)
    const name = target.startsWith('fields.') ? target.slice('fields.'.length) : target
    return find('contacts', `field-${name}`) ?? find('imports', `target-${name}`) ?? name
  }
}

/** Everything a column can fill, in groups for a picker. */
export const useTargets = () => {
  const { t } = useTexts()
  const words = useTargetWords()
  const fields = useFields()
  const choices = (targets: readonly string[]) =>
    targets.map((target) => ({ value: target, label: words(target) }))
  return [
    { group: t('imports.targets-standard'), items: choices(standard) },
    ...(fields.length === 0
      ? []
      : [
          {
            group: t('imports.targets-own'),
            items: choices(fields.map((field) => `fields.${field.name}`)),
          },
        ]),
    { group: t('imports.targets-consent'), items: choices(consent) },
  ]
}
