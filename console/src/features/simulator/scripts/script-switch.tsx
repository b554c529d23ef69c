import { Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeSimulatorScript,
  listSimulatorScripts,
  type SimulatorScript,
} from '../../../../../src/simulator/scripts/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { failed } from '../message/acts.ts'
import { ruleName } from './rule-text.ts'

/** A rule is turned off and on where it stands. */
export const ScriptSwitch = ({ script }: { readonly script: SimulatorScript }) => {
  const texts = useTexts()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const turn = async (enabled: boolean) => {
    setBusy(true)
    try {
      await call(changeSimulatorScript, {
        params: { id: script.id },
        body: { enabled },
        ifMatch: script.version,
      })
    } catch (error) {
      failed(error, texts)
    }
    await refresh(client, listSimulatorScripts)
    setBusy(false)
  }
  return (
    <Switch
      checked={script.enabled}
      disabled={busy}
      aria-label={texts.t('scripts.turn-on', { name: ruleName(texts, script) })}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  )
}
