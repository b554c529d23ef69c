import type { Config } from '../../config.ts'
import type { Notice } from '../../live/index.ts'

/** What a sender thread is started with. */
export type ThreadData = {
  readonly config: Config
  readonly databaseUrl: string
  readonly nodeId: string
  /** Names its journal; a thread that was started anew has another. */
  readonly writer: string
  readonly clockOffsetMs: number
  /** Where connections are counted that all threads share. */
  readonly places: { readonly memory: SharedArrayBuffer; readonly seat: number; readonly seats: number }
}

export type ToThread =
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'stop' }

/** Bytes arrive as plain ones (structured clone), where ours know more. */
export const withBuffers = (config: Config): Config => {
  const [first, ...others] = config.secretKeys.map(({ id, bytes }) => ({ id, bytes: Buffer.from(bytes) }))
  if (!first) throw new Error('an installation has at least one key')
  return { ...config, secretKeys: [first, ...others] }
}
