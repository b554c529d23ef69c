import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTexts } from '../i18n/texts.tsx'

/** Longer ones cost time and gain nothing (security.md §4.2). */
const judgedMax = 128
const scores = ['0', '1', '2', '3', '4'] as const
type Judge = (password: string, words: readonly string[]) => (typeof scores)[number]

/** The judge is large, so it comes only when somebody chooses a password. */
const loadJudge = async (): Promise<Judge> => {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const factory = new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
  return (password, words) => scores[factory.check(password.slice(0, judgedMax), [...words]).score] ?? '0'
}

type Props = { readonly password: string; readonly words: readonly string[] }

/** How easily the password is guessed: advice only, the server judges. */
export const PasswordStrength = ({ password, words }: Props) => {
  const { t } = useTexts()
  const [judge, setJudge] = useState<Judge | null>(null)
  const begun = password !== ''
  useEffect(() => {
    if (!begun) return
    let gone = false
    void loadJudge().then((loaded) => {
      if (!gone) setJudge(() => loaded)
    })
    return () => {
      gone = true
    }
  }, [begun])
  if (!begun || judge === null) return null
  const score = judge(password, words)
  return (
    <Text size="xs" c={Number(score) >= 3 ? 'green' : 'orange'} role="status">
      {t(`links.strength-${score}`)}
    </Text>
  )
}
