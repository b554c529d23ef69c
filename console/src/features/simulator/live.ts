import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { getSimulatorMessage, listSimulatorMessages } from '../../../../src/simulator/contract.ts'
import { useTopic } from '../../lib/events.ts'
import { refresh } from '../../lib/queries.ts'

const pauseMs = 700

/** A campaign brings many mails a second; the list is read once per pause, and always after the last of them. */
export const useMailboxLive = (): void => {
  const client = useQueryClient()
  const state = useRef({ reading: false, again: false })
  const readAgain = async () => {
    const { current } = state
    current.again = true
    if (current.reading) return
    current.reading = true
    while (current.again) {
      current.again = false
      await refresh(client, listSimulatorMessages, getSimulatorMessage).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    current.reading = false
  }
  useTopic('simulator', () => void readAgain())
}
