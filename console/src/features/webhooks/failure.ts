import { useTexts } from '../../i18n/texts.tsx'

/** Our own words for why there was no answer, else the code. */
export const useFailure = () => {
  const { find } = useTexts()
  return (failure: string | null): string =>
    find('webhooks', `failure-${failure ?? 'unreachable'}`) ?? failure ?? ''
}
