import { useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getMe } from '../../../../src/security/contract.ts'
import { useTongue } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'

/** Language, time zone and appearance follow the profile of the person who signed in. */
export const useOwnSettings = (): void => {
  const { data: me } = useQuery(read(getMe))
  const { setLanguage, setZone } = useTongue()
  const { setColorScheme } = useMantineColorScheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the profile may act, not a new render.
  useEffect(() => {
    if (me === undefined) return
    setLanguage(me.language)
    setZone(me.time_zone)
    setColorScheme(me.theme)
  }, [me?.language, me?.time_zone, me?.theme])
}
