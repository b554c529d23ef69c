import type { RenderedMessage, SubmitContext } from '../../channel.ts'
import type { Pool } from '../smtp/pool.ts'
import type { MxOpening } from './open.ts'
import type { Places } from './places.ts'
import type { MailRoutes } from './routes.ts'
import type { MxSettings } from './settings.ts'
import type { Unreachable } from './unreachable.ts'

export type MxSubmission = {
  readonly batch: readonly RenderedMessage[]
  readonly context: SubmitContext
  readonly settings: MxSettings
  readonly opening: Omit<MxOpening, 'signal'>
  readonly routes: MailRoutes
  readonly places: Places
  readonly pool: Pool
  readonly unreachable: Unreachable
  readonly sitesMax: number
}

/** Messages of one account for the same servers. */
export type Group = {
  readonly hosts: readonly string[]
  readonly site: string
  readonly messages: RenderedMessage[]
}
