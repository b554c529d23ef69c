import { fork } from 'node:child_process'
import { once } from 'node:events'

export type SinkCounts = { readonly messages: number; readonly bytes: number }
export type SinkProcess = { readonly port: number; counts(): Promise<SinkCounts>; close(): Promise<void> }

/** The bundled sink in a process of its own, so that its work is not counted as the sender's. */
export const startSinkProcess = async ({
  pipelining,
}: {
  readonly pipelining: boolean
}): Promise<SinkProcess> => {
  const child = fork(new URL('./sink.ts', import.meta.url), pipelining ? [] : ['--no-pipelining'])
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    counts: async () => {
      child.send('counts')
      const [counts] = (await once(child, 'message')) as [SinkCounts]
      return counts
    },
    close: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}
