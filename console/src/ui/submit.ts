import type { UseFormReturnType } from '@mantine/form'
import { useState } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import { fieldErrors } from './form-problems.tsx'

type Options = {
  /** Form path by body path, where they differ. */
  readonly rename?: Readonly<Record<string, string>>
}

/**
 * The way of every form: `const { busy, error, submit } = useSubmit(form, async (values) => …)`. Field errors of a
 * refusal land beside their fields, the first of them gets the focus.
 */
export const useSubmit = <Values extends object>(
  form: UseFormReturnType<Values>,
  act: (values: Values) => Promise<unknown>,
  { rename = {} }: Options = {},
) => {
  const texts = useTexts()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const focusFirst = (errors: Readonly<Record<string, unknown>>) => {
    const first = Object.keys(errors)[0]
    if (first !== undefined) form.getInputNode(first)?.focus()
  }
  const run = async (values: Values) => {
    setBusy(true)
    setError(null)
    try {
      await act(values)
    } catch (failure) {
      const errors = fieldErrors(failure, texts, rename)
      form.setErrors(errors)
      setError(failure)
      focusFirst(errors)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, submit: form.onSubmit((values) => void run(values), focusFirst) }
}
